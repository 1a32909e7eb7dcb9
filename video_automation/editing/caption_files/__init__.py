"""Caption files as other programs and people write them: their encodings, their times, their formats."""
