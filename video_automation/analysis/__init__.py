"""Observe: a source gives frozen observations; nothing is decided here."""
