"""Chooses the sound tracks of a recording to use, and explains the choice to the user."""
