"""Measurements behind what is said about speed, memory and precision: `make bench`."""
