"""Words into captions: which go together, where lines break, how long each is shown."""
