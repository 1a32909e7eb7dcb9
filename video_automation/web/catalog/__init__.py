"""The list of videos: its rows, search, names, deleting and downloading several videos at once."""
