"""The API's own description, made from what serves it."""
