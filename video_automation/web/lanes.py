"""Keeps threads free for short requests: only some of a process's may take bodies in, only some send large answers out."""

from threading import BoundedSemaphore
from typing import Final

from flask import Flask, Response, g, request

from video_automation.errors import TransientError
from video_automation.web.errors import problem

_LARGE: Final = 1 << 19
"""Bytes of an answer that may keep its thread until the client has read on; smaller ones fit the buffers on the way."""
_RETRY_AFTER_S: Final = 5


def register(app: Flask, *, threads: int) -> None:
    """Has this app answer 503 where three quarters of its threads take bodies in, or an eighth of them send large answers.

    A client that reads no more of an answer holds 2 MB, as measured; one that sends no more, a quarter of one.
    """
    _bound_bodies(app, BoundedSemaphore(max(1, threads * 3 // 4)))
    _bound_answers(app, BoundedSemaphore(max(1, threads // 8)))


def _bound_bodies(app: Flask, free: BoundedSemaphore) -> None:
    @app.before_request
    def take() -> None:
        if not (request.content_length or "Transfer-Encoding" in request.headers):
            return
        if not free.acquire(blocking=False):
            sentence = "More is being uploaded than this service takes at a time. Try again in a moment."
            raise TransientError(sentence, code="busy", retry_after_s=_RETRY_AFTER_S)
        g.takes_body = True

    @app.teardown_request
    def taken(_: BaseException | None) -> None:
        if g.pop("takes_body", False):
            free.release()


def _bound_answers(app: Flask, free: BoundedSemaphore) -> None:
    @app.after_request
    def give(answer: Response) -> Response:
        if request.method == "HEAD" or not answer.is_streamed or (answer.content_length or _LARGE) < _LARGE:
            return answer
        if free.acquire(blocking=False):
            answer.direct_passthrough = False  # else nobody closes the answer itself
            answer.call_on_close(free.release)
            return answer
        answer.close()
        busy = problem(503, "busy", "More is being downloaded than this service sends at a time. Try again in a moment.")
        busy.headers["Retry-After"] = str(_RETRY_AFTER_S)
        return busy
