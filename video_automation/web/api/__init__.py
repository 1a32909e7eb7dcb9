"""The API for programs: its views, what they read from requests, and the kinds of responses."""
