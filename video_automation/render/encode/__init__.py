"""Segments of picture and sound: encoded in parallel, joined by copying."""
