"""How bodies are read as they arrive: forms and tus."""
