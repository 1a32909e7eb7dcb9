"""The types of the responses about the list of tasks."""

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from video_automation.web.schemas.answers import TaskAnswer, UriReference, described


@described
class HitAnswer(TypedDict):
    """A place in a finished video where the searched words are said."""

    start_ms: Annotated[int, Field(ge=0)]
    """In milliseconds of that video."""
    before: str
    """Some words before the place."""
    found: str
    after: str
    href: UriReference
    """The result page, with the player at that second."""


@described
class RowAnswer(TaskAnswer):
    """A task in a list."""

    duration_ms: int | None
    """The length of its recording; null until it is known."""
    kept_ms: int | None
    """The length of its video; null if there is none."""
    clip_count: Annotated[int, Field(ge=0)]
    """How many of its clips are ready."""
    poster: UriReference | None
    """Its picture: a thumbnail, or the cover of its first clip until there is one."""
    hits: NotRequired[list[HitAnswer]]
    """The first five places where the searched words are said. Only in a search."""


@described
class TasksAnswer(TypedDict):
    """Tasks, newest first."""

    tasks: list[RowAnswer]
    total: Annotated[int, Field(ge=0)]
    """How many tasks there are, or how many the search found."""
    start: int
    count: int
    """How many tasks this response has."""
    next: UriReference | None
    """The address of the next tasks; null after the last."""
