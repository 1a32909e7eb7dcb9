"""The speech models there are: which, where, how fast."""
