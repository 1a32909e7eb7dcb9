"""The OpenAPI description, made from the code that serves the API."""
