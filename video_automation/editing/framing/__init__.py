"""Chooses the person a clip shows, its crop path, and the frames for stills."""
