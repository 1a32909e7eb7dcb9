"""Copies recordings whose clock leaps, or that have no clock."""
