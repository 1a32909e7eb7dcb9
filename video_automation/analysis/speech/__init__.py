"""Speech, written down by a model in a process of its own."""
