"""Observe: turns a source into frozen observations; nothing is decided here."""
