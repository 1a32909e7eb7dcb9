"""What is made of words, language by language."""
