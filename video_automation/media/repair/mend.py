"""Copies a recording whose clock leaps to one whose clock does not, packet by packet."""

from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from video_automation.errors import LimitError, NoSpaceError, ToolError
from video_automation.media.atomic_files import becoming
from video_automation.media.probing.probe_result import Refusal
from video_automation.media.program import Limits, Tools
from video_automation.media.python import run_python
from video_automation.media.refusing.refusals import refusal_error
from video_automation.plan.source.recording import Break

_CHILD = Path(__file__).with_name("mend_child.py")
_LEAPS: TypeAdapter[tuple[Break, ...]] = TypeAdapter(tuple[Break, ...])
_MEMORY = 2 << 30
_SECONDS = 60
_BYTES_PER_SECOND = 10 << 20
"""The speed of a slow disk: the recording is read twice and written once."""
_ADDED = 64 << 20
"""Bytes by which a copy may exceed twice the recording."""


def mend(tools: Tools, path: Path, copy: Path) -> tuple[Break, ...]:
    """Makes the copy, in `tools.folder`, whole and on disk or not at all; returns the leaps that were removed.

    Raises:
        InputError: it cannot be copied.
        PipelineError: as `media.python.run_python`.
    """
    size = path.stat().st_size
    seconds = _SECONDS + size // _BYTES_PER_SECOND
    own = Limits(memory=_MEMORY, file_size=2 * size + _ADDED, cpu_s=seconds, wall_s=seconds)
    try:
        with becoming(copy) as partial:
            said = run_python(replace(tools, limits=own), _CHILD, str(path.absolute()), str(partial.absolute()))
            return _LEAPS.validate_json(said)
    except NoSpaceError:
        raise
    except (ToolError, LimitError) as error:
        raise refusal_error(Refusal("needs_mending"), path) from error
