"""Tools: the border to ffmpeg and PyAV."""
