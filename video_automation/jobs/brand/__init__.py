"""The fonts and the logo of each owner: taken in, listed, given to jobs."""
