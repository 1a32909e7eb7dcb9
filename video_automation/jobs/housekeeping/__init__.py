"""What goes on beside all jobs: none is forgotten, nothing is kept longer than it may be."""
