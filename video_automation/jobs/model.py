"""A job: everything known about one upload, as an immutable value."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter, ValidationError

from video_automation.access.shares import Share
from video_automation.errors import DamagedError
from video_automation.jobs.run.steps import STAGES
from video_automation.plan.params import Params


class State(StrEnum):
    """The state of a job; the names are those of Celery and of the API."""

    PENDING = "PENDING"
    PROGRESS = "PROGRESS"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    REVOKED = "REVOKED"
    REVIEW = "REVIEW"
    """It is decided what will be made, and a person looks at it before anything is rendered."""

    @property
    def ended(self) -> bool:
        """Whether a job in this state stays in it until somebody acts."""
        return self in (State.SUCCESS, State.FAILURE, State.REVOKED, State.REVIEW)


if TYPE_CHECKING:
    Stage = str
else:
    Stage = Literal[STAGES]  # where records and answers are checked and described, only these are stages


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a job did not succeed: a stable code and a sentence for a person."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A revision of the plan that was cancelled or failed."""

    revision: int
    why: Literal["cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Before:
    """The state before the change that is being rendered, to which the job returns if that fails."""

    revision: int
    params: Params


@dataclass(frozen=True, slots=True)
class Job:
    """One upload. Times are Unix seconds; `progress` is in percent and never falls during a run."""

    id: str
    """A random UUID; also the Celery task's id and the name of the job's folders."""
    owner: str
    filename: str
    """As the user named the file: never used as a path. Results are named after it."""
    created_at: float
    renamed: str = ""
    """What its owner calls it instead; empty where that is still the name of the file."""
    params: Params = field(default_factory=Params)
    state: State = State.PENDING
    stage: Stage = "queued"
    stage_progress: float = 0.0
    """Share of the present stage that is done, 0 to 1."""
    progress: int = 0
    status: str = "Waiting for its turn."
    """A sentence for a person about what happens now."""
    eta_seconds: int | None = None
    attempts: int = 0
    run: str | None = None
    """Which run has it, by a token of its own; of any other, nothing is taken any more."""
    setback: str | None = None
    """Why the attempt before was cut off, as the end of a sentence."""
    reopened_at: float | None = None
    """When it was asked for again, or otherwise, the last time."""
    yielded_at: float | None = None
    """When it last let other owners go first, its time being up."""
    started_at: float | None = None
    ended_at: float | None = None
    cancel_requested: bool = False
    cleaned: bool = False
    """Whether its files were removed."""
    output_filename: str | None = None
    """Its video; from then on it has a result, which stays whatever becomes of a further run."""
    problem: Problem | None = None
    """Why the last run did not succeed."""
    share: Share | None = None
    """The link that shows it to others."""
    duration_ms: int | None = None
    """How long its video is, once that is known."""
    language: str | None = None
    """What is spoken in it (ISO 639, "und" where nobody can tell), once that is known."""
    language_certainty: int | None = None
    """How sure that is, in percent."""
    daily_ms: int | None = None
    """How long all videos of its owner may be together that came within a day; None where nothing bounds that."""
    webhook_url: str | None = None
    """Where what becomes of it is told, besides the places that the settings name."""
    clips_ready: tuple[str, ...] = ()
    """The names of the videos of clips that are offered while the rest of a first result is still made."""

    revision: int = 0
    """The newest revision of its plan; 0 as it was decided."""
    history: str = ""
    """The name of the file of its edits; empty where there are none."""
    rendered_revision: int | None = None
    """The revision its result was made of."""
    asked: tuple[int, ...] = ()
    """The revisions that came with the present work: if that is cancelled or fails, so are they."""
    before: Before | None = None
    """What it was before them."""
    dropped: tuple[Dropped, ...] = ()
    reviewed: bool = False
    """Whether somebody has had it rendered after a review."""
    building: str = ""
    """The folder among its outputs into which the present work puts its result."""
    result: str = ""
    """The folder of the result that is served; empty where that lies among the outputs itself, as all results once did."""
    former_result: str | None = None
    """The folder of the result before, which is kept for those who still read it, and of which what is equal is taken over."""

    @property
    def name(self) -> str:
        """What it is called wherever people see it."""
        return self.renamed or self.filename

    @property
    def dropped_revisions(self) -> frozenset[int]:
        """The numbers of all cancelled and failed revisions."""
        return frozenset(one.revision for one in self.dropped)

    @property
    def queued_at(self) -> float:
        """Since when it waits, or when it last began to."""
        return self.yielded_at or self.reopened_at or self.created_at

    @property
    def begun(self) -> bool:
        """Whether it is at work, or continues soon after its run's time was up."""
        return self.state is State.PROGRESS or (self.state is State.PENDING and self.stage != "queued")


_JOB = TypeAdapter(Job)


def job_json(job: Job) -> bytes:
    """The job as JSON."""
    return _JOB.dump_json(job)


@lru_cache(256)
def job_from_json(text: bytes) -> Job:
    """The job in a JSON text of ours. Whoever asks for a task again and again mostly meets the same text.

    Raises:
        DamagedError: it holds none.
    """
    try:
        return _JOB.validate_json(text)
    except ValidationError as error:
        raise DamagedError("The record of a task cannot be read.") from error
