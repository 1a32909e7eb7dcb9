"""Refuses an upload whose first bytes show that it is no video, before it is sent whole."""

from collections.abc import Iterable, Iterator

from video_automation.errors import UnsupportedError
from video_automation.media.refusing.identified import at_once


def as_video(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks of a file, from its first byte on.

    Raises:
        UnsupportedError: it begins as no video does.
    """
    first = True
    for block in blocks:
        if first and (what := at_once(block)):
            raise UnsupportedError(what, code="not_a_film")
        first = False
        yield block
