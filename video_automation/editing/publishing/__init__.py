"""Makes the texts a video is published with: names, titles, hashtags, chapters."""
