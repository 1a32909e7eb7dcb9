"""The fonts, the logo and the cards of each owner: taken in, listed, given to jobs."""
