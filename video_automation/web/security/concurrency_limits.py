"""Keeps threads free for short requests: only some threads of a process may receive bodies or send large responses."""

from collections import Counter
from functools import partial
from threading import Lock
from typing import Final

from flask import Flask, Response, g, request

from video_automation.errors import TransientError
from video_automation.web.api.context import GUEST, caller
from video_automation.web.security.authentication import client_address
from video_automation.web.server.problems import problem

_LARGE: Final = 1 << 19
"""From this many bytes on, a response may hold its thread until the client reads; a smaller one fits the network buffers."""
_RETRY_AFTER_S: Final = 5
_FEW: Final = 4
"""Threads each caller may always have, however few there are: a page and its player send several requests at once."""

_GUESTS: Final = "all guests"
"""All visitors with a share link count as one caller, under a name that no key can have."""


class Lane:
    """A number of threads of a process, at least one. One caller gets a quarter of them, or four if that is more."""

    def __init__(self, threads: int) -> None:
        self._free = max(1, threads)
        self._each = max(_FEW, threads // 4)
        self._held: Counter[str | None] = Counter()
        self._lock = Lock()

    def enter(self, who: str | None) -> bool:
        """Takes a thread for this caller; False if none is left, or this caller has its share. A caller None has no share."""
        with self._lock:
            if not self._free or (who is not None and self._held[who] >= self._each):
                return False
            self._free -= 1
            self._held[who] += 1
            return True

    def leave(self, who: str | None) -> None:
        """Gives the thread back."""
        with self._lock:
            self._free += 1
            self._held[who] -= 1
            if not self._held[who]:
                del self._held[who]


def register_limits(app: Flask, *, threads: int) -> None:
    """Makes this app respond 503 once three quarters of its threads receive bodies, or an eighth send large responses.

    Bodies from callers without a key have a sixteenth of the threads to themselves. Measured: a client that stops reading a
    response holds 2 MB of memory, one that stops sending a body 256 kB.
    """
    _bound_bodies(app, Lane(threads * 3 // 4), Lane(threads // 16))
    _bound_answers(app, Lane(threads // 8))


def _bound_bodies(app: Flask, known: Lane, strangers: Lane) -> None:
    @app.before_request
    def take() -> None:
        if not (request.content_length or "Transfer-Encoding" in request.headers):
            return
        lane, who = (strangers, client_address()) if caller() is GUEST else (known, caller().key)
        if not lane.enter(who):
            sentence = "More is being sent than this service takes at a time, or takes of one caller. Try again in a moment."
            raise TransientError(sentence, code="busy", retry_after_s=_RETRY_AFTER_S)
        g.lane = lane, who

    @app.teardown_request
    def taken(_: BaseException | None) -> None:
        lane, who = g.pop("lane", (None, None))
        if lane:
            lane.leave(who)


def _bound_answers(app: Flask, lane: Lane) -> None:
    @app.after_request
    def give(answer: Response) -> Response:
        if request.method == "HEAD" or not answer.is_streamed or (answer.content_length or _LARGE) < _LARGE:
            return answer
        who = _GUESTS if caller() is GUEST else caller().key
        if lane.enter(who):
            answer.direct_passthrough = False  # otherwise the server would not call the response's close
            answer.call_on_close(partial(lane.leave, who))
            return answer
        answer.close()
        busy = problem(
            503,
            "busy",
            "More is being downloaded than this service sends at a time, or sends to one caller. Try again in a moment.",
        )
        busy.headers["Retry-After"] = str(_RETRY_AFTER_S)
        return busy
