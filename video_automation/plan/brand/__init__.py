"""What belongs to an owner's brand: fonts, a logo and cards."""
