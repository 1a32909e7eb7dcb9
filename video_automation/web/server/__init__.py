"""The Flask app, the server it runs in, and what operators see: health, metrics, logs."""
