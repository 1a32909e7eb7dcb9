"""The kinds of responses. Each class has its status and what it sends, so a view's return type describes its response."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from flask import Response, current_app, request

T = TypeVar("T")
JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Sent:
    """A response under one status: its media type if it has content, its headers with their meanings, and its own meaning."""

    status: int
    media: str | None
    headers: tuple[tuple[str, str], ...] = ()
    what: str = ""
    """The meaning, if the docstring of the response type does not say it."""


_PLACE = ("Location", "The address of the task.")
_MARK = ("ETag", "Send it as If-None-Match to get a body only after a change.")
_NAME = ("Content-Disposition", "The name to save it under.")
_PART = (_NAME, _MARK, ("Content-Range", "The range of bytes in this response."))
_RANGES = (Sent(200, "*/*", (_NAME, _MARK)), Sent(206, "*/*", _PART, "The requested range of bytes."))
_NO_SUCH_RANGE = Sent(416, PROBLEM, (("Content-Range", "The size of the file in bytes."),), "range_not_satisfiable")
_SAME = Sent(304, None, (_MARK,), "It has not changed since the caller received it.")


class Ok(Response, Generic[T]):
    """Done: JSON of this type."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, JSON),)

    def __init__(self, body: T) -> None:
        super().__init__(f"{current_app.json.dumps(body)}\n", self.sends[0].status, mimetype=JSON)


class Unwell(Ok[T]):
    """Something does not work: JSON of this type says which part."""

    sends = (Sent(503, JSON),)


class Fresh(Ok[T]):
    """JSON of this type; or 304 if the request names the ETag of the present one."""

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
    """A task has been started, or started again: JSON of this type, and the address of the task."""

    sends = (Sent(202, JSON, (_PLACE,)),)

    def __init__(self, body: T, place: str) -> None:
        super().__init__(body)
        self.headers["Location"] = place


class Created(Ok[T]):
    """It has been made: JSON of this type."""

    sends = (Sent(201, JSON),)


class NotReady(Accepted[T]):
    """The result is not ready yet: JSON of this type, and when to ask again."""

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


_OFFSET = ("Upload-Offset", "How many bytes of the video have arrived.")
_LENGTH = ("Upload-Length", "How many bytes the video has.")
_EXPIRES = ("Upload-Expires", "When the upload is removed, unless another piece arrives.")


class Headers(Response):
    """A response without a body: the tus protocol says everything in headers."""

    sends: ClassVar[tuple[Sent, ...]] = ()

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__(status=self.sends[0].status, headers=headers)


class Possible(Headers):
    """What this service supports of the tus protocol."""

    sends = (Sent(204, None, (("Tus-Version", "The supported version."), ("Tus-Extension", "The supported extensions."))),)


class Announced(Headers):
    """An upload has begun."""

    sends = (Sent(201, None, (("Location", "The address to send the pieces to."), _OFFSET, _EXPIRES)),)


class UploadStatus(Headers):
    """How much of an upload has arrived; for a complete one also the address of its task."""

    sends = (Sent(200, None, (_OFFSET, _LENGTH, _EXPIRES, _PLACE)),)


class Received(Headers):
    """A piece has arrived; after the last one also the address of the task."""

    sends = (Sent(204, None, (_OFFSET, _LENGTH, _EXPIRES, _PLACE)),)


class Ended(Headers):
    """The upload has been cancelled and removed."""

    sends = (Sent(204, None),)


class PlainText(Response):
    """Text, as it is."""

    sends: ClassVar[tuple[Sent, ...]] = (Sent(200, "text/plain"),)

    def __init__(self, text: bytes, content_type: str = "text/plain; charset=utf-8") -> None:
        super().__init__(text, content_type=content_type)


class CaptionScript(Response):
    """Captions with their style, as ASS; or 304 if the request names the ETag of the present ones."""

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
