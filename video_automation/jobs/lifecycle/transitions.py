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
    """A run begins, or goes on from where another was. Gives an ended job where there is nothing left to do."""
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
    """Its run has ended without an end of the job: it waits for the next. One that was cut off has a setback, and counts."""
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
    """Its time is up while its work moves: the next run goes on, and who looks sees the same bar go on.

    What was cut off before counts no more, since it came further. Where it `yields`, those of other owners go first that wait.
    """
    if job.state is not State.PROGRESS:
        return job
    if job.cancel_requested:
        return revoked(job, now)
    yielded_at = now if yields else job.yielded_at
    return replace(job, state=State.PENDING, run=None, attempts=0, setback=None, yielded_at=yielded_at)


def restored(job: Job) -> Job:
    """A job as it was written down, in a store that knows nothing of it: what was at work then waits now."""
    if job.state.ended:
        return job
    return replace(job, state=State.PENDING, run=None, stage="queued", stage_progress=0.0, eta_seconds=None)


def of_run(run: str, step: Callable[[Job], Job]) -> Callable[[Job], Job]:
    """The step, refused where the job is not this run's.

    Raises:
        LostError: it is in other hands, or in nobody's.
    """

    def guarded(job: Job) -> Job:
        if job.run != run:
            raise LostError("This run has lost its job.")
        return step(job)

    return guarded


def succeeded(job: Job, now: float, *, output_filename: str) -> Job:
    """All files are there. A first result is none whose cancelling was accepted; one made anew replaces the old one."""
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
    """It is decided what will be made; a person is to look at that first."""
    if job.state.ended:
        return job
    if job.cancel_requested:
        return revoked(job, now)
    return _ended(replace(job, status="Ready for your review.", asked=(), before=None), now, State.REVIEW)


def failed(job: Job, now: float, problem: Problem) -> Job:
    """It came to nothing, for this reason."""
    if job.state.ended:
        return job
    job = _without_asked(job, "failed")
    if job.output_filename:
        return _as_before(job, now, problem)
    return _ended(replace(job, problem=problem, status=problem.sentence), now, State.FAILURE)


def revoked(job: Job, now: float) -> Job:
    """Somebody asked for its end, and that is here."""
    if job.state.ended and job.state is not State.REVIEW:
        return job
    job = _without_asked(job, "cancelled")
    if job.output_filename:
        return _as_before(job, now, Problem(CANCELLED, "The changes were cancelled."))
    return _ended(replace(job, status="Cancelled.", cancel_requested=True), now, State.REVOKED)


def asked_to_end(job: Job, now: float) -> Job:
    """Somebody asks for its end: at once where it waits, soon where it is worked on.

    Raises:
        StateError: it has ended already, and not that way.
    """
    if job.state is State.REVOKED:
        return job
    if job.state.ended and job.state is not State.REVIEW:
        raise StateError("This task has ended already.")
    if job.state in (State.PENDING, State.REVIEW):
        return revoked(job, now)
    return replace(job, cancel_requested=True, status="Stopping.")


def check_done(job: Job) -> None:
    """Refuses a job that has no result at hand.

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
    """Refuses a job whose plan cannot be changed now: it is worked on, or has neither a result nor waits for a review.

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
    """What was changed stays, and is rendered when somebody asks for it."""
    return replace(job, asked=(), before=None)


def reopened(job: Job, now: float, *, building: str) -> Job:
    """It is to be made, or made again, at the newest revision of its plan. Raises as `check_editable`."""
    check_editable(job)
    return _waiting(replace(job, reviewed=True), now, building)


def decided_anew(job: Job, now: float, *, building: str) -> Job:
    """It is to be decided again, and looked at again before anything is rendered. Raises as `check_editable`."""
    check_editable(job)
    return _waiting(job, now, building)


def retried(job: Job, now: float, params: Params, *, building: str) -> Job:
    """It is to be tried again, with these parameters; one that waits or is worked on with them already comes back as it is.

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
    """Its files are to go.

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
    """Its plan is what it was before the changes that came with the work."""
    if not job.before:
        return replace(job, asked=())
    dropped = (*job.dropped, *(Dropped(revision, why) for revision in job.asked))
    before = job.before
    return replace(job, revision=before.revision, params=before.params, dropped=dropped, asked=(), before=None)


def _waiting(job: Job, now: float, building: str) -> Job:
    """It waits for its turn like a new one."""
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
    """The result stays that of an earlier run."""
    done = replace(job, stage="done", stage_progress=1.0, progress=100, cancel_requested=False, problem=problem)
    return _ended(replace(done, status=f"{problem.sentence} The video is as it was before."), now, State.SUCCESS)


def _ended(job: Job, now: float, state: State) -> Job:
    return replace(job, state=state, run=None, ended_at=now, eta_seconds=None)
