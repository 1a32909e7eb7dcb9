"""The words of each language, and how texts are read with them."""
