"""Where job records are kept: in memory, or in Redis."""
