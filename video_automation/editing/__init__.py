"""Decide: observations and parameters give the parts of a plan."""
