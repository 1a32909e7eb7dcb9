"""What belongs to an owner's brand: fonts and a logo."""
