"""Takes a recording in: probes it, copies it if its clock leaps or is missing, and finds how to seek in it."""

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
    """The properties of a recording. If it has to be mended, they are those of the copy at `copy` in `tools.folder`.

    `probed` returns the properties of a file, as `media.probing.probe.probe` does. `on_progress` receives the share of the copy
    done, 0 to 1, if that takes long.

    Raises:
        NoSpaceError: there is no room for the copy; others as `probe`, `mend` and `wrap`, which are called here.
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
