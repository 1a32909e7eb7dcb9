"""Serves the pages' scripts, styles and libraries under addresses that contain a hash of all of them.

The content at such an address never changes, so a browser fetches it once. JavaScript modules import each other by relative
addresses, and so stay within one version. The plain address `/static/...` gives the same files without that long caching.
"""

from functools import lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from video_automation.web.server.compression import accepted_encoding, encoded, is_compressible

STATIC_FOLDER: Final = Path(__file__).parents[1] / "static"
_YEAR_S: Final = 31_536_000


def register_static_files(app: Flask) -> None:
    """Makes this app serve the static files; `url_for("static", filename=...)` gives the address of one with the hash."""
    version = _version()
    kept = f"/static/{version}/"

    def view(filename: str) -> Response:
        answer = _answer(filename, version)
        if request.path.startswith(kept):
            answer.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
        return answer

    for place in (kept, "/static/"):  # `url_for` uses the first one
        app.add_url_rule(f"{place}<path:filename>", "static", view)


def _version() -> str:
    """A hash of the names and the contents of all files."""
    files = sorted(path for path in STATIC_FOLDER.rglob("*") if path.is_file())
    told = (f"{path.relative_to(STATIC_FOLDER)} {sha256(path.read_bytes()).hexdigest()}" for path in files)
    return sha256("\n".join(told).encode()).hexdigest()[:16]


def _answer(filename: str, version: str) -> Response:
    found = safe_join(str(STATIC_FOLDER), filename)
    if found is None or not Path(found).is_file():
        raise NotFound
    mimetype = guess_type(found)[0] or "application/octet-stream"
    encoding = accepted_encoding() if is_compressible(mimetype) else None
    answer = Response(_content(Path(found), version, encoding), mimetype=mimetype)
    answer.set_etag(version, weak=encoding is not None)
    if encoding:
        answer.headers["Content-Encoding"] = encoding
    if is_compressible(mimetype):
        answer.vary.add("Accept-Encoding")
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=512)
def _content(path: Path, version: str, encoding: str | None) -> bytes:  # noqa: ARG001  # part of the cache key
    content = path.read_bytes()
    return encoded(content, encoding, often=True) if encoding else content
