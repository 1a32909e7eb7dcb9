"""Pictures: what they look like, how they are sought, and how each becomes upright and whole."""
