"""What dies, when, and what becomes of the tasks: the whole service from outside, by HTTP, signals and files alone."""
