"""Decide: turns observations and parameters into the parts of a plan."""
