"""Who may call, and what a browser may do with our answers."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden, MisdirectedRequest

from video_automation.sections import is_loopback

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",  # of ours, and WebAssembly that these load: libass
            "worker-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "media-src 'self' blob:",  # what a person has chosen is shown before it is sent
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register_browser_security(app: Flask, *, local: bool) -> None:
    """Has this app refuse what strange pages ask for, and say in every answer what a browser may do.

    A `local` app answers only to the names of this machine: any page could have its own name lead here (DNS rebinding)
    and would then be of "the same site".
    """
    if local:
        app.before_request(_refuse_other_names)
    app.before_request(_refuse_other_sites)
    app.after_request(_tell_browsers)


def _refuse_other_names() -> None:
    if not is_loopback(_host_of(f"//{request.host}")):
        raise MisdirectedRequest("This service answers to localhost only.")


def _host_of(address: str) -> str:
    """The host an address names; empty where it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _refuse_other_sites() -> None:
    """Browsers say which page asks; programs say nothing, and carry no stranger's request.

    The rule is that of Go's `http.CrossOriginProtection`, and of https://web.dev/articles/fetch-metadata.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    own = site in ("same-origin", "none") if site else origin is None or origin.partition("://")[2] == request.host
    if not own:
        raise Forbidden("Another web site asked for this. Open this service itself and try there.")


def _tell_browsers(answer: Response) -> Response:
    answer.headers.extend(_HEADERS)
    if not answer.cache_control.no_store and answer.cache_control.max_age is None:  # what has an age of its own keeps it
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer
