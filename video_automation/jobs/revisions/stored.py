"""Stores the decided plan of a job and the history of its edits; builds the document of each revision."""

import hashlib
from collections.abc import Container, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from typing import Annotated
from uuid import uuid4

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from video_automation.editing.edits.applying import replayed
from video_automation.errors import DamagedError, GoneError, StateError
from video_automation.jobs.model import Job
from video_automation.jobs.revisions.upgrading import of_former_version
from video_automation.jobs.workspace import Workspace
from video_automation.plan.document import Document, document_from_json, document_json
from video_automation.plan.edits import OtherOptions
from video_automation.plan.history import History, history_from_json, history_json, standing
from video_automation.plan.params import CaptionParams, ClipParams, EncodeParams, LevelParams, Params
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing
from video_automation.storage.port import Storage, StoredFile

_PARAMS = TypeAdapter(Params)
_DRAWN: Mapping[str, bool | set[str]] = {
    "look": True,
    "logo": True,
    "cards": True,
    "brand": True,
    "clips": {"caption_position"},
}
"""What only decides what is drawn. It is in no key: the version before had none of it, and its documents stay."""
_AS_BEFORE: Mapping[str, set[str]] = {"trim": {"sentence_pause_ms"}, "level": {"sound"}}
"""What the version before did not know. It is in no key as long as it is as usual, so that documents of before are found."""
_KEPT_HISTORIES = 3
"""Files of edits that stay: a record put back from the disk may be some changes old."""
_REMEMBERED = 4
"""Documents at hand: one of ten hours takes some tens of megabytes."""
PEAKS = "peaks.json"
"""The name of the file of the recording's waveform, in the folder of decisions."""
_PEAK_HOPS, _MOST_PEAKS = 2, 500_000
"""A value of the waveform stands for so many levels at least; there are at most so many values."""


class Peaks(TypedDict):
    """The waveform of a recording: values of 0 to 255 at a steady rate."""

    samples_per_second: float
    peaks: list[Annotated[int, Field(ge=0, le=255)]]


_PEAKS = TypeAdapter(Peaks)


def decided(workspace: Workspace, job: Job) -> Document | None:
    """The decided document for the job's present parameters, or None."""
    return decided_for(workspace, job.params) or _of_former_version(workspace, job)


def _of_former_version(workspace: Workspace, job: Job) -> Document | None:
    former = of_former_version(workspace, job)
    if former:
        with suppress(OSError):  # it can be read on a full disk, too
            keep_decided(workspace, former)
    return former


def decided_for(workspace: Workspace, params: Params) -> Document | None:
    """The decided document for these parameters, or None."""
    found = workspace.storage.find(_key(workspace, params))
    with suppress(FileNotFoundError):
        return replace(_read(workspace.storage, found), params=params) if found else None
    return None


def keep_decided(workspace: Workspace, document: Document) -> None:
    """Stores a decided document under its parameters, once."""
    key = _key(workspace, document.params)
    if not workspace.storage.find(key):
        workspace.storage.write(key, document_json(document))


def keep_peaks(workspace: Workspace, hearing: Hearing) -> None:
    """Stores the waveform of the recording."""
    levels = hearing.levels_db
    each = max(_PEAK_HOPS, -(-len(levels) // _MOST_PEAKS))
    loudest = (max(levels[i : i + each]) for i in range(0, len(levels), each))
    heights = [round(255 * 10 ** (level / 20)) for level in loudest]
    peaks = _PEAKS.dump_json({"samples_per_second": 1000 / LEVEL_HOP_MS / each, "peaks": heights})
    workspace.storage.write(f"{workspace.decisions}{PEAKS}", peaks)


def history_of(workspace: Workspace, job: Job) -> History:
    """The edits of a job, cancelled and failed ones included. Raises DamagedError where they cannot be read."""
    if not job.history:
        return History()
    try:
        return history_from_json(workspace.storage.read(f"{workspace.decisions}{job.history}"))
    except FileNotFoundError:
        raise DamagedError("The history of this task's edits is lost.") from None


@contextmanager
def kept_history(workspace: Workspace, history: History) -> Iterator[str]:
    """Keeps a history in a file of its own, of this name; the block has the job's record name it, or leaves with an error.

    Then nothing of it stays.
    """
    name = f"history-{history.last:06}-{uuid4().hex[:8]}.json"
    workspace.storage.write(f"{workspace.decisions}{name}", history_json(history))
    try:
        yield name
    except BaseException:
        workspace.storage.remove(f"{workspace.decisions}{name}")
        raise


def drop_old_histories(workspace: Workspace, job: Job) -> None:
    """Removes files of histories that the record no longer names, after a while."""
    names = [name for name in workspace.storage.names(workspace.decisions) if name.startswith("history-")]
    older = [name for name in names if name < job.history[: len("history-000000")]]
    for name in older[:-_KEPT_HISTORIES]:
        workspace.storage.remove(f"{workspace.decisions}{name}")


def document_at(workspace: Workspace, job: Job, revision: int | None = None) -> Document | None:
    """The document of a revision, or of the newest one; None if it has to be decided first.

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
    """The decided document with all edits in force at a revision."""
    edits = standing(history.upto(revision), dropped).edits
    return replayed(base, [edit for edit in edits if not isinstance(edit, OtherOptions)])


def shown_document(workspace: Workspace, job: Job) -> Document:
    """The newest document of a job; while that is being decided, the document of its result.

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
    """The waveform of the recording. Raises StateError before it was analysed."""
    try:
        return _PEAKS.validate_json(workspace.storage.read(f"{workspace.decisions}{PEAKS}"))
    except FileNotFoundError:
        raise StateError("Nobody has listened to this recording yet, or it is long ago.", code="not_done") from None


def newest_document(workspace: Workspace, job: Job) -> Document:
    """The newest document of a job. Raises GoneError where it was made before there were documents, and its plan is gone."""
    document = document_at(workspace, job)
    if document is None:
        raise GoneError("The plan of this task is no longer there.")
    return document


def _key(workspace: Workspace, params: Params) -> str:
    usual = {section: names for section, names in _AS_BEFORE.items() if _is_usual(params, section, names)}
    left_out = {**_DRAWN, **usual}
    digest = hashlib.sha256(_PARAMS.dump_json(_deciding(params), exclude=left_out)).hexdigest()[:16]
    return f"{workspace.decisions}decided-{digest}.json"


def _is_usual(params: Params, section: str, names: Set[str]) -> bool:
    given, usual = getattr(params, section), getattr(Params(), section)
    return all(getattr(given, name) == getattr(usual, name) for name in names)


def _deciding(params: Params) -> Params:
    """The parameters without those that only affect the look and the loudness."""
    looks, level = ClipParams(), LevelParams(sound=params.level.sound)
    clips = replace(
        params.clips, aspect=looks.aspect, layout=looks.layout, clip_style=looks.clip_style, clip_titles=looks.clip_titles
    )
    return replace(params, review=False, captions=CaptionParams(), level=level, encode=EncodeParams(), clips=clips)


@lru_cache(_REMEMBERED)
def _read(storage: Storage, found: StoredFile) -> Document:
    return document_from_json(storage.read(found.key))
