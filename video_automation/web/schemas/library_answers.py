"""The answers about the list of tasks, as types."""

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from video_automation.web.schemas.answers import TaskAnswer, UriReference, described


@described
class HitAnswer(TypedDict):
    """A place in a finished video where what is sought is said."""

    start_ms: Annotated[int, Field(ge=0)]
    """On the clock of that video."""
    before: str
    """Some words before it."""
    found: str
    after: str
    href: UriReference
    """The page of the result, whose player goes to that second."""


@described
class RowAnswer(TaskAnswer):
    """A task in a list."""

    duration_ms: int | None
    """How long its recording is, once that is known."""
    kept_ms: int | None
    """How long its video is; null where there is none."""
    clip_count: Annotated[int, Field(ge=0)]
    """How many of its clips are there."""
    poster: UriReference | None
    """A picture of it: a thumbnail, or the cover of its first clip while the rest is made."""
    hits: NotRequired[list[HitAnswer]]
    """Where what is sought is said, the first five places. Only of a search."""


@described
class TasksAnswer(TypedDict):
    """Tasks, newest first."""

    tasks: list[RowAnswer]
    total: Annotated[int, Field(ge=0)]
    """How many there are in all, or are found."""
    start: int
    count: int
    """How many these are."""
    next: UriReference | None
    """Where the next ones are."""
