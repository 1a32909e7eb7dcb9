"""Serves the pages' scripts, styles and libraries under addresses that contain a hash of all of them.

The content at such an address never changes, so a browser fetches it once. JavaScript modules import each other by relative
addresses, and so stay within one version. The plain address `/static/...` gives the same files without that long caching.
"""

import re
from functools import cache, lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from video_automation.web.server.compression import accepted_encoding, encoded, is_compressible

STATIC_FOLDER: Final = Path(__file__).parents[1] / "static"
_YEAR_S: Final = 31_536_000
_IMPORTED: Final = re.compile(r"""^import\b[^"']*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
"""The address in an `import` at the beginning of a line: one that is made in the midst of the code is for later."""


def register_static_files(app: Flask) -> None:
    """Makes this app serve the static files; `url_for("static", filename=...)` gives the address of one with the hash."""
    version = _version()
    kept = f"/static/{version}/"

    def view(filename: str) -> Response:
        answer = _answer(filename, version)
        if request.path.startswith(kept):
            answer.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
        return answer

    app.jinja_env.globals.update(imported_modules=imported_modules)
    for place in (kept, "/static/"):  # `url_for` uses the first one
        app.add_url_rule(f"{place}<path:filename>", "static", view)


@cache
def imported_modules(filename: str) -> tuple[str, ...]:
    """The names of all modules that a script of ours imports at once, directly or through others.

    A page names them beside the script (`script.html`): a browser then fetches them together, and not each one only after it
    has read the one that imports it.
    """
    found = [filename]
    for name in found:  # which grows meanwhile
        others = _IMPORTED.findall((STATIC_FOLDER / name).read_text("utf-8"))
        found += [other for other in (normpath(join(dirname(name), address)) for address in others) if other not in found]
    return tuple(found[1:])


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
