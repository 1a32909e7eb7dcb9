"""The types of the API's responses. mypy checks what views return against them; the OpenAPI description is made from them."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from video_automation.access.shares import DownloadName
from video_automation.jobs.model import Stage, State
from video_automation.jobs.run.manifest import VideoChapter
from video_automation.plan.clip import Signal
from video_automation.plan.packaging import Title
from video_automation.plan.source.speakers import Speaker
from video_automation.plan.source.transcript import LanguageSpan, Unwritten

described = with_config(ConfigDict(use_attribute_docstrings=True))

Percent = Annotated[int, Field(ge=0, le=100)]
DateTime = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
UriReference = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
TaskId = Annotated[str, Field(json_schema_extra={"format": "uuid"})]


@described
class ProblemAnswer(TypedDict):
    """An error, as RFC 9457 defines it, with further keys."""

    type: Literal["about:blank"]
    title: str
    """The name of the status."""
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    """What went wrong, as a sentence for a person."""
    code: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    """What went wrong, as a stable code for programs."""
    error: str
    """The same sentence as `detail`."""
    advice: NotRequired[str]
    """What a person can do next, as a sentence or two. Left out if `detail` says it."""
    revision: NotRequired[int]
    """With `stale_revision`: the newest revision of the plan."""
    edits_since: NotRequired[list[dict[str, Any]]]
    """With `stale_revision`: the edits since the revision that the request named."""


@described
class LinksAnswer(TypedDict):
    """The addresses of everything about a task, as paths on this service."""

    task: UriReference
    result: UriReference
    page: UriReference
    captions: UriReference
    archive: UriReference
    cancel: UriReference
    retry: UriReference
    cleanup: UriReference
    plan: UriReference
    log: UriReference


@described
class ArtifactAnswer(TypedDict):
    """A file of a task."""

    name: str
    kind: str
    """`video`, `short`, `cover`, `still`, `captions`, `transcript`, `timeline`, `plan` or `log`."""
    type: str
    """Its media type."""
    bytes: Annotated[int, Field(ge=0)]
    sha256: str
    href: UriReference
    duration_ms: NotRequired[int]
    width: NotRequired[int]
    height: NotRequired[int]
    clip: NotRequired[str]
    """The clip it belongs to."""
    at_ms: NotRequired[Annotated[int, Field(ge=0)]]
    """The moment of the recording that a still or a cover shows."""


@described
class ClipAnswer(TypedDict):
    """A clip: its place in the recording, why it was chosen, its files."""

    name: str
    id: str
    """The name edits use for this clip; no other clip of the task has it."""
    start_ms: int
    end_ms: int
    title: str
    """Empty where nothing is said in it."""
    score: Percent
    signals: tuple[Signal, ...]
    film: UriReference
    cover: UriReference
    captions: UriReference | None
    duration_ms: int | None
    """The length of its video, without its long pauses."""
    width: int | None
    height: int | None


@described
class LanguageAnswer(TypedDict):
    """The language spoken; all keys are null until it is known."""

    language: str | None
    """Its code (ISO 639: `es`); `und` if it cannot be told."""
    language_name: str | None
    """Its English name."""
    language_certainty: Percent | None
    """How certain the language is, in percent; 100 if a person named it."""


@described
class TaskAnswer(LanguageAnswer):
    """The state of a task."""

    task_id: TaskId
    filename: str
    """The name of the uploaded file."""
    name: str
    """The name its owner gave the task, else the name of the file."""
    state: State
    """`PENDING`: it waits. `PROGRESS`: it is being worked on. `SUCCESS`: it is done. `FAILURE`: it failed. `REVOKED`: it was
    cancelled. `REVIEW`: it waits for somebody to look at its plan."""
    status: str
    """What happens now, as a sentence for a person."""
    progress: Percent
    """100 only when the files are there."""
    stage: Stage
    stage_progress: Annotated[float, Field(ge=0, le=1)]
    """The share of the stage that is done."""
    eta_seconds: int | None
    """How long the task will still take, by estimate."""
    attempts: int
    revision: Annotated[int, Field(ge=0)]
    """The newest revision of its plan; 0 before any edit."""
    rendered_revision: int | None
    """The revision its result was made from; null if there is no result."""
    created_at: DateTime | None
    started_at: DateTime | None
    ended_at: DateTime | None
    cleaned: bool
    """Whether its files were removed."""
    kept_until: DateTime | None
    """When its files are removed automatically."""
    error: NotRequired[str]
    """Why its last run failed, as a sentence."""
    code: NotRequired[str]
    """Why its last run failed, as a code."""
    position: NotRequired[int | None]
    """Its place in the queue; 1 is next. Left out in lists."""
    starts_in_seconds: NotRequired[int | None]
    """In how many seconds it will start, by estimate. Left out in lists."""
    artifacts: NotRequired[list[ArtifactAnswer]]
    """Its files, if it has any. Left out in lists."""
    clips: NotRequired[list[ClipAnswer]]
    """Its clips, if it has any. Left out in lists."""
    links: NotRequired[LinksAnswer]
    """Only in the response to a request for its result."""


@described
class StatsAnswer(TypedDict):
    """Numbers about the video."""

    source_ms: int
    kept_ms: int
    removed_ms: int
    cuts: int
    """How many cuts there are."""
    seconds: dict[str, float]
    """How many seconds each stage took, all runs together."""


@described
class PackagingAnswer(TypedDict):
    """Text to publish a video with."""

    titles: tuple[Title, ...]
    """Best first."""
    description: str
    hashtags: tuple[str, ...]
    chapters: tuple[VideoChapter, ...]


@described
class ResultAnswer(LanguageAnswer):
    """The result of a task."""

    status: Literal["SUCCESS"]
    output_filename: str
    """The file name of the video."""
    message: str
    artifacts: list[ArtifactAnswer]
    clips: list[ClipAnswer]
    """Best first."""
    transcript: UriReference | None
    """The transcript's address; null if nobody speaks."""
    languages: tuple[LanguageSpan, ...]
    """Where which language is spoken, if there is more than one."""
    unwritten: tuple[Unwritten, ...]
    """Stretches of speech without a transcript."""
    speakers: tuple[Speaker, ...]
    """Everybody who speaks; empty if that is not known."""
    titles: tuple[Title, ...]
    """Best first."""
    description: str
    hashtags: tuple[str, ...]
    chapters: tuple[VideoChapter, ...]
    stats: StatsAnswer
    remarks: tuple[str, ...]
    """Sentences that explain decisions."""
    kept_until: DateTime | None
    """When the files are removed automatically."""
    links: LinksAnswer
    error: NotRequired[str]
    """Why the video could not be made again, if that was tried."""
    code: NotRequired[str]


class FailureAnswer(TypedDict, total=False):
    """Why a task failed; empty if it did not."""

    error: str
    code: str


@described
class StartedAnswer(TypedDict):
    """A task has been started, or started again."""

    message: str
    task_id: TaskId
    status: Literal["PROCESSING"]
    links: LinksAnswer
    filename: NotRequired[str]
    """After an upload: the name the task will be shown under."""
    remarks: NotRequired[list[str]]
    """After a caption file was sent: the encoding it was read in, and what was lost or repaired, with line numbers."""


@described
class StateAnswer(TypedDict):
    """The state of a task after the request."""

    message: str
    task_id: TaskId
    state: State
    status: str
    """The state, as a sentence for a person."""


class MessageAnswer(TypedDict):
    """What was done or started, as a sentence."""

    message: str


@described
class ShareAnswer(TypedDict):
    """A link that shows a result."""

    href: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    """The whole address."""
    expires_at: DateTime | None
    downloads: tuple[DownloadName, ...]
    """What guests may download."""
    has_password: bool
    """Whether guests must enter a password."""
