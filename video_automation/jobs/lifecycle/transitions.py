"""The steps from one state of a job to the next, as pure functions.

An ended job never changes its state again, but that a done one may be reopened. Once it has a result, it always ends as done:
if a further run comes to nothing, the result is the one from before, and `problem` says why.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from video_automation.errors import GoneError, LostError, StateError
from video_automation.jobs.model import Before, Dropped, Job, Problem, State
from video_automation.plan.params import Params

MAX_ATTEMPTS = 3
"""How often work on a job is begun: a video that brings its worker down must not do so for ever."""
CANCELLED = "cancelled"
"""The code of the problem of changes that somebody cancelled."""
CUT_OFF = "its worker died"
"""The setback of a run that ended without a word."""


def taken_up(job: Job, now: float, run: str) -> Job:
    """A run begins, or continues the one before. Returns an ended job if nothing is left to do."""
    if job.state.ended:
        return job
    if job.cancel_requested:
        return revoked(job, now)
    if job.attempts >= MAX_ATTEMPTS:
        return _given_up(job, now)
    if job.state is State.PENDING and job.begun:
        return replace(job, state=State.PROGRESS, run=run, attempts=job.attempts + 1)
    return replace(
        job,
        state=State.PROGRESS,
        run=run,
        setback=CUT_OFF if job.state is State.PROGRESS else job.setback,
        stage="probe",
        stage_progress=0.0,
        status="Starting." if job.attempts == 0 else "Going on after an interruption.",
        eta_seconds=None,
        attempts=job.attempts + 1,
        started_at=job.started_at or now,
    )


def handed_back(job: Job, now: float, *, setback: str | None) -> Job:
    """Its run has ended early, and the job waits for the next one. An interrupted run counts as a setback."""
    if job.state is not State.PROGRESS:
        return job
    if job.cancel_requested:
        return revoked(job, now)
    back = replace(job, setback=setback or job.setback, attempts=job.attempts if setback else job.attempts - 1)
    if back.attempts >= MAX_ATTEMPTS:
        return _given_up(back, now)
    status = "Waiting to go on after an interruption."
    return replace(back, state=State.PENDING, run=None, stage="queued", stage_progress=0.0, status=status, eta_seconds=None)


def handed_on(job: Job, now: float, *, yields: bool) -> Job:
    """The run's time is up while its work moves: the next run continues, and the bar with it.

    What was cut off before counts no more, since it came further. Where it `yields`, those of other owners go first that wait.
    """
    if job.state is not State.PROGRESS:
        return job
    if job.cancel_requested:
        return revoked(job, now)
    yielded_at = now if yields else job.yielded_at
    return replace(job, state=State.PENDING, run=None, attempts=0, setback=None, yielded_at=yielded_at)


def restored(job: Job) -> Job:
    """A job restored from its written record: if it was at work, it waits now."""
    if job.state.ended:
        return job
    return replace(job, state=State.PENDING, run=None, stage="queued", stage_progress=0.0, eta_seconds=None)


def of_run(run: str, step: Callable[[Job], Job]) -> Callable[[Job], Job]:
    """The step, which refuses a job that another run has.

    Raises:
        LostError: it is in other hands, or in nobody's.
    """

    def guarded(job: Job) -> Job:
        if job.run != run:
            raise LostError("This run has lost its job.")
        return step(job)

    return guarded


def succeeded(job: Job, now: float, *, output_filename: str) -> Job:
    """The result is whole. A first result does not count if its cancellation was accepted; a new one replaces the old."""
    if job.state.ended:
        return job
    if job.cancel_requested and not job.output_filename:
        return revoked(job, now)
    done = replace(
        job,
        stage="done",
        stage_progress=1.0,
        progress=100,
        status="Done.",
        output_filename=output_filename,
        rendered_revision=job.revision,
        asked=(),
        before=None,
        result=job.building,
        former_result=job.result if job.output_filename and job.result != job.building else job.former_result,
    )
    return _ended(done, now, State.SUCCESS)


def up_for_review(job: Job, now: float) -> Job:
    """The plan is decided, and waits for a person's review."""
    if job.state.ended:
        return job
    if job.cancel_requested:
        return revoked(job, now)
    return _ended(replace(job, status="Ready for your review.", asked=(), before=None), now, State.REVIEW)


def failed(job: Job, now: float, problem: Problem) -> Job:
    """The job has failed, for this reason."""
    if job.state.ended:
        return job
    job = _without_asked(job, "failed")
    if job.output_filename:
        return _as_before(job, now, problem)
    return _ended(replace(job, problem=problem, status=problem.sentence), now, State.FAILURE)


def revoked(job: Job, now: float) -> Job:
    """The cancelled job has ended."""
    if job.state.ended and job.state is not State.REVIEW:
        return job
    job = _without_asked(job, "cancelled")
    if job.output_filename:
        return _as_before(job, now, Problem(CANCELLED, "The changes were cancelled."))
    return _ended(replace(job, status="Cancelled.", cancel_requested=True), now, State.REVOKED)


def asked_to_end(job: Job, now: float) -> Job:
    """Cancels the job: at once if it waits, else as soon as its run notices.

    Raises:
        StateError: it has ended already, and not that way.
    """
    if job.state is State.REVOKED:
        return job
    if job.state.ended and job.state is not State.REVIEW:
        raise StateError("This task has ended already.")
    if job.state in (State.PENDING, State.REVIEW):
        return revoked(job, now)
    return replace(job, cancel_requested=True, status="Stopping.", eta_seconds=None)


def check_done(job: Job) -> None:
    """Refuses a job without a result.

    Raises:
        StateError: it failed, was cancelled or is not done; the sentence and code say which.
        GoneError: its files were cleaned up.
    """
    if not job.state.ended:
        raise StateError("This task is not done yet.", code="not_done")
    if job.state is State.REVIEW:
        raise StateError("This task waits for your review; nothing is rendered yet.", code="not_done")
    if job.state is State.REVOKED:
        raise StateError("This task was cancelled.", code="cancelled")
    if job.problem and job.state is State.FAILURE:
        raise StateError(job.problem.sentence, code=job.problem.code)
    if job.cleaned:
        raise GoneError("The files of this task were cleaned up.")


def check_editable(job: Job) -> None:
    """Refuses a job whose plan cannot be changed now: it is at work, or has no result and does not wait for a review.

    Raises:
        StateError, GoneError: as `check_done`.
    """
    if job.state is State.REVIEW and job.cleaned:
        raise GoneError("The files of this task were cleaned up.")
    if job.output_filename and not job.state.ended:
        raise StateError("This video is being made again. Wait until that is done, then make your change.", code="not_done")
    if job.state is not State.REVIEW:
        check_done(job)


def edited(job: Job, *, revision: int, history: str, params: Params) -> Job:
    """Its plan has a new revision. Raises as `check_editable`."""
    check_editable(job)
    if params.speech != job.params.speech:
        job = replace(job, language=None, language_certainty=None)
    before = job.before or Before(job.revision, job.params)
    return replace(job, revision=revision, history=history, params=params, asked=(*job.asked, revision), before=before)


def left_unrendered(job: Job) -> Job:
    """The changes are kept, and rendered only on request."""
    return replace(job, asked=(), before=None)


def reopened(job: Job, now: float, *, building: str) -> Job:
    """The newest revision of its plan is to be rendered. Raises as `check_editable`."""
    check_editable(job)
    return _waiting(replace(job, reviewed=True), now, building)


def decided_anew(job: Job, now: float, *, building: str) -> Job:
    """The plan is to be decided and reviewed again before anything is rendered. Raises as `check_editable`."""
    check_editable(job)
    return _waiting(job, now, building)


def retried(job: Job, now: float, params: Params, *, building: str) -> Job:
    """The job is to be tried again with these parameters; one that waits or works with them already stays as it is.

    Raises:
        StateError: it is worked on with others, or about to end; or it is done, with these.
        GoneError: its files were cleaned up.
    """
    same = params == job.params
    if not job.state.ended:
        if job.cancel_requested or not same:
            raise StateError("This task has not ended yet; try again once it has.")
        return job
    if job.cleaned:
        raise GoneError("The files of this task were cleaned up.")
    failed_last = job.problem is not None and job.problem.code != CANCELLED
    if job.state is State.SUCCESS and same and not failed_last:
        raise StateError("This task is done, and you ask for nothing else.", code="done")
    if params.speech != job.params.speech:
        job = replace(job, language=None, language_certainty=None)
    return _waiting(replace(job, params=params), now, building)


def cleaned(job: Job) -> Job:
    """Its files are to be removed.

    Raises:
        StateError: it has not ended.
    """
    if not job.state.ended:
        raise StateError("This task has not ended; cancel it first.")
    return replace(job, cleaned=True)


def _given_up(job: Job, now: float) -> Job:
    last = f", the last time because {job.setback}" if job.setback else ""
    sentence = f"The work was cut off {job.attempts} times{last}; there will be no other attempt."
    return failed(job, now, Problem("gave_up", sentence))


def _without_asked(job: Job, why: Literal["cancelled", "failed"]) -> Job:
    """Its plan is as before the changes that this work was to render."""
    if not job.before:
        return replace(job, asked=())
    dropped = (*job.dropped, *(Dropped(revision, why) for revision in job.asked))
    before = job.before
    return replace(job, revision=before.revision, params=before.params, dropped=dropped, asked=(), before=None)


def _waiting(job: Job, now: float, building: str) -> Job:
    """It waits like a new job."""
    return replace(
        job,
        state=State.PENDING,
        building=building,
        stage="queued",
        stage_progress=0.0,
        progress=0,
        status="Waiting for its turn.",
        attempts=0,
        setback=None,
        reopened_at=now,
        yielded_at=None,
        started_at=None,
        ended_at=None,
        cancel_requested=False,
        problem=None,
        clips_ready=(),
    )


def _as_before(job: Job, now: float, problem: Problem) -> Job:
    """The earlier result stays."""
    done = replace(job, stage="done", stage_progress=1.0, progress=100, cancel_requested=False, problem=problem)
    return _ended(replace(done, status=f"{problem.sentence} The video is as it was before."), now, State.SUCCESS)


def _ended(job: Job, now: float, state: State) -> Job:
    return replace(job, state=state, run=None, ended_at=now, eta_seconds=None)
