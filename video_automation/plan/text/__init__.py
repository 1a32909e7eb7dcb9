"""What is known of written text: scripts, languages, words, marks."""
