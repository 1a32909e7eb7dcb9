"""Gives a job to one run alone, by a lease in the store; a lock on a local file only shows a dead process sooner."""

import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO
from uuid import uuid4

from video_automation.errors import TransientError
from video_automation.jobs.locks import taken
from video_automation.jobs.ports import JobStore
from video_automation.jobs.workspace import Workspace

log = logging.getLogger(__name__)

KILLED_WITHIN_S, _LET_GO_WITHIN_S = 5.0, 0.3
"""How long a killed process may keep a lock, and how long one that only looks whether somebody has it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who locked a job's folder last: the run, and its process."""

    run: str
    host: str
    pid: int

    @property
    def here(self) -> bool:
        """Whether it was a process of this machine."""
        return self.host == socket.gethostname()


@contextmanager
def job_ownership(store: JobStore, job_id: str, workspace: Workspace, run: str) -> Iterator[bool]:
    """Whether this run has the job for itself in the block: it holds the lease, which `Watch` renews.

    A process of this machine that holds the lock has the lease, or it hangs: then it is killed.

    Raises:
        TransientError: the store does not answer.
    """
    if not workspace.upload.exists():  # it was cleaned up
        yield True
        return
    with workspace.lock.open("a+b", buffering=0) as lock:
        free = taken(lock, within_s=_LET_GO_WITHIN_S)
        if free:
            _release_dead(lock, store, job_id)
        if not store.lease(job_id, run):
            yield False
            return
        if not free:
            _killed(_holder(lock))
            taken(lock, within_s=KILLED_WITHIN_S)
        _sign(lock, Holder(run, socket.gethostname(), os.getpid()))
        try:
            yield True
        finally:
            _sign(lock, None)
            with suppress(TransientError):  # it ends by itself
                store.release(job_id, run)


@contextmanager
def at_rest(store: JobStore, job_id: str) -> Iterator[bool]:
    """Whether no run has the job, as far as the store answers; if so, none can take it in the block."""
    nobody = f"at rest/{uuid4()}"
    try:
        ours = store.lease(job_id, nobody)
    except TransientError:
        ours = False
    try:
        yield ours
    finally:
        with suppress(TransientError):
            store.release(job_id, nobody)


def dead(workspace: Workspace, run: str | None) -> bool:
    """Whether the process of this run was on this machine and is dead."""
    try:
        with workspace.lock.open("rb") as lock:
            if not taken(lock):
                return False
            holder = _holder(lock)
            return holder is not None and holder.here and holder.run == run
    except FileNotFoundError:
        return False


def evict(workspace: Workspace) -> None:
    """Kills the process of this machine that holds the job's lock, if there is one, so that its worker is free."""
    with suppress(FileNotFoundError), workspace.lock.open("rb") as lock:
        if not taken(lock):
            _killed(_holder(lock))


def _release_dead(lock: BinaryIO, store: JobStore, job_id: str) -> None:
    """Ends the lease of a process that signed the lock's file and released it without ending its lease: it is dead."""
    before = _holder(lock)
    if before and before.here:
        store.release(job_id, before.run)
    _sign(lock, None)


def _killed(holder: Holder | None) -> bool:
    """Kills a process that holds a lock, with its children, if it is another process of this machine."""
    if not holder or not holder.here or holder.pid == os.getpid():
        return False
    log.warning("Process %d has lost its job and does not let go of it: it is killed", holder.pid)
    with suppress(ProcessLookupError):
        if os.getpgid(holder.pid) == holder.pid:
            os.killpg(holder.pid, signal.SIGKILL)
        else:
            os.kill(holder.pid, signal.SIGKILL)
    return True


def _holder(lock: BinaryIO) -> Holder | None:
    """Who signed the lock's file: while the lock is held, its holder."""
    lock.seek(0)
    parts = lock.read().decode(errors="replace").split("\n")
    return Holder(parts[0], parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdigit() else None


def _sign(lock: BinaryIO, holder: Holder | None) -> None:
    lock.truncate(0)
    if holder:
        with suppress(OSError):  # where a full disk has no room for it, the lease alone tells who is dead
            lock.write(f"{holder.run}\n{holder.host}\n{holder.pid}".encode())
