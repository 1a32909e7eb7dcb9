"""Reads uploaded fonts and pictures, hostile until proven otherwise, in restricted processes."""
