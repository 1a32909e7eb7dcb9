"""Draws the picture of recordings of sound alone."""
