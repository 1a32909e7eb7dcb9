"""Reads the channel layout of an audio stream in a form PyAV can decode. Used only in processes that read files."""

from __future__ import annotations

import av

UNKNOWN_CHANNEL = "NONE"
"""The name of a channel that the file does not describe."""


def channel_names(stream: av.AudioStream) -> tuple[str, ...]:
    """The name ffmpeg gives each channel of a stream: ("FL", "FR"); empty if the stream begins too late to know.

    Call this before anything else asks for the layout or decodes. If the file lists its channels one by one in an order of its
    own, the decoder is told only their number: PyAV frees such a list with each frame, and crashes.
    """
    context = stream.codec_context
    layout = context.layout
    name, names = layout.name, tuple(channel.name for channel in layout.channels)
    del layout  # frees the list, if there is one; the context must not keep its address
    if names:
        context.layout = f"{len(names)} channels" if "(" in name or "+" in name else name
    return names
