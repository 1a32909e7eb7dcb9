"""What may be asked for, and how much of it."""
