"""Turns a long recording into a trimmed, levelled video, on your own machine."""

__version__ = "0.1.0"
