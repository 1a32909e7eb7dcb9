"""Holds the picture and the sound of a source to one clock, though each is decoded by a program of its own."""

from video_automation.plan.source import Source

_STARTS_WITH_WHAT_IS_USED = ("mpegts", "mpeg", "ogg")


def also_used(source: Source, stream: int) -> tuple[str, ...]:
    """An output that has ffmpeg use the source's picture and sound, where it is otherwise told to use `stream` alone.

    In containers whose times may jump, ffmpeg takes the start of the earliest stream *used* as time zero, so that sound
    read alone would lose its distance from the picture. One packet, copied to nowhere, counts as use.
    """
    if source.container not in _STARTS_WITH_WHAT_IS_USED or source.sound is None:
        return ()
    kind, other = ("a", source.sound.stream) if stream == source.picture.stream else ("v", source.picture.stream)
    return ("-map", f"0:{other}", "-c", "copy", f"-frames:{kind}", "1", "-f", "null", "-")
