"""The seconds each stage of a job took over all its runs, noted in its work folder."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from video_automation.jobs.model import Stage
from video_automation.media.atomic_files import write_atomically

_FILE = "seconds.json"
_NOTE: TypeAdapter[tuple[float | None, dict[Stage, float]]] = TypeAdapter(tuple[float | None, dict[Stage, float]])
"""When the job was asked for again, if it was, and the seconds since then."""


def before(folder: Path, reopened_at: float | None) -> dict[Stage, float]:
    """The seconds of earlier runs by stage, since the job was last requested."""
    try:
        since, seconds = _NOTE.validate_json((folder / _FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}
    return seconds if since == reopened_at else {}


def note(folder: Path, reopened_at: float | None, seconds: dict[Stage, float]) -> None:
    """Notes the seconds by stage for the next run."""
    write_atomically(_NOTE.dump_json((reopened_at, seconds)), folder / _FILE)
