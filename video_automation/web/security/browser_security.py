"""Refuses requests from other web sites, and sends the headers that restrict what a browser does with a response."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden, MisdirectedRequest

from video_automation.sections import is_loopback

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",  # our scripts, and the WebAssembly they load (libass)
            "worker-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "media-src 'self' blob:",  # a chosen file is shown before it is uploaded
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
    """Makes this app refuse requests from other web sites, and add the security headers to every response.

    A `local` app responds only to the host names of this machine. Otherwise a foreign page could point its own host name
    here (DNS rebinding), and would then count as the same site.
    """
    if local:
        app.before_request(_refuse_other_names)
    app.before_request(_refuse_other_sites)
    app.after_request(_tell_browsers)


def _refuse_other_names() -> None:
    if not is_loopback(_host_of(f"//{request.host}")):
        raise MisdirectedRequest("This service answers to localhost only.")


def _host_of(address: str) -> str:
    """The host of a URL; empty if the URL is not valid."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _refuse_other_sites() -> None:
    """Refuses a changing request that another site's page has a browser send. Programs send neither of the two headers.

    This is the rule of Go's `http.CrossOriginProtection`, and of https://web.dev/articles/fetch-metadata.
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
    kept = answer.cache_control
    if not kept.no_store and kept.max_age is None:  # keep an explicit max-age
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer
