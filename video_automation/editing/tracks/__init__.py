"""Which sound of a recording is used, and what a person is told of it."""
