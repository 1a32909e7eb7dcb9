"""What the API answers and reads, as types."""
