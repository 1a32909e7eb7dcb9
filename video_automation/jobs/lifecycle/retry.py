"""Has a job tried again that came to nothing, or made otherwise once it is done; what is finished of it is not done again."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from video_automation.errors import GoneError
from video_automation.jobs.lifecycle.dispatch import call
from video_automation.jobs.lifecycle.rerun import replaced
from video_automation.jobs.lifecycle.transitions import retried
from video_automation.jobs.model import Job
from video_automation.jobs.policy.job_params import asked, asked_by
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.receive import check_room
from video_automation.jobs.workspace import Workspace
from video_automation.plan.params import Params

log = logging.getLogger(__name__)


def retry(backend: Backend, job_id: str, options: Mapping[str, str]) -> Job:
    """Has a job wait for its turn again, with some of its options changed; one that waits already comes back as it is.

    Raises:
        RequestError: there is no such option, its value is wrong, or the speech model does not know the language.
        StateError, GoneError: as `transitions.retried` says; GoneError also where its source is no longer there.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store does; then nothing has changed.
    """

    def step(job: Job, now: float) -> Job:
        anew = {"language", "glossary"} & set(options)  # what is said is written down again: with all terms there are now
        params = asked_by(backend, job.owner, options, job.params) if anew else asked(backend.rules, options, job.params)
        return retried(job, now, params)

    present = backend.store.get(job_id)
    wanted = step(present, time.time())
    if wanted == present:
        return present
    workspace = backend.folders.of(job_id)
    if not workspace.source.exists():
        raise GoneError("The recording of this task is no longer there.")
    check_room(backend, None)
    with ExitStack() as dropped:
        for wish in _stale(workspace, present.params, wanted.params):
            dropped.enter_context(replaced(wish, None))
        job = backend.store.change(job_id, lambda job: step(job, time.time()))
    call(backend)
    log.info("Again, with %s: %s", ", ".join(options) or "the same options", job_id)
    return job


def _stale(workspace: Workspace, one: Params, other: Params) -> Iterator[Path]:
    """What a person has wished for that no longer fits: captions of a video that is cut otherwise, clips of other words."""
    if (one.trim_silence, one.trim, one.speech) != (other.trim_silence, other.trim, other.speech):
        yield workspace.corrections
    if one.speech != other.speech:
        yield workspace.recuts
