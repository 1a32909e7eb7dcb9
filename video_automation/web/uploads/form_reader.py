"""Reads a `multipart/form-data` body part by part as it arrives, with at most one block of it in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from multipart import (
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    content_disposition_unquote,
    parse_options_header,
)

from video_automation.errors import RequestError, TooLargeError
from video_automation.web.uploads.part_names import disposition_names

BLOCK = 1 << 18
"""Bytes read from the connection at a time, and held for each upload. Measured: 1 MiB and 64 KiB are slower."""
_MOST_PARTS = 64
_LONGEST_TEXT = 4096
BESIDE = 1_000_000
"""Bytes that a form may have besides its video."""
_BYTES = "latin-1"
"""The encoding in which the parser reads names: it keeps every byte."""


class RequestBody(Protocol):
    """The body of a request, which can be read once, from start to end."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes; fewer only at the end of the body."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. Its content can be read once, and only before the next field is taken."""

    name: str
    filename: str | None
    """The name of its file, as the client sent it; None for a field that is not a file."""
    blocks: Iterator[bytes]

    def text(self) -> str:
        """The content of a field that is not a file. Raises RequestError if it is too long or not UTF-8."""
        content = bytearray()
        for block in self.blocks:
            content += block
            if len(content) > _LONGEST_TEXT:
                raise RequestError(f"The field {self.name[:80]!r} is too long.", code="wrong_option")
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise RequestError(f"The field {self.name[:80]!r} is not UTF-8 text.", code="wrong_option") from None


def form_fields(body: RequestBody, *, content_type: str, length: int | None, most: int) -> Iterator[FormField]:
    """The fields of a form, in the order they arrive. `length` is the size of the body in bytes, if the client gave it.

    Raises:
        TooLargeError: the body is larger than `most`, the allowed size of the video in bytes, plus `BESIDE` for the rest.
        RequestError: the body is not a form, is malformed, or ends too early.
    """
    kind, options = parse_options_header(content_type, unquote=content_disposition_unquote)
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise RequestError("Send the video as a form (multipart/form-data) with a field named “file”.", code="no_form")
    events = _events(_Bounded(body, most + BESIDE), options["boundary"], length)
    for event in events:
        if isinstance(event, MultipartSegment):
            names = disposition_names(event.header("Content-Disposition", "").encode(_BYTES))
            part = FormField(names.name, names.filename, _content(events))
            yield part
            for _ in part.blocks:
                pass  # skip what the caller has not read


class _Bounded:
    """A body that raises TooLargeError after `most` bytes."""

    def __init__(self, body: RequestBody, most: int) -> None:
        self._body, self._most, self._left = body, most, most

    def read(self, size: int, /) -> bytes:
        block = self._body.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise TooLargeError(f"The form is larger than the {self._most // 1_000_000:,} MB that are allowed.")
        return block


def _content(events: Iterator[MultipartSegment | bytes | None]) -> Iterator[bytes]:
    for event in events:
        if not isinstance(event, bytes):
            return
        yield event


def _events(body: RequestBody, boundary: str, length: int | None) -> Iterator[MultipartSegment | bytes | None]:
    """What the parser finds: for each field its head, its blocks, and None at its end."""
    try:
        said = -1 if length is None else length
        parser = PushMultipartParser(boundary, content_length=said, max_segment_count=_MOST_PARTS, header_charset=_BYTES)
        yield from parser.parse_blocking(body.read, BLOCK)
    except ParserLimitReached as error:
        raise RequestError(f"The form is larger than a form of ours can be: {error}.", code="broken_form") from None
    except MultipartError:
        raise RequestError(
            "The upload ended early, or its form is not well formed. Send it again.", code="broken_form"
        ) from None
    except OSError:
        raise RequestError("The connection was lost during the upload. Send it again.", code="connection_lost") from None
