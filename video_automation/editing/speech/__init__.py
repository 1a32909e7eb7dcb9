"""What is kept of the sound: where somebody speaks, where words begin and end, how loud it has to be."""
