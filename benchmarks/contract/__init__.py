"""Holds the running service to its own description: schemathesis asks for what it may, and for what it may not."""
