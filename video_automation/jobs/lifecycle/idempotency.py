"""Makes one task of uploads that are sent again under the same key."""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from video_automation.errors import InputError, TransientError, UnderWayError, UnknownTaskError
from video_automation.jobs.model import Job
from video_automation.jobs.ports import HELD_S, Backend, Taken

RENEW_EVERY_S = HELD_S / 3
"""How often a claim is renewed while its upload lasts, so that two renewals may fail."""
RELEASED_WITHIN_S = 0.5
"""How long an answer waits for a claim to be given back."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier upload with the same key."""

    job: Job
    sha256: str

    def check_same(self, blocks: Iterable[bytes]) -> None:
        """Refuses a file that is not the one of then.

        Raises:
            InputError: it is another.
        """
        digest = hashlib.sha256()
        for block in blocks:
            digest.update(block)
        if digest.hexdigest() != self.sha256:
            raise InputError(
                "This Idempotency-Key came with another file before. Send a new upload under a key of its own.",
                code="idempotency_key_reused",
            )


@dataclass(frozen=True, slots=True)
class Claim:
    """The exclusive right to accept an upload under its key."""

    backend: Backend
    name: str
    holder: str

    def earlier(self) -> Earlier | None:
        """The upload accepted under this key; None if there was none, or it became no task."""
        taken = self.backend.once.kept(self.name)
        if taken is None:
            return None
        try:
            return Earlier(self.backend.store.get(taken.job_id), taken.sha256)
        except UnknownTaskError:  # it was refused, or its process died before the task was recorded
            return None

    def noted(self, job_id: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The blocks of a file as they are; after the last it is remembered that this job is made of them.

        So it is remembered before there is the job: no moment is left at which a task is made that its key does not lead to.

        Raises:
            UnderWayError: this process was away for so long that another upload has the key.
        """
        digest = hashlib.sha256()
        for block in blocks:
            digest.update(block)
            yield block
        if not self.backend.once.hold(self.name, self.holder):
            raise _under_way()
        self.backend.once.keep(self.name, Taken(digest.hexdigest(), job_id))


@contextmanager
def claimed(backend: Backend, *, owner: str, key: str) -> Iterator[Claim]:
    """Claims a key for an upload in the block; if this process dies, the key is free soon after.

    Raises:
        UnderWayError: another upload of this owner has it.
    """
    claim = Claim(backend, hashlib.sha256(f"{owner}\n{key}".encode()).hexdigest(), str(uuid4()))
    if not backend.once.hold(claim.name, claim.holder):
        raise _under_way()
    over = threading.Event()
    thread = threading.Thread(target=_keep_up, args=(claim, over), name="claim", daemon=True)
    thread.start()
    try:
        yield claim
    finally:
        over.set()
        thread.join(RELEASED_WITHIN_S)


def _keep_up(claim: Claim, over: threading.Event) -> None:
    """Renews a claim until it is over, then gives it back."""
    once = claim.backend.once
    while not over.wait(RENEW_EVERY_S):
        with suppress(TransientError):
            once.hold(claim.name, claim.holder)
    with suppress(TransientError):  # it ends by itself
        once.release(claim.name, claim.holder)


def _under_way() -> UnderWayError:
    return UnderWayError("An upload under this Idempotency-Key is being received. Ask again in a moment.", retry_after_s=5)
