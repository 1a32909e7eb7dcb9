"""Notes beside a view on what its return type does not say: what it reads, which errors it answers, an example."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from flask import request

from video_automation.errors import PipelineError
from video_automation.web.api.context import number

View = TypeVar("View", bound=Callable[..., Any])
Errors = Mapping[type[PipelineError], tuple[str, ...]]
_NOTES: Final = "_call"

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number an address's query may give."""

    name: str
    what: str
    usual: int
    least: int
    most: int

    def given(self) -> int:
        """The number of this request, or the usual one. Raises RequestError where it is none, or out of bounds."""
        return number(self.name, self.usual, least=self.least, most=self.most)

    def schema(self) -> dict[str, Any]:
        """What it may be, as JSON schema has it."""
        return {"type": "integer", "default": self.usual, "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class QueryText:
    """A text an address's query may give."""

    name: str
    what: str

    def given(self) -> str | None:
        """The text of this request, if any."""
        return request.args.get(self.name)

    def schema(self) -> dict[str, Any]:
        """What it may be, as JSON schema has it."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Header:
    """A header a request may carry."""

    name: str
    what: str
    pattern: str
    required: bool = False

    def schema(self) -> dict[str, Any]:
        """What it may be, as JSON schema has it."""
        return {"type": "string", "pattern": self.pattern}


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries: for each type of content what it holds, as the name of a schema or as a type."""

    media: Mapping[str, Any]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """What a call reads, the errors it answers (each with its codes, if other than its usual one), an example.

    It stands above the view of the call.
    """

    errors: Errors = field(default_factory=dict)
    query: tuple[Number | QueryText, ...] = ()
    headers: tuple[Header, ...] = ()
    body: Body | None = None
    curl: str = ""
    """What curl needs for it besides the address."""

    def __call__(self, view: View) -> View:
        """The same view, with these notes beside it."""
        setattr(view, _NOTES, self)
        return view


def call_of(view: Callable[..., Any]) -> Call:
    """What is noted beside a view."""
    found: Call = getattr(view, _NOTES, Call())
    return found
