"""Changes the plan of a job: edits, undo, redo, render. Each makes a revision, or nothing at all."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal
from uuid import uuid4

from video_automation.editing.edits.applying import all_applied
from video_automation.errors import GoneError, StaleError, StateError
from video_automation.jobs.brand.given_files import branded, keep_files
from video_automation.jobs.lifecycle.dispatch import dispatch_jobs
from video_automation.jobs.lifecycle.transitions import check_editable, decided_anew, edited, left_unrendered, reopened
from video_automation.jobs.model import Job, State
from video_automation.jobs.policy.job_params import asked, asked_by
from video_automation.jobs.policy.presets import with_preset
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.jobs.uploads.receive import check_room
from video_automation.jobs.workspace import Workspace
from video_automation.plan.document import Document
from video_automation.plan.edits import ClipSet, Edit, OtherOptions, edit_values
from video_automation.plan.history import Entry, History, standing
from video_automation.plan.params import Params

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """A job after a change of its plan, or as it would be after a trial."""

    job: Job
    document: Document | None
    """The newest document; None where it has to be decided anew first."""


@dataclass(frozen=True, slots=True)
class How:
    """The circumstances of a change."""

    revision: int | None = None
    """For which revision it was made; None for whichever is the newest."""
    render: bool = True
    """Whether the result is made again at once."""
    trial: bool = False
    """Whether nothing is kept of it."""
    by: str = ""
    """Who asks."""


def edit_plan(backend: Backend, job_id: str, edits: Sequence[Edit], how: How = How()) -> Change:  # a frozen value
    """Makes edits on the plan of a job: all of them, or none.

    Raises:
        RequestError: one cannot be applied, or an option is wrong; the sentence says which.
        StaleError: the plan has a newer revision than the one they were made for.
        StateError, GoneError: as `transitions.check_editable`; GoneError also where its recording or plan is no longer there.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store does; then nothing has changed.
    """

    def entry(job: Job, history: History) -> Entry:
        document = stored.newest_document(backend.folders.of(job.id), job)
        _, kept = all_applied(document, [_with_preset(backend, job, one) for one in edits])
        return replace(_entry(history, "edit", how), edits=kept, params=_params_with(backend, job, kept))

    return _changed(backend, job_id, how, entry)


def undo_edits(backend: Backend, job_id: str, how: How = How()) -> Change:
    """Undoes the last edits in force. Raises StateError where there are none; else as `edit_plan`."""
    return _turned(backend, job_id, how, "undo")


def redo_edits(backend: Backend, job_id: str, how: How = How()) -> Change:
    """Redoes the edits that were undone last. Raises StateError where there are none; else as `edit_plan`."""
    return _turned(backend, job_id, how, "redo")


def render_newest(backend: Backend, job_id: str) -> Job:
    """Has the newest revision rendered.

    Raises:
        StateError: it is made already; else as `edit_plan`.
    """

    def step(job: Job) -> Job:
        check_editable(job)
        if job.state is State.SUCCESS and job.rendered_revision == job.revision and not job.problem:
            raise StateError("The video is made of the newest revision already.", code="done")
        return reopened(job, time.time(), building=new_building(job.revision))

    check_room(backend, None)
    job = backend.store.change(job_id, step)
    dispatch_jobs(backend)
    log.info("Revision %d is to be made: %s", job.revision, job_id)
    return job


def new_building(revision: int) -> str:
    """The name of the folder for a result of this revision."""
    return f"{revision}-{uuid4().hex[:8]}"


def revived(backend: Backend, job: Job) -> tuple[History, Params] | None:
    """The history with its last entry repeated, and the parameters then; None unless the last run failed to render that entry.

    A run makes one entry, and nothing can be changed while it does: those before that failed have been given up, or are in it.
    """
    history = stored.history_of(backend.folders.of(job.id), job)
    failed = {one.revision for one in job.dropped if one.why == "failed"}
    if history.last not in failed:
        return None
    again = replace(history.entries[-1], revision=history.last + 1)
    history = replace(history, entries=(*history.entries, again))
    return history, stored.params_at(job, history, history.last)


def edits_since(history: History, revision: int) -> list[dict[str, object]]:
    """The edits after a revision, as plain values."""
    return [
        {"revision": entry.revision, "kind": entry.kind, "edits": edit_values(entry.edits)}
        for entry in history.entries
        if entry.revision > revision
    ]


def _turned(backend: Backend, job_id: str, how: How, kind: Literal["undo", "redo"]) -> Change:
    def entry(job: Job, history: History) -> Entry:
        stand = standing(history.upto(job.revision), job.dropped_revisions)
        if not (stand.done if kind == "undo" else stand.undone):
            raise StateError(f"There is nothing to {kind}.", code=f"nothing_to_{kind}")
        return _entry(history, kind, how)

    return _changed(backend, job_id, how, entry)


def _params_with(backend: Backend, job: Job, edits: Sequence[Edit]) -> Params | None:
    """The parameters with the options and the fonts among edits; None where nothing of them changes."""
    options = {name: text for one in edits if isinstance(one, OtherOptions) for name, text in one.options}
    looks = [one.look for one in edits if isinstance(one, ClipSet) and one.look]
    if {"language", "glossary"} & set(options):  # what is said is written down again: with all terms there are now
        params = asked_by(backend, job.owner, options, job.params)
    elif options:
        params = asked(backend.rules, options, job.params, brand=backend.brands.of(job.owner))
    else:
        params = job.params
    params = branded(params, backend.brands.of(job.owner), looks) if looks else params
    return params if options or params != job.params else None


def _with_preset(backend: Backend, job: Job, edit: Edit) -> Edit:
    """The edit, with a preset it names put into options, so that later changes of the preset change nothing here."""
    if not isinstance(edit, OtherOptions):
        return edit
    options = with_preset(backend.presets.of(job.owner), dict(edit.options))
    return replace(edit, options=tuple(sorted(options.items())))


def _entry(history: History, kind: Literal["edit", "undo", "redo"], how: How) -> Entry:
    return Entry(history.last + 1, kind, (), time.time(), how.by)


def _changed(backend: Backend, job_id: str, how: How, entry: Callable[[Job, History], Entry]) -> Change:
    workspace, seen = backend.folders.of(job_id), backend.store.get(job_id)
    check_editable(seen)
    history = stored.history_of(workspace, seen)
    _check_newest(seen, history, how)
    if not workspace.storage.find(workspace.source):
        raise GoneError("The recording of this task is no longer there.")
    made = entry(seen, history)
    new = replace(history, entries=(*history.entries, made), first_params=history.first_params or seen.params)
    params = stored.params_at(seen, new, new.last)
    if how.trial:
        base = stored.decided(workspace, replace(seen, params=params))
        trial = replace(seen, revision=made.revision)  # the result there is was made with its own parameters
        return Change(trial, base and stored.with_edits(base, new, made.revision, seen.dropped_revisions))
    if how.render:
        check_room(backend, None)
    keep_files(backend, job_id, seen.owner, params)
    with full_disk_told(), stored.kept_history(workspace, new) as name:
        wanted = _New(made.revision, name, params)
        job = backend.store.change(job_id, partial(_with_revision, workspace, seen, wanted, how))
    stored.drop_old_histories(workspace, job)
    if not job.state.ended:
        dispatch_jobs(backend)
    log.info("Revision %d (%s): %s", job.revision, made.kind, job_id)
    return Change(job, stored.document_at(workspace, job))


@dataclass(frozen=True, slots=True)
class _New:
    """A new revision: its number, the file of its history, its parameters."""

    revision: int
    history: str
    params: Params


def _with_revision(workspace: Workspace, seen: Job, new: _New, how: How, job: Job) -> Job:
    """The job with a new revision. Raises StaleError if it was changed since it was read."""
    if (job.history, job.revision) != (seen.history, seen.revision):
        _refuse_stale(job, stored.history_of(workspace, job), seen.revision)
    changed = edited(job, revision=new.revision, history=new.history, params=new.params)
    building = new_building(new.revision)
    if how.render:
        return reopened(changed, time.time(), building=building)
    if job.state is State.REVIEW and stored.decided(workspace, changed) is None:
        return decided_anew(changed, time.time(), building=building)
    return left_unrendered(changed)


def _check_newest(job: Job, history: History, how: How) -> None:
    if how.revision is not None and how.revision != job.revision:
        _refuse_stale(job, history, how.revision)


def _refuse_stale(job: Job, history: History, revision: int) -> None:
    sentence = f"The plan was changed meanwhile: it is at revision {job.revision}, not {revision}."
    raise StaleError(sentence, revision=job.revision, since=edits_since(history, revision))
