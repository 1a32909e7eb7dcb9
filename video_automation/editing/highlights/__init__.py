"""Chooses the passages that become clips."""
