"""Writes a video's cut in the formats of other editors."""
