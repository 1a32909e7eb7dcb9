"""Enforces the quotas of a key's owner: videos and minutes a day, bytes stored, waiting tasks."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import ceil
from uuid import uuid4

from video_automation.access.quotas import UNBOUNDED, Quotas
from video_automation.errors import QuotaError, TooLargeError, UnderWayError
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend, JobStore
from video_automation.jobs.uploads.pending_uploads import arrived_bytes, arriving_bytes
from video_automation.jobs.workspace import brand_of

_DAY_S = 86_400.0
_PAGE = 200
LONGEST_QUOTA_WAIT_S = 2.0
"""For other uploads of the same owner that are being taken in."""
_PAUSE_S, _LONGEST_PAUSE_S = 0.02, 0.2
LOOK_EVERY = 16_000_000
"""Bytes of an upload of unsaid size after which it is looked whether its owner may hold them."""


def check_quotas(backend: Backend, owner: str, quotas: Quotas, declared_bytes: int, *, but: str | None = None) -> None:
    """Refuses one more video of this owner, of so many bytes, where their key does not allow it.

    What is still arriving counts as held, whole, but for the upload of this id.

    Raises:
        QuotaError: they have used up what it allows; it says when there is some again.
        TooLargeError: it would never allow so much.
    """
    if quotas == UNBOUNDED:
        return
    now, jobs = time.time(), tuple(_all(backend.store, owner))
    recent = [job for job in jobs if now - job.created_at < _DAY_S]
    if quotas.films_a_day is not None and len(recent) >= quotas.films_a_day:
        raise _used_up("films", f"Your key allows {_counted(quotas.films_a_day, 'video')} a day.", recent, now)
    if quotas.minutes_a_day is not None and _spent_ms(recent) >= 60_000 * quotas.minutes_a_day:
        raise _used_up("minutes", f"Your key allows {_counted(quotas.minutes_a_day, 'minute')} of video a day.", recent, now)
    if quotas.waiting is not None:
        _check_waiting(jobs, quotas.waiting)
    if quotas.bytes_held is not None:
        _check_bytes(quotas.bytes_held, declared_bytes, _held(backend, owner, jobs) + _arriving(backend, owner, jobs, but))


def counts_today(job: Job, quotas: Quotas) -> bool:
    """Whether a job is one of those that these quotas allow for a day, a day not being over since it came."""
    bounded = quotas.films_a_day is not None or quotas.minutes_a_day is not None
    return bounded and time.time() - job.created_at < _DAY_S


def allowed(backend: Backend, owner: str, quotas: Quotas, blocks: Iterable[bytes], *, but: str) -> Iterator[bytes]:
    """The blocks of an upload of unsaid size, and of this id, as far as its owner's key allows. Raises as `check_quotas`."""
    come = looked_at = 0
    for block in blocks:
        come += len(block)
        if come - looked_at >= LOOK_EVERY:
            looked_at = come
            check_quotas(backend, owner, quotas, come, but=but)
        yield block


def check_minutes(store: JobStore, job: Job) -> None:
    """Refuses a video, now that its length is known, that makes the owner's videos of the day too long together.

    Raises:
        TooLargeError: it does.
    """
    if job.daily_ms is None or job.duration_ms is None:
        return
    left_ms = max(0, job.daily_ms - _spent_ms([other for other in _all(store, job.owner) if _goes_before(other, job)]))
    if job.duration_ms > left_ms:
        lasts, allowed, left = (f"{ms / 60_000:.1f}" for ms in (job.duration_ms, job.daily_ms, left_ms))
        sentence = f"This video lasts {lasts} minutes. Your key allows {allowed} a day, of which {left} are left."
        raise TooLargeError(f"{sentence} Upload a shorter part, or wait a day.", code="quota_minutes")


@contextmanager
def within(backend: Backend, job: Job, quotas: Quotas, *, patience_s: float | None = None) -> Iterator[None]:
    """Checks the quotas before a job is recorded in the block. Waits and raises as `admitted`."""
    size = arrived_bytes(backend.folders.of(job.id))
    with admitted(backend, job.owner, quotas, size, but=job.id, patience_s=patience_s):
        yield


@contextmanager
def admitted(
    backend: Backend,
    owner: str,
    quotas: Quotas,
    declared_bytes: int,
    *,
    but: str | None = None,
    patience_s: float | None = None,
) -> Iterator[None]:
    """Checks the quotas before a video is recorded in the block; no other of the same owner is recorded meanwhile.

    Raises:
        QuotaError, TooLargeError: as `check_quotas`.
        UnderWayError: other uploads of this owner have been at it for so many seconds, for two where nothing is said.
    """
    if quotas == UNBOUNDED:
        yield
        return
    with _alone(backend, owner, LONGEST_QUOTA_WAIT_S if patience_s is None else patience_s):
        check_quotas(backend, owner, quotas, declared_bytes, but=but)
        yield


@contextmanager
def waiting_again(backend: Backend, job: Job, quotas: Quotas) -> Iterator[None]:
    """Has a job wait for its turn again in the block where its owner's key allows one more to wait, and more to be held.

    Raises:
        QuotaError: as many wait, or as much is held, as may.
        UnderWayError: as `admitted`.
    """
    if (quotas.waiting is None and quotas.bytes_held is None) or job.state is State.PENDING:
        yield
        return
    with _alone(backend, job.owner, LONGEST_QUOTA_WAIT_S):
        jobs = tuple(_all(backend.store, job.owner))
        if quotas.waiting is not None:
            _check_waiting(jobs, quotas.waiting)
        if quotas.bytes_held is not None:
            _check_bytes(quotas.bytes_held, 1, _held(backend, job.owner, jobs))
        yield


@contextmanager
def room_for(backend: Backend, owner: str, quotas: Quotas, more_bytes: int) -> Iterator[None]:
    """Checks that an owner's key allows so many more bytes to be held before a file of their brand is kept in the block.

    Raises:
        QuotaError, TooLargeError: it does not.
        UnderWayError: as `admitted`.
    """
    if quotas.bytes_held is None:
        yield
        return
    with _alone(backend, owner, LONGEST_QUOTA_WAIT_S):
        jobs = tuple(_all(backend.store, owner))
        _check_bytes(quotas.bytes_held, more_bytes, _held(backend, owner, jobs) + _arriving(backend, owner, jobs))
        yield


@contextmanager
def _alone(backend: Backend, owner: str, patience_s: float) -> Iterator[None]:
    name, holder = f"quota:{owner}", str(uuid4())
    give_up, pause = time.monotonic() + patience_s, _PAUSE_S
    while not backend.once.hold(name, holder):
        if time.monotonic() >= give_up:
            raise UnderWayError("Other uploads of yours are being taken in. Try again in a moment.", retry_after_s=2)
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_S)
    try:
        yield
    finally:
        backend.once.release(name, holder)


def _all(store: JobStore, owner: str) -> Iterator[Job]:
    """An owner's jobs, newest first."""
    start, total = 0, 1
    while start < total:
        jobs, total = store.listed(owner, start=start, count=_PAGE)
        yield from jobs
        start += _PAGE


def _goes_before(other: Job, job: Job) -> bool:
    """Whether another job of the day counts before this one: it is done, or came earlier."""
    same_day = abs(job.created_at - other.created_at) < _DAY_S
    earlier = (other.created_at, other.id) < (job.created_at, job.id)
    return other.id != job.id and same_day and (earlier or other.state is State.SUCCESS)


def _spent_ms(jobs: list[Job]) -> int:
    return sum(job.duration_ms or 0 for job in jobs if job.state is not State.FAILURE)


def _used_up(what: str, sentence: str, recent: list[Job], now: float) -> QuotaError:
    again_s = min(job.created_at for job in recent) + _DAY_S - now if recent else _DAY_S
    minutes = ceil(again_s / 60)
    wait = _counted(minutes, "minute") if minutes < 90 else _counted(ceil(minutes / 60), "hour")
    return QuotaError(f"{sentence} Try again in {wait}.", code=f"quota_{what}", retry_after_s=max(1, ceil(again_s)))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _check_waiting(jobs: Iterable[Job], most: int) -> None:
    if sum(job.state is State.PENDING for job in jobs) >= most:
        sentence = f"Your key allows {_counted(most, 'task')} to wait. Try again when one is done."
        raise QuotaError(sentence, code="quota_waiting", retry_after_s=60)


def _held(backend: Backend, owner: str, jobs: tuple[Job, ...]) -> int:
    """The bytes on disk of all files of an owner: of these, their jobs, and of their brand."""
    places = tuple(backend.folders.of(job.id) for job in jobs)
    prefixes = (prefix for place in places for prefix in (place.input, place.output))
    return backend.folders.storage.held((*prefixes, brand_of(owner)), beside=(place.work for place in places))


def _arriving(backend: Backend, owner: str, jobs: tuple[Job, ...], but: str | None = None) -> int:
    """The bytes of an owner's uploads that are no jobs yet, but for the upload of this id."""
    return arriving_bytes(backend.folders, owner, but={but, *(job.id for job in jobs)})


def _check_bytes(most: int, declared: int, held: int) -> None:
    sentence = f"Your key allows {most / 1e9:g} GB to be held"
    if declared > most:
        raise TooLargeError(f"{sentence}; this file alone is larger. Export it smaller.", code="quota_bytes")
    if held + declared > most:
        raise QuotaError(f"{sentence}. Clean up tasks that are done first.", code="quota_bytes", retry_after_s=3600)
