"""Captions: drawn into pictures, and as files beside them."""
