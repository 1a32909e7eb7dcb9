"""Reads uploaded fonts and logos, hostile until proven otherwise, in restricted processes."""
