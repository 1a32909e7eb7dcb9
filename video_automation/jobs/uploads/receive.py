"""Receives an upload into its job's folder: one copy, in constant memory, whole and durable or not at all."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from video_automation.access.quotas import Quotas
from video_automation.errors import NoSpaceError, QueueFullError, TooLargeError
from video_automation.jobs.lifecycle.cleanup import remove_all
from video_automation.jobs.locks import exclusive_lock, folder_held
from video_automation.jobs.policy.quota import admitted
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.uploads.disk_space import ROOM_PER_BYTE, free_bytes, full_disk_told
from video_automation.jobs.uploads.pending_uploads import PendingUpload, announce, promised_bytes
from video_automation.jobs.workspace import Workspace

_MB = 1_000_000


class Incoming:
    """An upload that is being written to disk."""

    def __init__(self, file: BinaryIO, folder: Path, rules: Rules) -> None:
        self._file, self._folder, self._rules = file, folder, rules
        self.received = 0

    def write(self, block: bytes | memoryview) -> None:
        """Writes the next block.

        Raises:
            TooLargeError: that makes it larger than allowed.
            NoSpaceError: other uploads, or one whose size nobody said, have left no more than the reserve.
        """
        self.received += len(block)
        check_size(self.received, self._rules.max_upload_bytes)
        if shutil.disk_usage(self._folder).free - len(block) < self._rules.reserve_bytes:  # some microseconds
            raise NoSpaceError
        left = memoryview(block)
        while left:  # a disk that is filling up takes the first part of a block and fails only at the next
            left = left[self._file.write(left) :]


def check_room(backend: Backend, declared_bytes: int | None) -> None:
    """Refuses an upload before its first byte if there is no room for it.

    Raises:
        TooLargeError: it is larger than allowed.
        NoSpaceError: the disk could not hold it and what is made of it.
        QueueFullError: too many tasks wait already.
    """
    rules, folders = backend.rules, backend.folders
    declared = declared_bytes or 0
    check_size(declared, rules.max_upload_bytes)
    needed = int(declared * ROOM_PER_BYTE) + rules.reserve_bytes
    free = max(0, free_bytes(folders) - promised_bytes(folders, time.time()))
    if free < needed:
        sentence = f"There is no room for it: {needed // _MB:,} MB are needed, {free // _MB:,} MB are free."
        raise NoSpaceError(f"{sentence} Clean up finished tasks, or make room, then try again.")
    check_queue(backend)


def check_queue(backend: Backend) -> None:
    """Refuses a task while the queue is full.

    Raises:
        QueueFullError: too many tasks wait already.
    """
    most = backend.rules.max_queue
    if backend.store.waiting() >= most:
        raise QueueFullError(f"As many tasks are waiting as may: {most}. Try again in a while.", retry_after_s=60)


@contextmanager
def noted(backend: Backend, upload: PendingUpload) -> Iterator[None]:
    """Writes down an upload there is room for; between looking and the end of the block nobody else looks.

    Raises: as `check_room`.
    """
    backend.folders.input.mkdir(parents=True, exist_ok=True)
    with folder_held(backend.folders.input):
        check_room(backend, upload.length)
        announce(backend.folders.of(upload.id), upload)
        yield


@contextmanager
def expecting(backend: Backend, upload: PendingUpload, quotas: Quotas) -> Iterator[None]:
    """Has room kept for a form, of the disk and of what its owner may hold, while it becomes a job in the block.

    Raises: as `check_room` and `admitted`.
    """
    workspace = backend.folders.of(upload.id)
    with full_disk_told(), ExitStack() as under_way:
        try:
            with admitted(backend, upload.owner, quotas, upload.length), noted(backend, upload):
                under_way.enter_context(exclusive_lock(under_way.enter_context(workspace.announced.open("rb"))))
            yield
        except BaseException:
            remove_all(workspace)
            raise
        workspace.announced.unlink(missing_ok=True)


@contextmanager
def receiving(backend: Backend, job_id: str) -> Iterator[Incoming]:
    """Takes what is written in the block as the job's source; if the block is left with an error, nothing remains of it.

    Raises:
        TooLargeError: it is larger than allowed.
        NoSpaceError: the disk is full.
    """
    workspace = backend.folders.of(job_id)
    with full_disk_told():
        workspace.upload.mkdir(parents=True, exist_ok=True)
        try:
            with workspace.partial.open("wb") as file:
                yield Incoming(file, workspace.upload, backend.rules)
            settle(workspace)
        except BaseException:
            remove_all(workspace)
            raise


def settle(workspace: Workspace) -> None:
    """Makes what has been received the job's source, whole and durable."""
    workspace.lock.touch()  # a disk that is full later must not keep anybody from taking it
    workspace.storage.put(workspace.partial, workspace.source)


def check_size(size: int, most: int) -> None:
    """Refuses an upload of more bytes than one may have. Raises TooLargeError."""
    if size > most:
        raise TooLargeError(
            f"The file is larger than the {most // _MB:,} MB that are allowed. Compress it, or upload it in parts."
        )
