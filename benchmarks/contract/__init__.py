"""Checks the running service against its OpenAPI description: schemathesis sends valid and invalid requests."""
