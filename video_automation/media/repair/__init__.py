"""Copies of recordings whose clock leaps or that have none."""
