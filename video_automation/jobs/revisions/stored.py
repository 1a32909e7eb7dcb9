"""Keeps what was decided of a job and the history of its edits, beside its source; gives the document of each revision."""

import hashlib
from collections.abc import Container
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from uuid import uuid4

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from video_automation.editing.edits.applying import replayed
from video_automation.errors import DamagedError, GoneError, StateError
from video_automation.jobs.model import Job
from video_automation.jobs.revisions.upgrading import of_former_version
from video_automation.jobs.workspace import Workspace
from video_automation.media.atomic_files import write_atomically
from video_automation.plan.document import Document, document_from_json, document_json
from video_automation.plan.edits import OtherOptions
from video_automation.plan.history import History, history_from_json, history_json, standing
from video_automation.plan.params import CaptionParams, ClipParams, EncodeParams, LevelParams, Params
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing

_PARAMS = TypeAdapter(Params)
_KEPT_HISTORIES = 3
"""Files of edits that stay: a record put back from the disk may be some changes old."""
_REMEMBERED = 4
"""Documents at hand: one of ten hours takes some tens of megabytes."""
PEAKS = "peaks.json"
"""The name of the file of the recording's waveform, in the folder of decisions."""
_PEAK_HOPS, _MOST_PEAKS = 2, 500_000
"""A value of the waveform stands for so many levels at least; there are at most so many values."""


class Peaks(TypedDict):
    """How loud a recording is all along: values of 0 to 255 at a steady rate."""

    samples_per_second: float
    peaks: list[Annotated[int, Field(ge=0, le=255)]]


_PEAKS = TypeAdapter(Peaks)


def decided(workspace: Workspace, job: Job) -> Document | None:
    """What was decided for the parameters the job has now; None where nothing is yet."""
    return decided_for(workspace, job.params) or _of_former_version(workspace, job)


def _of_former_version(workspace: Workspace, job: Job) -> Document | None:
    former = of_former_version(workspace, job)
    if former:
        with suppress(OSError):  # it can be read on a full disk, too
            keep_decided(workspace, former)
    return former


def decided_for(workspace: Workspace, params: Params) -> Document | None:
    """What was decided for these parameters; None where nothing was."""
    file = _place(workspace, params)
    try:
        return replace(_read(file, file.stat().st_mtime_ns), params=params)
    except FileNotFoundError:
        return None


def keep_decided(workspace: Workspace, document: Document) -> None:
    """Keeps what was decided for its parameters, once."""
    file = _place(workspace, document.params)
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        write_atomically(document_json(document), file)


def keep_peaks(workspace: Workspace, hearing: Hearing) -> None:
    """Keeps how loud the recording is all along, to be drawn: values of 0 to 255 at a steady rate."""
    levels = hearing.levels_db
    each = max(_PEAK_HOPS, -(-len(levels) // _MOST_PEAKS))
    loudest = (max(levels[i : i + each]) for i in range(0, len(levels), each))
    heights = [round(255 * 10 ** (level / 20)) for level in loudest]
    write_atomically(
        _PEAKS.dump_json({"samples_per_second": 1000 / LEVEL_HOP_MS / each, "peaks": heights}), workspace.decisions / PEAKS
    )


def history_of(workspace: Workspace, job: Job) -> History:
    """The edits of a job, also those that came to nothing. Raises DamagedError where they cannot be read."""
    if not job.history:
        return History()
    try:
        return history_from_json((workspace.decisions / job.history).read_bytes())
    except FileNotFoundError:
        raise DamagedError("The history of this task's edits is lost.") from None


def keep_history(workspace: Workspace, history: History) -> Path:
    """Keeps a history in a file of its own; it counts once the job's record names it."""
    workspace.decisions.mkdir(exist_ok=True)
    file = workspace.decisions / f"history-{history.last:06}-{uuid4().hex[:8]}.json"
    write_atomically(history_json(history), file)
    return file


def drop_old_histories(workspace: Workspace, job: Job) -> None:
    """Removes the files of edits that the record has not named for a while."""
    files = sorted(workspace.decisions.glob("history-*.json"), key=lambda file: file.name)
    older = [file for file in files if file.name < job.history[: len("history-000000")]]
    for file in older[:-_KEPT_HISTORIES]:
        with suppress(FileNotFoundError):
            file.unlink()


def document_at(workspace: Workspace, job: Job, revision: int | None = None) -> Document | None:
    """The document of a revision, or of the newest one; None where it has to be decided anew first.

    Raises:
        DamagedError: what is kept cannot be read.
    """
    history = history_of(workspace, job)
    at = job.revision if revision is None else revision
    base = decided(workspace, replace(job, params=params_at(job, history, at)))
    return base and with_edits(base, history, at, job.dropped_revisions)


def params_at(job: Job, history: History, revision: int) -> Params:
    """The parameters of a job at a revision: what was asked for first, or the options of the last edits that stand."""
    return standing(history.upto(revision), job.dropped_revisions).params or history.first_params or job.params


def with_edits(base: Document, history: History, revision: int, dropped: Container[int]) -> Document:
    """What was decided, with all edits that stand at a revision."""
    edits = standing(history.upto(revision), dropped).edits
    return replayed(base, [edit for edit in edits if not isinstance(edit, OtherOptions)])


def shown_document(workspace: Workspace, job: Job) -> Document:
    """The newest document of a job, or the one its result was made of while another is decided.

    Raises:
        StateError: nothing is decided yet.
        GoneError: as `newest_document`.
    """
    found = document_at(workspace, job)
    if found is None and job.rendered_revision is not None:
        found = document_at(workspace, job, job.rendered_revision)
    if found is None and not job.state.ended:
        raise StateError("It is not decided yet what will be made of this recording.", code="not_done")
    return found or newest_document(workspace, job)


def stored_peaks(workspace: Workspace) -> Peaks:
    """How loud the recording is all along. Raises StateError where nobody has listened yet."""
    try:
        return _PEAKS.validate_json((workspace.decisions / PEAKS).read_bytes())
    except FileNotFoundError:
        raise StateError("Nobody has listened to this recording yet, or it is long ago.", code="not_done") from None


def newest_document(workspace: Workspace, job: Job) -> Document:
    """The newest document of a job. Raises GoneError where it was made before there were documents, and its plan is gone."""
    document = document_at(workspace, job)
    if document is None:
        raise GoneError("The plan of this task is no longer there.")
    return document


def _place(workspace: Workspace, params: Params) -> Path:
    digest = hashlib.sha256(_PARAMS.dump_json(_deciding(params))).hexdigest()[:16]
    return workspace.decisions / f"decided-{digest}.json"


def _deciding(params: Params) -> Params:
    """The parameters without those that decide nothing but how it looks and sounds."""
    looks = ClipParams()
    clips = replace(
        params.clips, aspect=looks.aspect, layout=looks.layout, clip_style=looks.clip_style, clip_titles=looks.clip_titles
    )
    return replace(params, review=False, captions=CaptionParams(), level=LevelParams(), encode=EncodeParams(), clips=clips)


@lru_cache(_REMEMBERED)
def _read(file: Path, _written_at: int) -> Document:
    return document_from_json(file.read_bytes())
