"""Harms the whole service from outside (HTTP, signals, files) and checks what becomes of its tasks."""
