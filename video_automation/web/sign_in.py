"""Signing in with a key, and out: a browser gets a session, whose token is in a cookie no script can read."""

import time

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from video_automation.access import sessions
from video_automation.access.guessing import key_of
from video_automation.errors import KeyNeededError
from video_automation.web.context import access, wants_page
from video_automation.web.entry import COOKIE, address, hand_out, open_to_all

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@open_to_all
def form() -> ResponseReturnValue:
    """Where a key is asked for. The link that is printed at the first start has the key in it, and signs in at once."""
    if access().is_open:
        return redirect(url_for("pages.home"), 303)
    key = request.args.get("key", "")
    if key and _came_by_itself():
        return _signed_in(key, "")
    page = render_template("sign_in.html", key=key, next=_local(request.args.get("next", "")))
    return page, {"Cache-Control": "no-store"}


@blueprint.post("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Begins a session for the browser that sends the field `key`; one it had before ends."""
    if access().is_open:
        return redirect(url_for("pages.home"), 303)
    key, after = request.form.get("key", "").strip(), _local(request.form.get("next", ""))
    try:
        return _signed_in(key, after)
    except KeyNeededError as error:
        if not wants_page():
            raise
        return render_template("sign_in.html", key="", next=after, trouble=error.sentence), 401


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """Ends the session of the browser that asks."""
    token = request.cookies.get(COOKIE)
    if token:
        sessions.end(access(), token)
        hand_out("")
    return redirect(url_for("sign_in.form"), 303) if wants_page() else {"message": "Signed out"}


def _signed_in(key: str, after: str) -> Response:
    found = key_of(access(), key, address())
    before = request.cookies.get(COOKIE)
    if before:
        sessions.end(access(), before)
    hand_out(sessions.begin(access(), found, time.time()))
    answer = redirect(after or url_for("pages.home"), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _came_by_itself() -> bool:
    """Whether a person opened this address, rather than a strange page that would have them work under a stranger's key."""
    return request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")


def _local(address: str) -> str:
    """An address on this service, to go on to; empty for any other."""
    path = address.isascii() and address.isprintable() and address.startswith("/") and "\\" not in address
    return address if path and not address.startswith("//") else ""
