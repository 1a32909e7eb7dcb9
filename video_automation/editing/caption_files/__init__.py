"""Reads caption files that other programs and people write: their encodings, times and formats."""
