"""Who may send requests, how many at a time, and what a browser may do with a response."""
