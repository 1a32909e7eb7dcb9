"""Sends texts compressed to clients that can read that, by brotli or gzip."""

import gzip
from typing import Final

import brotli
from flask import Flask, Response, request

_ENCODINGS: Final = ("br", "gzip")
"""By their names in HTTP, the one with the smaller results first."""
_LEAST: Final = 1_000
"""Bytes; less fits into one packet anyway."""
_MOST: Final = 32_000_000
"""Bytes; an answer is held in memory while it is compressed. The plan of ten hours of talk has about half as many."""
_QUICK: Final = {"br": 4, "gzip": 5}
"""The effort for an answer that is compressed for one caller,"""
_THOROUGH: Final = {"br": 9, "gzip": 9}
"""and for one that is compressed once and sent to many."""
_LIKE_TEXT: Final = frozenset(
    (
        "application/javascript",
        "application/json",
        "application/problem+json",
        "application/wasm",
        "application/x-subrip",
        "application/xml",
        "font/ttf",
        "image/svg+xml",
    )
)
_ENDLESS: Final = "text/event-stream"


def register_compression(app: Flask) -> None:
    """Has this app send its texts compressed."""
    app.after_request(_compressed)


def is_compressible(mimetype: str) -> bool:
    """Whether content of this type becomes much smaller, and ends."""
    return (mimetype.startswith("text/") and mimetype != _ENDLESS) or mimetype in _LIKE_TEXT


def accepted_encoding() -> str | None:
    """The encoding in which the caller would have an answer; None for as it is."""
    return request.accept_encodings.best_match(_ENCODINGS)


def encoded(content: bytes, encoding: str, *, often: bool = False) -> bytes:
    """The content in an encoding; with more effort if it is sent often."""
    effort = (_THOROUGH if often else _QUICK)[encoding]
    if encoding == "br":
        return bytes(brotli.compress(content, quality=effort))
    return gzip.compress(content, effort, mtime=0)


def _compressed(answer: Response) -> Response:
    """The answer, compressed if that serves; parts of a file, and answers of unknown length, stay as they are.

    The ETag of what is compressed becomes weak, also where 304 tells it again: it stands for the content, whose bytes differ by
    encoding (RFC 9110, 8.8.3). If-None-Match finds a weak one equal to the strong one.
    """
    if answer.status_code == 206 or "Content-Encoding" in answer.headers or not is_compressible(answer.mimetype or ""):
        return answer
    answer.vary.add("Accept-Encoding")
    encoding = accepted_encoding()
    if encoding is None or not _LEAST <= _size(answer) <= _MOST:
        return answer
    mark, _ = answer.get_etag()
    if mark:
        answer.set_etag(mark, weak=True)
    if answer.status_code != 304:
        answer.direct_passthrough = False
        answer.set_data(encoded(answer.get_data(), encoding))
        answer.headers["Content-Encoding"] = encoding
    return answer


def _size(answer: Response) -> int:
    """The bytes of an answer; 0 if that is not known."""
    return sum(map(len, answer.iter_encoded())) if answer.is_sequence else answer.content_length or 0
