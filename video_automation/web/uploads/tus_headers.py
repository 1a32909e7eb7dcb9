"""Reads the headers of tus clients, in all the forms that clients send: metadata, checksums, method overrides."""

from base64 import b64decode
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from video_automation.errors import RequestError
from video_automation.jobs.policy.options import OPTIONS, WEBHOOK_URL
from video_automation.jobs.policy.presets import FROM_PRESET
from video_automation.jobs.uploads.resumable import ALGORITHMS, Checksum

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH: Final = "/files"
_NAMES: Final = ("filename", "name")
"""The metadata keys for the name of the file, the preferred one first."""
_OVERRIDING: Final = frozenset(("PATCH", "DELETE", "HEAD"))
_FROM_URL: Final = str.maketrans("-_", "+/")


def metadata(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Reads `Upload-Metadata`: the names of the file, the preferred one first, and the options by name.

    Other keys, such as `filetype` or `relativePath`, are ignored. If a key comes twice, the last one counts.

    Raises:
        RequestError: a value that is used is not UTF-8 text in base64.
    """
    said = dict(_pair(pair) for pair in text.split(","))
    texts = {name: _text(name, said[name]) for name in (*_NAMES, *OPTIONS, FROM_PRESET, WEBHOOK_URL) if name in said}
    return tuple(texts.pop(name, "") for name in _NAMES), texts


def checksum(text: str | None) -> Checksum | None:
    """Reads `Upload-Checksum`; None without one. Raises RequestError if it is malformed, or its algorithm is not supported."""
    if text is None:
        return None
    algorithm, value = _pair(text)
    try:
        digest = _plain(value)
    except ValueError:
        digest = b""
    if algorithm.lower() not in ALGORITHMS or not digest:
        raise RequestError(
            f"“Upload-Checksum” is {' or '.join(ALGORITHMS)} and a checksum in base64.", code="wrong_checksum_header"
        )
    return Checksum(algorithm.lower(), digest)


def as_meant(app: "WSGIApplication") -> "WSGIApplication":
    """Wraps an app for clients that send POST with X-HTTP-Method-Override, write `/files/`, or send OPTIONS for an upload."""

    def asked(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path.startswith(f"{PATH}/"):
            meant = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "").strip().upper()
            if method == "POST" and meant in _OVERRIDING:
                environ["REQUEST_METHOD"] = meant
            if method == "OPTIONS" or path == f"{PATH}/":
                environ["PATH_INFO"] = PATH
        return app(environ, start)

    return asked


def _pair(text: str) -> tuple[str, str]:
    """The first word of a text, and the rest; both may be empty."""
    name, *value = text.split(maxsplit=1) or [""]
    return name, value[0].strip() if value else ""


def _text(name: str, value: str) -> str:
    try:
        return _plain(value).decode()
    except ValueError:
        sentence = f"“{name}” in “Upload-Metadata” must be a text in UTF-8, written in base64."
        raise RequestError(sentence, code="wrong_metadata") from None


def _plain(base64: str) -> bytes:
    """Decodes base64, also in its URL-safe alphabet and without padding. Raises ValueError."""
    digits = base64.rstrip("=").translate(_FROM_URL)
    return b64decode(digits + "=" * (-len(digits) % 4), validate=True)
