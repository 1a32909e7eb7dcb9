"""The work on one job, and what watches over it."""
