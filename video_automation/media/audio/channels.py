"""What the channels of an audio stream are for, told so that PyAV can decode it. Used in processes that read files alone."""

from __future__ import annotations

import av

UNKNOWN_CHANNEL = "NONE"
"""The name of a channel of which the file says nothing."""


def channel_names(stream: av.AudioStream) -> tuple[str, ...]:
    """What each channel of a stream is for, as ffmpeg names it: ("FL", "FR"); empty where it begins too late to know.

    To be called before anything else asks for the layout or decodes. Of channels that the file lists one by one, in an order
    of its own, the decoder is told no more than how many there are: PyAV frees such a list with each frame, and crashes.
    """
    context = stream.codec_context
    layout = context.layout
    name, names = layout.name, tuple(channel.name for channel in layout.channels)
    del layout  # frees the list, if there is one; the context must not keep where it was
    if names:
        context.layout = f"{len(names)} channels" if "(" in name or "+" in name else name
    return names
