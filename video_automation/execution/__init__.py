"""Makes segments: on this machine."""
