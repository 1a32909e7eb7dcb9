"""The API's answers as types: what views return is checked against them, and the API's description is made of them."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from video_automation.access.shares import DownloadName
from video_automation.jobs.model import Stage, State
from video_automation.jobs.run.manifest import VideoChapter
from video_automation.plan.clip import Signal
from video_automation.plan.packaging import Title
from video_automation.plan.source.transcript import LanguageSpan, Unwritten

described = with_config(ConfigDict(use_attribute_docstrings=True))

Percent = Annotated[int, Field(ge=0, le=100)]
DateTime = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
UriReference = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
TaskId = Annotated[str, Field(json_schema_extra={"format": "uuid"})]


@described
class ProblemAnswer(TypedDict):
    """An error, as RFC 9457 has it, with one key more."""

    type: Literal["about:blank"]
    title: str
    """What its status is called."""
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    """A sentence for a person."""
    code: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    """Stable, for programs."""
    error: str
    """The same sentence as `detail`."""
    advice: NotRequired[str]
    """What a person can do next, as a sentence or two; where it depends on the status alone."""
    revision: NotRequired[int]
    """With `stale_revision`: the newest revision of the plan."""
    edits_since: NotRequired[list[dict[str, Any]]]
    """With `stale_revision`: what came after the revision that was named."""


@described
class LinksAnswer(TypedDict):
    """Where everything about a task is found, as paths on this service."""

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
    """What it is: `video`, `short`, `cover`, `still`, `captions`, `transcript`, `timeline`, `plan`, `log`."""
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
    """A clip: its place in the source, why it was chosen, its files."""

    name: str
    id: str
    """What tells it from the other clips of its task, in edits."""
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
    """The language spoken; all null until it is known."""

    language: str | None
    """Its code (ISO 639: `es`); `und` where nobody can tell."""
    language_name: str | None
    """What it is called in English."""
    language_certainty: Percent | None
    """How sure that is, in percent; 100 where a person named it."""


@described
class TaskAnswer(LanguageAnswer):
    """Where a task stands."""

    task_id: TaskId
    filename: str
    """As the user named the file."""
    name: str
    """What it is called now: as its owner has renamed it, or as the file."""
    state: State
    """`PENDING` waits, `PROGRESS` is at work, `SUCCESS` is done, `FAILURE` failed, `REVOKED` was cancelled,
    `REVIEW` waits for somebody to look at its plan."""
    status: str
    """A sentence for a person about what happens now."""
    progress: Percent
    """100 only when the files are there."""
    stage: Stage
    stage_progress: Annotated[float, Field(ge=0, le=1)]
    """Share of the stage that is done."""
    eta_seconds: int | None
    """How long it still takes."""
    attempts: int
    revision: Annotated[int, Field(ge=0)]
    """The newest revision of its plan; 0 as it was decided."""
    rendered_revision: int | None
    """The revision its result was made of; null where there is none."""
    created_at: DateTime | None
    started_at: DateTime | None
    ended_at: DateTime | None
    cleaned: bool
    """Whether its files were removed."""
    kept_until: DateTime | None
    """When its files go by themselves."""
    error: NotRequired[str]
    """Why its last run did not succeed, as a sentence."""
    code: NotRequired[str]
    """The same, for programs."""
    position: NotRequired[int | None]
    """Its place in the queue; 1 is next. Only of a task on its own."""
    starts_in_seconds: NotRequired[int | None]
    """When it begins, by estimate. Only of a task on its own."""
    artifacts: NotRequired[list[ArtifactAnswer]]
    """Its files, of a task on its own that has some."""
    clips: NotRequired[list[ClipAnswer]]
    """Its clips, of a task on its own that has some."""
    links: NotRequired[LinksAnswer]
    """Only where its result was asked for."""


@described
class StatsAnswer(TypedDict):
    """What was done, in numbers."""

    source_ms: int
    kept_ms: int
    removed_ms: int
    cuts: int
    """How many stretches were taken out."""
    seconds: dict[str, float]
    """How long each stage took, over all runs."""


@described
class PackagingAnswer(TypedDict):
    """What a video can be published with."""

    titles: tuple[Title, ...]
    """Best first."""
    description: str
    hashtags: tuple[str, ...]
    chapters: tuple[VideoChapter, ...]


@described
class ResultAnswer(LanguageAnswer):
    """What came of a task."""

    status: Literal["SUCCESS"]
    output_filename: str
    """The name of the video among the files."""
    message: str
    artifacts: list[ArtifactAnswer]
    clips: list[ClipAnswer]
    """Best first."""
    transcript: UriReference | None
    """Where somebody speaks."""
    languages: tuple[LanguageSpan, ...]
    """Which language is spoken where, if more than one is."""
    unwritten: tuple[Unwritten, ...]
    """Speech that was not written down."""
    titles: tuple[Title, ...]
    """Best first."""
    description: str
    hashtags: tuple[str, ...]
    chapters: tuple[VideoChapter, ...]
    stats: StatsAnswer
    remarks: tuple[str, ...]
    """Sentences about what was decided."""
    kept_until: DateTime | None
    """When the files go by themselves."""
    links: LinksAnswer
    error: NotRequired[str]
    """Why the video could not be made again, where that was asked for."""
    code: NotRequired[str]


class FailureAnswer(TypedDict, total=False):
    """Why a task failed; empty where it did not."""

    error: str
    code: str


@described
class StartedAnswer(TypedDict):
    """Work on a task has begun, or begins again."""

    message: str
    task_id: TaskId
    status: Literal["PROCESSING"]
    links: LinksAnswer
    filename: NotRequired[str]
    """Of an upload, as it will be shown."""
    remarks: NotRequired[list[str]]
    """Of a caption file: which encoding it was taken for, and what of it is lost or mended, with its lines."""


@described
class StateAnswer(TypedDict):
    """Where a task stands after what was asked of it."""

    message: str
    task_id: TaskId
    state: State
    status: str
    """A sentence for a person."""


class MessageAnswer(TypedDict):
    """What was begun, as a sentence."""

    message: str


@described
class ShareAnswer(TypedDict):
    """A link that shows a result."""

    href: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    """The link, whole."""
    expires_at: DateTime | None
    downloads: tuple[DownloadName, ...]
    """What guests are offered to download."""
    has_password: bool
    """Whether guests have to know a password."""
