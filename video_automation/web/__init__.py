"""The Flask application: pages, API, uploads."""
