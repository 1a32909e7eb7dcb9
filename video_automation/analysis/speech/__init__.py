"""Speech, transcribed by a model in a process of its own."""
