"""Tells receivers on the web what becomes of tasks: which events there are, whom they go to, how they are signed and sent."""
