"""Applies edits to a document, as pure functions."""
