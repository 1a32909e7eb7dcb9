"""Finds out the properties of a file, in a restricted process."""
