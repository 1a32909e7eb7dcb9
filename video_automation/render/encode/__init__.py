"""Units of picture and sound: encoded side by side, joined by copying."""
