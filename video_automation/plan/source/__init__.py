"""The properties of a source, and the observations made of it."""
