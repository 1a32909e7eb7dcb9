"""Captions as they are drawn into pictures, and as files beside them."""
