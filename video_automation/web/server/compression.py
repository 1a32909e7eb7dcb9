"""Compresses text responses with brotli or gzip for clients that accept it."""

import gzip
from typing import Final

import brotli
from flask import Flask, Response, request

_ENCODINGS: Final = ("br", "gzip")
"""Their names in HTTP, the better one first."""
_LEAST: Final = 1_000
"""Smallest response to compress, in bytes: a smaller one fits into one packet anyway."""
_MOST: Final = 32_000_000
"""Largest response to compress, in bytes, since it is held in memory. The plan of ten hours of talk has half as many."""
_QUICK: Final = {"br": 4, "gzip": 5}
"""Compression level for a response to one caller."""
_THOROUGH: Final = {"br": 9, "gzip": 9}
"""Compression level for content that is compressed once and sent to many."""
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
    """Makes this app compress text responses."""
    app.after_request(_compressed)


def is_compressible(mimetype: str) -> bool:
    """Whether content of this media type becomes much smaller, and is not an endless stream."""
    return (mimetype.startswith("text/") and mimetype != _ENDLESS) or mimetype in _LIKE_TEXT


def accepted_encoding() -> str | None:
    """The encoding the request prefers: "br" or "gzip"; None for no compression."""
    return request.accept_encodings.best_match(_ENCODINGS)


def encoded(content: bytes, encoding: str, *, often: bool = False) -> bytes:
    """The content compressed as "br" or "gzip"; `often` takes more time for a smaller result."""
    effort = (_THOROUGH if often else _QUICK)[encoding]
    if encoding == "br":
        return bytes(brotli.compress(content, quality=effort))
    return gzip.compress(content, effort, mtime=0)


def _compressed(answer: Response) -> Response:
    """The response, compressed if that helps. Ranges of a file and responses of unknown length stay as they are.

    The ETag of a compressed response becomes weak, and so does that of its 304, since the bytes differ by encoding
    (RFC 9110, 8.8.3). For If-None-Match the weak and the strong ETag are equal.
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
    """The size of a response in bytes; 0 if unknown."""
    return sum(map(len, answer.iter_encoded())) if answer.is_sequence else answer.content_length or 0
