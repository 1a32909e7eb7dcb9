"""Facts about written text: scripts, languages, words, marks."""
