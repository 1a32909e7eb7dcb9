"""Who may ask, how much at a time, and what a browser may do with the answer."""
