"""Pictures: their properties, how to seek to them, and how to make each upright and whole."""
