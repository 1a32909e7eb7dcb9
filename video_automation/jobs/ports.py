"""The ports of jobs: a store of records, a queue that calls workers, folders, rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.jobs.housekeeping.retention import Retention
from video_automation.jobs.model import Job
from video_automation.jobs.policy.presets import Presets
from video_automation.jobs.webhooks.outbox import Outbox
from video_automation.jobs.webhooks.receivers import NO_WEBHOOKS, Webhooks
from video_automation.jobs.workspace import Folders
from video_automation.media.probing.probe import MediaLimits
from video_automation.plan.brand.brand_files import Brand
from video_automation.plan.params import Params

_T = TypeVar("_T")

LEASE_S = 5.0
"""How long nobody else may work on a job after its run was last heard of."""

HELD_S, KEPT_S = 30, 86_400
"""How long an upload's name is nobody else's after its holder was last heard of, and how long it is remembered."""


class JobStore(Protocol):
    """Keeps job records. Every method raises TransientError where the place does not answer."""

    @property
    def outbox(self) -> Outbox:
        """What is to be told of jobs: each change is written there in the same act."""

    def add(self, job: Job) -> None:
        """Keeps a new job."""

    def get(self, job_id: str) -> Job:
        """The job of this id. Raises UnknownTaskError."""

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Atomically replaces a job by the result of `step`, and returns that.

        `step` may run more than once, when somebody else changed the job meanwhile; what it raises leaves the job as it was.
        Raises UnknownTaskError.
        """

    def complete(self) -> bool:
        """Whether the store has kept all it was told, since `completed` was called; not where it came back empty."""

    def completed(self) -> None:
        """Notes that all jobs are there."""

    def remove(self, job_id: str) -> None:
        """Removes a job, if there is one."""

    def listed(self, owner: str | None, *, start: int, count: int) -> tuple[tuple[Job, ...], int]:
        """An owner's jobs, or everybody's: newest first, from number `start` on, at most `count`; and how many there are."""

    def queue(self) -> tuple[str, ...]:
        """The waiting jobs, by their ids, in the order of their turns, as `jobs.lifecycle.fair_queue` has it."""

    def waiting(self) -> int:
        """The number of waiting jobs."""

    def running(self) -> tuple[Job, ...]:
        """The jobs at work, or said to be."""

    def called(self, job_id: str) -> bool:
        """Notes that a worker is called for a waiting job; False if one was called in the last seconds."""

    def lease(self, job_id: str, run: str) -> bool:
        """Gives a run the job for the next `LEASE_S` seconds, or for so much longer; False if another run has it."""

    def leased(self, job_id: str) -> bool:
        """Whether a run holds the lease of the job."""

    def release(self, job_id: str, run: str) -> None:
        """Ends the lease of this run, if it has one."""


class JobQueue(Protocol):
    """Calls a worker for a job; messages carry the id alone.

    One that is lost, or comes twice, changes nothing: the record decides, and for a job that waits too long a worker is called
    again.
    """

    def publish(self, job_id: str) -> None:
        """Calls a worker for this job. Raises TransientError where no message can be sent."""

    def publish_proxy(self, job_id: str) -> None:
        """Calls a worker to make the proxy of this job; the call expires after `HELD_S` seconds. Raises as `publish`."""


class Presence(Protocol):
    """Tells which workers are there. Raises TransientError where the place it is told at does not answer."""

    def beat(self, name: str, slots: int) -> None:
        """Marks a worker as live for the next 10 seconds, with its number of jobs at a time."""

    def leave(self, name: str) -> None:
        """Marks a worker as gone."""

    def check_heard(self) -> None:
        """Raises TransientError where nobody could say now that they are there."""

    def present(self) -> tuple[str, ...]:
        """The names of the live workers, in order."""

    def slots(self) -> int:
        """How many jobs all live workers together can run at a time."""


class OfOwners(Protocol[_T]):
    """Stores a value for each owner."""

    def of(self, owner: str) -> _T:
        """An owner's value. Raises DamagedError where it cannot be read."""

    def change(self, owner: str, step: Callable[[_T], _T]) -> _T:
        """Atomically replaces an owner's value by the result of `step`, and returns it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An accepted upload, and the job made of it."""

    sha256: str
    job_id: str


class Once(Protocol):
    """Remembers under which names uploads were taken in. Every method raises TransientError where the place does not answer."""

    def hold(self, name: str, holder: str) -> bool:
        """Gives a holder the name for the next `HELD_S` seconds, or for so much longer; False if another has it."""

    def release(self, name: str, holder: str) -> None:
        """Frees the name, if this holder has it."""

    def keep(self, name: str, taken: Taken) -> None:
        """Remembers for `KEPT_S` seconds which upload was accepted under a name."""

    def kept(self, name: str) -> Taken | None:
        """The upload accepted under a name; None if there was none, or too long ago."""


@dataclass(frozen=True, slots=True)
class Advisor:
    """A language model to ask for advice, by OpenAI's chat completions API."""

    base_url: str
    """With http or https, up to and with its version: "http://localhost:11434/v1"."""
    model: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is accepted, and the defaults of a job."""

    max_upload_bytes: int = 20 << 30
    max_queue: int = 100
    reserve_bytes: int = 1 << 30
    """Disk space that no upload may use up."""
    media: MediaLimits = field(default_factory=MediaLimits)
    model: SpeechModel = field(default_factory=SpeechModel)
    retention: Retention = field(default_factory=Retention)
    advisor: Advisor | None = None
    """A language model to ask about clips and titles."""
    defaults: Params = field(default_factory=Params)
    webhooks: Webhooks = NO_WEBHOOKS
    """Who hears of what becomes of jobs."""


@dataclass(frozen=True, slots=True)
class Backend:
    """Everything the functions on jobs need."""

    store: JobStore
    queue: JobQueue
    folders: Folders
    rules: Rules
    once: Once
    glossaries: OfOwners[tuple[str, ...]]
    """Names and terms the speech model is to spell as their owners do."""
    presets: OfOwners[Presets]
    brands: OfOwners[Brand]
    slots: Callable[[], int] = lambda: 1
    """How many jobs all workers can have at a time. Raises TransientError."""
