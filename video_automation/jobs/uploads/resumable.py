"""Uploads that arrive in pieces: begun, received, and made jobs once their last byte is there.

All that is known of it lies in its folder, and how much has arrived is the size of the file there: whatever ends this process,
at whatever moment, the next one goes on from what was received.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import new
from typing import BinaryIO
from uuid import uuid4

from video_automation.access.quotas import Quotas
from video_automation.errors import (
    ChecksumError,
    InputError,
    LockedError,
    StateError,
    TooLargeError,
    TooManyRequestsError,
    UnknownTaskError,
    UnsupportedError,
)
from video_automation.jobs.lifecycle.cleanup import remove_all
from video_automation.jobs.lifecycle.submit import hand_over, new_job
from video_automation.jobs.locks import exclusive_lock, taken, try_lock
from video_automation.jobs.model import Job
from video_automation.jobs.policy.job_params import Wishes
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.jobs.uploads.first_bytes import as_video
from video_automation.jobs.uploads.pending_uploads import PendingUpload, announced_by, arrived_at, arrived_bytes, unknown_upload
from video_automation.jobs.uploads.receive import Incoming, check_queue, noted, settle
from video_automation.jobs.workspace import Workspace

ALGORITHMS = ("sha1", "sha256")
"""The checksums a piece can come with."""
SILENT_S = 10.0
"""After so long without a byte a request has most likely lost its connection without a word, and another may go on."""
_BLOCK = 1 << 18
MOST_UNFINISHED = 100
"""Uploads one owner may have begun: each is looked at when another begins."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """The expected checksum of a piece, by one of `ALGORITHMS`."""

    algorithm: str
    digest: bytes


def begin_upload(backend: Backend, *, owner: str, filename: str, wishes: Wishes, length: int) -> PendingUpload:
    """Begins an upload of so many bytes.

    Raises:
        TooManyRequestsError: its owner has begun too many that they have not finished.
        Others as `check_room`.
    """
    if sum(upload.resumable for upload in announced_by(backend.folders, owner)) >= MOST_UNFINISHED:
        sentence = f"{MOST_UNFINISHED} uploads of yours are unfinished. Finish or cancel some; those left alone go in a day."
        raise TooManyRequestsError(sentence, code="too_many_unfinished", retry_after_s=60)
    upload = PendingUpload(str(uuid4()), owner, filename, length, wishes.params, webhook_url=wishes.webhook_url)
    with full_disk_told():
        try:
            with noted(backend, upload):
                return upload
        except BaseException:
            remove_upload(backend, upload.id)
            raise


def receive(
    backend: Backend, upload: PendingUpload, blocks: Iterable[bytes], *, offset: int, checksum: Checksum | None = None
) -> None:
    """Appends a piece at this offset; after an error, the bytes before it stay.

    Raises:
        StateError: the upload has another number of bytes, or another request goes on with it meanwhile.
        LockedError: another request brings a piece just now.
        ChecksumError: the piece is not what was sent; then nothing of it stays.
        TooLargeError: that makes it longer than was announced.
        UnsupportedError: it begins as no video does; then nothing of the upload remains.
        NoSpaceError: the disk is full.
        UnknownTaskError: it has been ended meanwhile.
    """
    try:
        _receive(backend, upload, blocks, offset=offset, checksum=checksum)
    except UnsupportedError:
        remove_upload(backend, upload.id)
        raise


def _receive(
    backend: Backend, upload: PendingUpload, blocks: Iterable[bytes], *, offset: int, checksum: Checksum | None
) -> None:
    workspace = backend.folders.of(upload.id)
    with full_disk_told(), _gone_told(), _sole_sender(workspace) as turn:
        _check_offset(workspace, offset)
        fitting = _at_most(upload.length - offset, blocks)
        if offset == upload.length:
            next(fitting, None)  # only to refuse what is too much
        else:
            piece = _verified(backend, workspace, fitting, checksum, turn) if checksum else fitting
            _append(backend, workspace, piece if offset else as_video(piece))


def finish_upload(backend: Backend, upload: PendingUpload, quotas: Quotas, *, patience_s: float | None = None) -> Job:
    """Makes a complete upload a job; called twice, it returns the same job. Waits as `hand_over`.

    Raises:
        InputError: it is nothing we can use; then nothing of it remains.
        LockedError: another request is at this just now.
        QueueFullError, QuotaError, NoSpaceError, TransientError: not now; it stays as it is.
        UnknownTaskError: it has been ended meanwhile.
    """
    workspace = backend.folders.of(upload.id)
    with _decided_alone(workspace):
        try:
            job = backend.store.get(upload.id)
        except UnknownTaskError:
            job = _handed_over(backend, upload, quotas, patience_s)
        workspace.announced.unlink(missing_ok=True)
    return job


def cancel_upload(backend: Backend, job_id: str) -> None:
    """Cancels an upload and removes it.

    Raises:
        StateError: it has become a task already.
        LockedError: it is just becoming one.
    """
    with _decided_alone(backend.folders.of(job_id)):
        try:
            backend.store.get(job_id)
        except UnknownTaskError:
            remove_upload(backend, job_id)
            return
    raise StateError("This upload is complete and has become a task: cancel that.", code="done")


def remove_upload(backend: Backend, job_id: str) -> None:
    """Removes an upload."""
    remove_all(backend.folders.of(job_id))


def _handed_over(backend: Backend, upload: PendingUpload, quotas: Quotas, patience_s: float | None) -> Job:
    check_queue(backend)
    workspace = backend.folders.of(upload.id)
    _check_offset(workspace, upload.length)
    if workspace.partial.exists():  # else a process that handed it over before was cut off at that
        with full_disk_told():
            settle(workspace)
    job = new_job(
        filename=upload.filename,
        owner=upload.owner,
        params=upload.params,
        quotas=quotas,
        job_id=upload.id,
        webhook_url=upload.webhook_url,
    )
    try:
        return hand_over(backend, job, quotas, patience_s=patience_s)
    except InputError:
        remove_upload(backend, upload.id)
        raise
    except BaseException:
        workspace.storage.remove(workspace.record)  # with it, this would be a job to restore
        raise


def _append(backend: Backend, workspace: Workspace, blocks: Iterable[bytes]) -> None:
    with workspace.partial.open("r+b", buffering=0) as file:
        file.seek(0, os.SEEK_END)
        incoming = Incoming(file, workspace.upload, backend.rules)
        try:
            for block in blocks:
                with exclusive_lock(file):
                    _check_offset(workspace, file.tell())
                    incoming.write(block)
        finally:
            os.fsync(file.fileno())  # what we say has arrived stays, also when the machine goes down


def _verified(
    backend: Backend, workspace: Workspace, blocks: Iterable[bytes], checksum: Checksum, turn: BinaryIO
) -> Iterator[bytes]:
    """The blocks of a piece, once all of them have come and are what was sent."""
    found = new(checksum.algorithm, usedforsecurity=False)
    incoming = Incoming(turn, workspace.upload, backend.rules)
    for block in blocks:
        _keep(turn, workspace)
        found.update(block)
        incoming.write(block)
    if found.digest() != checksum.digest or os.fstat(turn.fileno()).st_size != incoming.received:
        raise ChecksumError("This piece arrived damaged: its checksum is another. Send it again.")
    turn.seek(0)
    while block := turn.read(_BLOCK):
        yield block


def _at_most(size: int, blocks: Iterable[bytes]) -> Iterator[bytes]:
    for block in blocks:
        size -= len(block)
        if size < 0:
            raise TooLargeError("More was sent than the upload was announced with.", code="longer_than_announced")
        yield block


def _check_offset(workspace: Workspace, offset: int) -> None:
    there = arrived_bytes(workspace)
    if there != offset:
        raise StateError(f"{there} bytes of this upload are there: go on from that offset.", code="wrong_offset")


@contextmanager
def _gone_told() -> Iterator[None]:
    """Turns the error of an upload whose folder disappears in the block into ours."""
    try:
        yield
    except FileNotFoundError:
        raise unknown_upload() from None


@contextmanager
def _sole_sender(workspace: Workspace) -> Iterator[BinaryIO]:
    """Keeps others from sending the same upload in the block, but for those to whom it seems dead; gives room for its piece.

    A connection that was lost without a word holds its request for minutes, but no more room. Should it wake up, it finds
    another offset.
    """
    if time.time() - arrived_at(workspace) > SILENT_S:
        with suppress(FileNotFoundError):
            os.truncate(workspace.sending, 0)
            workspace.sending.unlink()
    with workspace.sending.open("a+b", buffering=0) as lock:
        if not taken(lock):
            raise LockedError("Another request is sending this upload. Ask again in a moment.", retry_after_s=2)
        lock.truncate(0)  # what a process that died has left
        try:
            yield lock
        finally:
            lock.truncate(0)


def _keep(turn: BinaryIO, workspace: Workspace) -> None:
    """Shows that a sender is not silent, though none of its bytes are seen. Raises LockedError where another has its turn."""
    os.utime(workspace.partial)
    if not os.fstat(turn.fileno()).st_nlink:
        raise LockedError("Another request is sending this upload by now.", retry_after_s=2)


@contextmanager
def _decided_alone(workspace: Workspace) -> Iterator[None]:
    """Keeps others from completing or cancelling the same upload in the block."""
    with try_lock(workspace.announced) as ours:
        if not ours:
            raise LockedError("The video is being looked at. Ask again in a moment.", retry_after_s=2)
        yield
