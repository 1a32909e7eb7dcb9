"""Signing in with a key, and out: a browser gets a session, whose token is in a cookie no script can read."""

import time
from typing import Final

from flask import Blueprint, render_template, request, url_for

from video_automation.access import sessions
from video_automation.access.key_lookup import key_of
from video_automation.errors import KeyNeededError, TooLargeError
from video_automation.web.api.context import access, wants_page
from video_automation.web.api.request_values import local_address
from video_automation.web.api.responses import Ok, Page, SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call, QueryText
from video_automation.web.schemas.answers import MessageAnswer
from video_automation.web.schemas.body_schemas import SignInForm
from video_automation.web.security.authentication import check_rate, client_address, cookie_name, hand_out, open_to_all

blueprint = Blueprint("sign_in", __name__)

_MOST_BYTES: Final = 16_000
"""A key and an address are shorter: nobody has a stranger's form of half a megabyte taken apart."""
_KEY: Final = QueryText("key", "The secret of a key.")
_NEXT: Final = QueryText("next", "The address on this service to go on to.")


@blueprint.get("/sign-in")
@open_to_all
@Call(errors={KeyNeededError: ("wrong_key",)}, query=(_KEY, _NEXT))
def form() -> Page | SeeOther:
    """Where a key is asked for. The link that is printed at the first start has the key in it, and signs in at once."""
    if access().is_open:
        return SeeOther(url_for("pages.home"))
    key, after = _KEY.given() or "", local_address(_NEXT.given() or "")
    if key and _came_by_itself():
        return _tried(key, after)
    page = Page(render_template("sign_in.html", key=key, next=after))
    page.headers["Cache-Control"] = "no-store"
    return page


@blueprint.post("/sign-in")
@open_to_all
@Call(
    errors={KeyNeededError: ("wrong_key",), TooLargeError: ()},
    body=Body({FORM: SignInForm}, required=False),
    curl="-d key=$KEY",
)
def sign_in() -> Page | SeeOther:
    """Begins a session for the browser that sends the field `key`; one it had before ends."""
    if access().is_open:
        return SeeOther(url_for("pages.home"))
    request.max_content_length = _MOST_BYTES
    return _tried(request.form.get("key", "").strip(), local_address(request.form.get("next", "")))


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Ok[MessageAnswer] | SeeOther:
    """Ends the session of the browser that asks."""
    cookie = request.cookies.get(cookie_name())
    if cookie:
        sessions.end_session(access(), cookie)
        hand_out("")
    return SeeOther(url_for("sign_in.form")) if wants_page() else Ok({"message": "Signed out"})


def _tried(key: str, after: str) -> Page | SeeOther:
    """Signs in and leads on; for people, a key that opens nothing is asked for anew. Raises as `key_of`."""
    try:
        return _signed_in(key, after)
    except KeyNeededError as error:
        if not wants_page():
            raise
        return Page(render_template("sign_in.html", key="", next=after, trouble=error.sentence), error.status)


def _signed_in(key: str, after: str) -> SeeOther:
    found = key_of(access(), key, client_address())
    check_rate("sign_ins", found.name)
    before = request.cookies.get(cookie_name())
    if before:
        sessions.end_session(access(), before)
    hand_out(sessions.begin_session(access(), found, time.time()))
    answer = SeeOther(after or url_for("pages.home"))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _came_by_itself() -> bool:
    """Whether a person opened this address, rather than a strange page that would have them work under a stranger's key.

    Browsers say so by TLS and on the loopback address; where they do not, the page asks. Programs follow no strange pages.
    """
    site = request.headers.get("Sec-Fetch-Site")
    return site in ("none", "same-origin") if site else not wants_page()
