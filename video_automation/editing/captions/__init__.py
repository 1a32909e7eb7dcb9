"""Turns words into captions: grouping, line breaks, and display times."""
