"""Authentication: finds out who sends a request before a view runs, and refuses callers without access or over their rate."""

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any, Final, TypeVar, cast

from flask import Flask, Response, current_app, g, request, url_for
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import MapAdapter

from video_automation.access import sessions
from video_automation.access.key_lookup import key_of
from video_automation.access.keys import LOCAL_OWNER, Key
from video_automation.access.shares import former_token
from video_automation.errors import ForbiddenError, KeyNeededError, PipelineError, TooManyRequestsError
from video_automation.web.api.context import GUEST, Caller, access, caller
from video_automation.web.api.responses import SeeOther

_UPLOADS: Final = frozenset(("uploads.upload", "resumable.create", "sample.send_sample"))
_BEARER: Final = "bearer "
_OF_PROXIES: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
"""Headers that proxies add to the requests they forward."""

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Marks a view that needs no key."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def register_authentication(app: Flask) -> None:
    """Makes this app check who sends each request, except requests to views marked `open_to_all`."""
    app.before_request(_enter)
    app.after_request(_hand_out)


def is_known() -> bool:
    """Whether a request to an open view comes with a valid key or session. False also when that cannot be checked."""
    try:
        return _found() is not GUEST
    except PipelineError:
        return False


def client_address() -> str:
    """The IP address the request comes from. For IPv6 it is the /64 network, since one customer usually has a whole one.

    A service that listens on `::` sees IPv4 clients as `::ffff:192.0.2.7`, all in one such network: their IPv4 address is used.
    """
    try:
        given = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(given, IPv6Address):
        given = given.ipv4_mapped or given
    return str(ip_network((given, 64), strict=False)) if isinstance(given, IPv6Address) else str(given)


def cookie_name() -> str:
    """The name of the session cookie. Over TLS it begins with `__Host-`: no other host, and no page without TLS, can set it."""
    return "__Host-session" if request.is_secure else "session"


def hand_out(cookie: str) -> None:
    """Sets the session cookie of the response to this value; an empty value makes the browser delete it."""
    g.new_cookie = cookie


def check_rate(what: str, key: str | None) -> None:
    """Counts a request against the rate that `Rates` has under the name `what`, for this key and for the client's address.

    Raises:
        TooManyRequestsError: the rate is used up.
    """
    rate = getattr(access().rates, what)
    names = [f"{what}:{client_address()}"] + ([f"{what}:key:{key}"] if key else [])
    wait_s = access().throttle.take(tuple(names), rate)
    if wait_s:
        sentence = f"Too many {what.replace('_', '-')}: at most {rate.a_minute} a minute are answered. Wait a moment."
        raise TooManyRequestsError(sentence, retry_after_s=ceil(wait_s))


def _enter() -> SeeOther | None:
    endpoint = _endpoint()
    if endpoint == "static" or hasattr(current_app.view_functions.get(endpoint), "open_to_all"):
        return None  # the key is not looked up either: /health must respond while Redis is down
    if shared := _by_former_link():
        return shared
    g.caller = found = _found()
    if found is GUEST:
        raise KeyNeededError("This service needs a key: sign in, or send it as “Authorization: Bearer KEY”.")
    if not access().is_open:
        check_rate("uploads" if request.endpoint in _UPLOADS else "requests", caller().key)
    return None


def _by_former_link() -> SeeOther | None:
    """Redirects a share link of the former kind, `?share=` after the address of a task, to the present one."""
    named, given = request.view_args or {}, request.args.get("share")
    if request.method not in ("GET", "HEAD") or "job_id" not in named or not given:
        return None
    token = former_token(access().secret, named["job_id"], given)
    if token is None:
        return None
    if request.endpoint == "files.file":
        saving = request.args.get("download")
        return SeeOther(url_for("shared.file", token=token, name=named["name"], download=saving))
    return SeeOther(url_for("shared.page", token=token))


def _endpoint() -> str:
    """The endpoint at this address, even if it does not take the request's method; empty if there is none."""
    wrong = request.routing_exception
    if isinstance(wrong, MethodNotAllowed) and wrong.valid_methods:
        adapter = cast("MapAdapter", current_app.create_url_adapter(request))
        return str(adapter.match(method=min(wrong.valid_methods))[0])
    return request.endpoint or ""


def _found() -> Caller:
    """Who sends the request; `GUEST` if it has neither a key nor a session. Raises what `key_of` raises for an invalid key."""
    if access().is_open:
        if any(name in request.headers for name in _OF_PROXIES):
            raise ForbiddenError(
                "A proxy passes this on to a service that is open to its own machine alone. Name the proxy in TRUSTED_PROXIES "
                "and start the service again: it then wants a key.",
                code="behind_proxy",
            )
        return Caller(LOCAL_OWNER, operator=True)
    header = request.headers.get("Authorization", "")
    if header.lower().startswith(_BEARER):
        return _caller(key_of(access(), header[len(_BEARER) :].strip(), client_address()))
    cookie = request.cookies.get(cookie_name())
    entered = sessions.entered(access(), cookie, time.time()) if cookie else None
    if entered is None:
        return GUEST
    if entered.new_cookie:
        hand_out(entered.new_cookie)
    return _caller(entered.key, signed_in=True)


def _caller(key: Key, *, signed_in: bool = False) -> Caller:
    return Caller(key.owner, key.operator, key.name, key.quotas, signed_in)


def _hand_out(answer: Response) -> Response:
    if "new_cookie" in g:
        answer.set_cookie(
            cookie_name(),
            g.new_cookie,
            max_age=sessions.KEPT_S if g.new_cookie else 0,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return answer
