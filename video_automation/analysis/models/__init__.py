"""The speech models: which exist, where they are, how fast they are."""
