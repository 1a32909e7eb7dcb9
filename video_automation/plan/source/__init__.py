"""What a source is, and what was observed in it."""
