"""What a video is published with: names, titles, hashtags, chapters."""
