"""Keeps threads free for short requests: only some of a process's may take bodies in, only some send large answers out."""

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
"""Bytes of an answer that may keep its thread until the client has read on; smaller ones fit the buffers on the way."""
_RETRY_AFTER_S: Final = 5
_FEW: Final = 4
"""So many everybody may have, however few there are: a page and its player ask for several things at once."""

_GUESTS: Final = "all guests"
"""Whoever comes by a share link: together they are one caller, of a name no key can have."""


class Lane:
    """Some threads of a process, at least one; one caller has a quarter of them at most."""

    def __init__(self, threads: int) -> None:
        self._free = max(1, threads)
        self._each = max(_FEW, threads // 4)
        self._held: Counter[str | None] = Counter()
        self._lock = Lock()

    def enter(self, who: str | None) -> bool:
        """Takes a thread for this caller; False where none is left, or none for them. None is everybody, and has them all."""
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
    """Has this app answer 503 where three quarters of its threads take bodies in, or an eighth of them send large answers.

    Bodies of those who have not shown a key have a sixteenth of their own. A client that reads no more of an answer holds 2 MB,
    as measured; one that sends no more, a quarter of one.
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
            answer.direct_passthrough = False  # else nobody closes the answer itself
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
