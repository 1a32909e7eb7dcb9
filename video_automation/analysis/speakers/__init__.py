"""Who speaks: voices as vectors, which of them are one person's, and who has which stretch of a recording."""
