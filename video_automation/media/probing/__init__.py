"""What a file is, found out in a restricted process."""
