"""Decides which sound is kept: where there is speech, where words begin and end, how loud it has to be."""
