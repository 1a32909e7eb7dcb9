"""Which passages become clips."""
