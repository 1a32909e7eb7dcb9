"""A video's cut in the forms other editors read."""
