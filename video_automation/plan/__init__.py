"""Nouns: the results to make, as pure immutable values."""
