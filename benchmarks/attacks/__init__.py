"""Sends hostile files to the readers of videos and to the whole service, and checks that they reach no secret or network."""
