"""Reads what tus clients say in headers, as lenient as they differ: metadata, checksums, a method in place of another."""

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
"""What clients call the name of a file, the better one first."""
_OVERRIDING: Final = frozenset(("PATCH", "DELETE", "HEAD"))
_FROM_URL: Final = str.maketrans("-_", "+/")


def metadata(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """What `Upload-Metadata` says: the names of the file, the better one first, and options of ours.

    Clients send what they like, such as `filetype` or `relativePath`: what means nothing to us is passed over. Of a name that
    comes twice, the last counts.

    Raises:
        RequestError: a text that counts is not UTF-8 in base64.
    """
    said = dict(_pair(pair) for pair in text.split(","))
    texts = {name: _text(name, said[name]) for name in (*_NAMES, *OPTIONS, FROM_PRESET, WEBHOOK_URL) if name in said}
    return tuple(texts.pop(name, "") for name in _NAMES), texts


def checksum(text: str | None) -> Checksum | None:
    """What `Upload-Checksum` says. Raises RequestError where it cannot be read, or we do not know how it is made."""
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
    """The same app, for clients that `POST` and name the method they mean, write `/files/`, or ask there what is possible."""

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
    """A name, and the text after the blanks that follow it; both may be empty."""
    name, *value = text.split(maxsplit=1) or [""]
    return name, value[0].strip() if value else ""


def _text(name: str, value: str) -> str:
    try:
        return _plain(value).decode()
    except ValueError:
        sentence = f"“{name}” in “Upload-Metadata” must be a text in UTF-8, written in base64."
        raise RequestError(sentence, code="wrong_metadata") from None


def _plain(base64: str) -> bytes:
    """The bytes a base64 text stands for, also of the kind for addresses, and without its `=`. Raises ValueError."""
    digits = base64.rstrip("=").translate(_FROM_URL)
    return b64decode(digits + "=" * (-len(digits) % 4), validate=True)
