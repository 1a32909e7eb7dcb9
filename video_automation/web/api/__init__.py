"""The API for programs: views, what they read, what they answer."""
