"""The types of what the API sends and reads."""
