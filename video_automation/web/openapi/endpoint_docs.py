"""Describes, above a view, what its return type does not say: what the call reads, its errors, an example."""

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
    """A whole number in the query of an address."""

    name: str
    what: str
    usual: int
    least: int
    most: int

    def given(self) -> int:
        """The number in this request, or `usual`. Raises RequestError if it is not a number from `least` to `most`."""
        return number(self.name, self.usual, least=self.least, most=self.most)

    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        return {"type": "integer", "default": self.usual, "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class QueryText:
    """A text in the query of an address."""

    name: str
    what: str

    def given(self) -> str | None:
        """The text in this request; None if it has none."""
        return request.args.get(self.name)

    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a request."""

    name: str
    what: str
    pattern: str
    required: bool = False

    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        return {"type": "string", "pattern": self.pattern}


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a request: for each media type its schema, by name or as a type."""

    media: Mapping[str, Any]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """What a call reads, the errors it can end with, and an example. Stands above the view, as a decorator.

    `errors` has the codes of each type of error; none means its default code.
    """

    errors: Errors = field(default_factory=dict)
    query: tuple[Number | QueryText, ...] = ()
    headers: tuple[Header, ...] = ()
    body: Body | None = None
    curl: str = ""
    """The arguments of curl, besides method and address."""

    def __call__(self, view: View) -> View:
        """The same view, with this description attached."""
        setattr(view, _NOTES, self)
        return view


def call_of(view: Callable[..., Any]) -> Call:
    """The description attached to a view; an empty one if there is none."""
    found: Call = getattr(view, _NOTES, Call())
    return found
