"""Whom a clip shows, with which crop, and which frames make good stills."""
