"""Explains why a file is refused, in a sentence that says what the file is."""
