"""The library of videos: rows, search, names, several at once."""
