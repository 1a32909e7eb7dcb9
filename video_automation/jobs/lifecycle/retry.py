"""Tries a failed or cancelled job again, or makes a finished one with other options; finished work is not repeated."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from video_automation.errors import GoneError
from video_automation.jobs.brand.given_files import keep_files
from video_automation.jobs.lifecycle.dispatch import dispatch_jobs
from video_automation.jobs.lifecycle.transitions import retried
from video_automation.jobs.model import Before, Job, State
from video_automation.jobs.policy.job_params import asked, asked_by
from video_automation.jobs.policy.presets import with_preset
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import How, edit_plan, new_building, revived
from video_automation.jobs.uploads.receive import check_room
from video_automation.plan.edits import OtherOptions

log = logging.getLogger(__name__)


def retry(backend: Backend, job_id: str, options: Mapping[str, str], *, by: str = "") -> Job:
    """Returns a job to the queue, with some options changed; a job that waits already stays as it is.

    Of a done one this is an edit of its plan. Edits that failed are tried again, those that were cancelled are not.

    Raises:
        RequestError: there is no such option or preset, a value is wrong, or the speech model does not know the language.
        StateError, GoneError: as `transitions.retried` says; GoneError also where its source is no longer there.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store does; then nothing has changed.
    """

    def step(job: Job, now: float) -> Job:
        anew = {"language", "glossary"} & set(options)  # what is said is written down again: with all terms there are now
        if anew:
            params = asked_by(backend, job.owner, options, job.params)
        else:
            params = asked(backend.rules, options, job.params, brand=backend.brands.of(job.owner))
        return retried(job, now, params, building=new_building(job.revision))

    present = backend.store.get(job_id)
    options = with_preset(backend.presets.of(present.owner), options)
    wanted = step(present, time.time())
    if wanted == present:
        return present
    if not backend.folders.storage.find(backend.folders.of(job_id).source):
        raise GoneError("The recording of this task is no longer there.")
    if present.state in (State.SUCCESS, State.REVIEW) and wanted.params != present.params:
        how = How(by=by, render=present.state is State.SUCCESS)
        return edit_plan(backend, job_id, (OtherOptions(options=tuple(sorted(options.items()))),), how).job
    check_room(backend, None)
    keep_files(backend, job_id, present.owner, wanted.params)
    job = _with_failed_edits(backend, present, step)
    dispatch_jobs(backend)
    log.info("Again, with %s: %s", ", ".join(options) or "the same options", job_id)
    return job


def _with_failed_edits(backend: Backend, present: Job, step: Callable[[Job, float], Job]) -> Job:
    """The job, to be tried again with the edits that failed last, if any."""
    again = revived(backend, present)
    if again is None:
        return backend.store.change(present.id, lambda job: step(job, time.time()))
    history, params = again

    def with_edits(job: Job) -> Job:
        waiting = step(replace(job, params=params), time.time())
        before = Before(job.revision, job.params)
        return replace(waiting, revision=history.last, history=name, asked=(history.last,), before=before)

    with stored.kept_history(backend.folders.of(present.id), history) as name:
        return backend.store.change(present.id, with_edits)
