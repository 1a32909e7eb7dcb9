"""Reads uploads as they arrive: forms, and pieces by the tus protocol."""
