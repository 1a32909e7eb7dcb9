"""The kinds of answers views give; each carries its status and what it sends, so that a view's return type describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from flask import Response, jsonify, request

T = TypeVar("T")
JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes out under one status: a type of content, if any, headers with what they say, and what it means."""

    status: int
    media: str | None
    headers: tuple[tuple[str, str], ...] = ()
    what: str = ""
    """Where that is not what the type of the answer says."""


_PLACE = ("Location", "Where the task stands.")
_MARK = ("ETag", "Send it as If-None-Match to hear only of changes.")
_NAME = ("Content-Disposition", "The name to save it under.")
_PART = (_NAME, _MARK, ("Content-Range", "Which bytes these are."))
_RANGES = (Sent(200, "*/*", (_NAME, _MARK)), Sent(206, "*/*", _PART, "The bytes that were asked for."))
_NO_SUCH_RANGE = Sent(416, PROBLEM, (("Content-Range", "How many bytes there are."),), "range_not_satisfiable")
_SAME = Sent(304, None, (_MARK,), "It has not changed since the caller had it.")


class Ok(Response, Generic[T]):
    """Done: JSON of this type."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, JSON),)

    def __init__(self, body: T) -> None:
        super().__init__(jsonify(body).response, self.sends[0].status, mimetype=JSON)


class Unwell(Ok[T]):
    """Something does not work: JSON of this type says what."""

    sends = (Sent(503, JSON),)


class Fresh(Ok[T]):
    """JSON of this type, or that it has not changed for a caller that names what it has."""

    sends = (Sent(200, JSON, (_MARK,)), _SAME)

    def __init__(self, body: T, mark: str | None = None) -> None:
        super().__init__(body)
        if mark is None:
            self.add_etag()
        else:
            self.set_etag(mark)
        self.make_conditional(request)


class Accepted(Ok[T]):
    """It will be done: JSON of this type."""

    sends = (Sent(202, JSON),)


class Begun(Accepted[T]):
    """A task has begun, or begins again: JSON of this type, and where it stands."""

    sends = (Sent(202, JSON, (_PLACE,)),)

    def __init__(self, body: T, place: str) -> None:
        super().__init__(body)
        self.headers["Location"] = place


class Created(Ok[T]):
    """It has been made: JSON of this type."""

    sends = (Sent(201, JSON),)


class NotReady(Accepted[T]):
    """It is not there yet: JSON of this type, and when to ask again."""

    sends = (Sent(202, JSON, (("Retry-After", "In how many seconds to ask again."),)),)

    def __init__(self, body: T) -> None:
        super().__init__(body)
        self.headers["Retry-After"] = "2"


class Page(Response):
    """A page for people."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, "text/html"),)


class SeeOther(Response):
    """Leads to a page."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(303, None, (("Location", "The page."),)),)

    def __init__(self, place: str) -> None:
        super().__init__(status=303, headers={"Location": place})


_OFFSET = ("Upload-Offset", "How many bytes of the video are there.")
_LENGTH = ("Upload-Length", "How many bytes it has.")
_EXPIRES = ("Upload-Expires", "When what has arrived goes, unless more of it comes.")


class Headers(Response):
    """Everything is said by headers, as the tus protocol has it."""

    sends: ClassVar[tuple[Sent, ...]] = ()

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__(status=self.sends[0].status, headers=headers)


class Possible(Headers):
    """What uploads by the tus protocol can be."""

    sends = (Sent(204, None, (("Tus-Version", "The version that is spoken."), ("Tus-Extension", "What else is known."))),)


class Announced(Headers):
    """An upload has begun."""

    sends = (Sent(201, None, (("Location", "Where to send it."), _OFFSET, _EXPIRES)),)


class UploadStatus(Headers):
    """How much of an upload is there; of a whole one, where its task stands."""

    sends = (Sent(200, None, (_OFFSET, _LENGTH, _EXPIRES, _PLACE)),)


class Received(Headers):
    """A piece has arrived; after the last, where the task stands."""

    sends = (Sent(204, None, (_OFFSET, _LENGTH, _EXPIRES, _PLACE)),)


class Ended(Headers):
    """The upload has ended; nothing of it is left."""

    sends = (Sent(204, None),)


class PlainText(Response):
    """Text, as it is."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, "text/plain"),)

    def __init__(self, text: bytes, content_type: str = "text/plain; charset=utf-8") -> None:
        super().__init__(text, content_type=content_type)


class CaptionScript(Response):
    """Captions with their look, as ASS; or that they have not changed for a caller that names what it has."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, "text/x-ssa", (_MARK,)), _SAME)

    def __init__(self, script: str) -> None:
        super().__init__(script, mimetype="text/x-ssa")
        self.add_etag()
        self.make_conditional(request)


class Content(Response):
    """A file, or ranges of it, under its own type."""

    sends: ClassVar[tuple[Sent, ...]] = (*_RANGES, _SAME, _NO_SUCH_RANGE)


class Archive(Response):
    """Files as one zip."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, "application/zip", (_NAME,)),)
