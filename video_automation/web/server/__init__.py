"""The Flask app, the server it runs in, and what operators ask of it."""
