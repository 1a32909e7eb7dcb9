"""Nouns: what is to be made, as pure immutable values."""
