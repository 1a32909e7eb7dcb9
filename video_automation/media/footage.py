"""Takes a recording in: what it is, from a copy where its clock leaps, and how it is sought."""

from dataclasses import replace
from pathlib import Path

from video_automation.errors import InputError
from video_automation.media.mend import mend
from video_automation.media.probe import MediaLimits, content_id, probe
from video_automation.media.program import Tools
from video_automation.plan.source import Source


def take_in(tools: Tools, path: Path, copy: Path, *, name: str, limits: MediaLimits) -> Source:
    """What a recording is. Where that is `mended`, it is told of a copy, which then stands at `copy` in `tools.folder`.

    Raises: as `media.probe.probe`, `media.mend.mend`.
    """
    try:
        return probe(tools, path, name=name, limits=limits)
    except InputError as error:
        if error.code != "needs_mending":
            raise
    leaps = mend(tools, path, copy)
    found = probe(tools, copy, name=name, limits=limits)
    breaks = sorted((*leaps, *found.breaks), key=lambda one: one.at_ms)
    return replace(found, id=content_id(path), breaks=tuple(breaks), mended=True)
