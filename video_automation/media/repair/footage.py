"""Takes a recording in: what it is, from a copy where its clock leaps or it has none, and how it is sought."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from video_automation.errors import InputError, NoSpaceError
from video_automation.media.probing.probe import content_id
from video_automation.media.program import Tools
from video_automation.media.repair.bare import BARE, wrap
from video_automation.media.repair.mend import mend
from video_automation.plan.source.recording import Break, Source


def take_in(
    tools: Tools, path: Path, copy: Path, *, probed: Callable[[Path], Source], on_progress: Callable[[float], None]
) -> Source:
    """What a recording is. Where that is `mended`, it is told of a copy, which then stands at `copy` in `tools.folder`.

    `probed` gives what a file is, as `media.probing.probe.probe` does. `on_progress` hears the share of the copy that is made,
    0 to 1, where that takes long.

    Raises:
        NoSpaceError: there is no room for the copy; else as `probe`, `mend` and `wrap`, which are called here.
    """
    found, trouble = None, ""
    try:
        found = probed(path)
    except InputError as error:
        trouble = error.code
        if trouble not in ("needs_mending", "untimed"):
            raise
    if found and found.container not in BARE:
        return found
    if shutil.disk_usage(tools.folder).free < path.stat().st_size:
        raise NoSpaceError("The disk has no room for the copy of this recording that its clock makes necessary.")
    leaps: tuple[Break, ...] = ()
    if trouble == "needs_mending":
        leaps = mend(tools, path, copy)
    else:
        wrap(tools, path, copy, on_progress=on_progress)
    again = probed(copy)
    breaks = tuple(sorted((*leaps, *again.breaks), key=lambda one: one.at_ms))
    picture = replace(again.picture, rate_assumed=found.picture.rate_assumed) if found else again.picture
    return replace(again, id=content_id(path), picture=picture, breaks=breaks, mended=True)
