"""Takes a recording in: what it is, from a copy where its clock leaps or it has none, and how it is sought."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from video_automation.errors import InputError
from video_automation.media.bare import BARE, wrap
from video_automation.media.mend import mend
from video_automation.media.probe import content_id
from video_automation.media.program import Tools
from video_automation.plan.source import Source


def take_in(
    tools: Tools, path: Path, copy: Path, *, probed: Callable[[Path], Source], on_progress: Callable[[float], None]
) -> Source:
    """What a recording is. Where that is `mended`, it is told of a copy, which then stands at `copy` in `tools.folder`.

    `probed` gives what a file is, as `media.probe.probe` does. `on_progress` hears the share of the copy that is made, 0 to 1,
    where that takes long.

    Raises: as `media.probe.probe`, `media.mend.mend`, `media.bare.wrap`.
    """
    try:
        found = probed(path)
    except InputError as error:
        if error.code == "untimed":
            wrap(tools, path, copy, on_progress=on_progress)
            return replace(probed(copy), id=content_id(path), mended=True)
        if error.code != "needs_mending":
            raise
        leaps = mend(tools, path, copy)
        found = probed(copy)
        breaks = sorted((*leaps, *found.breaks), key=lambda one: one.at_ms)
        return replace(found, id=content_id(path), breaks=tuple(breaks), mended=True)
    if found.container not in BARE:
        return found
    wrap(tools, path, copy, on_progress=on_progress)
    again = probed(copy)
    picture = replace(again.picture, rate_assumed=found.picture.rate_assumed)
    return replace(again, id=found.id, picture=picture, mended=True)
