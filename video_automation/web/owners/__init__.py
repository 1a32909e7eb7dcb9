"""What belongs to an owner, for all videos: the glossary, named presets, fonts, a logo and cards."""
