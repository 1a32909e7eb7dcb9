"""Sound: decoded, placed to the sample and mixed in one restricted process."""
