"""Uploads that are still arriving: a small file beside the received bytes is all that is known of one."""

from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import UnknownTaskError
from video_automation.jobs.locks import try_lock
from video_automation.jobs.uploads.disk_space import ROOM_PER_BYTE
from video_automation.jobs.workspace import ANNOUNCED, PARTIAL, Folders, Workspace
from video_automation.media.atomic_files import write_atomically
from video_automation.plan.params import Params

UNFINISHED_S = 86_400.0
"""How long an upload that broke off stays, once no more of it comes."""
_EXPECTED_S = 600.0
"""How long after its last byte an upload still has room kept for the rest: nobody may fill a disk by announcements alone."""


@dataclass(frozen=True, slots=True)
class PendingUpload:
    """An upload that was announced and is not yet a job."""

    id: str
    """Also that of the job it becomes."""
    owner: str
    filename: str
    length: int
    """Bytes it will have; of a form, those of its body, at most as many as a video may have; 0 where nobody said."""
    params: Params
    resumable: bool = True
    """Whether it comes piece by piece. One that does not, a form, has this note locked by its request: it is over with that."""
    webhook_url: str | None = None
    """Where the events of its job are sent."""


_UNFINISHED = TypeAdapter(PendingUpload)


def announce(workspace: Workspace, upload: PendingUpload) -> None:
    """Writes the file of a new upload."""
    workspace.upload.mkdir(parents=True)
    workspace.partial.touch()
    note = _UNFINISHED.dump_json(upload)
    if upload.resumable:
        write_atomically(note, workspace.announced)
    else:  # it is over with its process: no need to wait for the disk while hundreds may begin at once
        half = workspace.announced.with_suffix(".part")
        half.write_bytes(note)
        half.rename(workspace.announced)


def pending_upload(workspace: Workspace) -> PendingUpload:
    """What was written down of an upload that comes piece by piece.

    Raises:
        UnknownTaskError: there is none, or none any more.
    """
    try:
        upload: PendingUpload = _UNFINISHED.validate_json(workspace.announced.read_bytes())
    except (FileNotFoundError, ValidationError):
        raise unknown_upload() from None
    if not upload.resumable:
        raise unknown_upload()
    return upload


def arrived_bytes(workspace: Workspace) -> int:
    """The number of received bytes of an upload.

    Raises:
        UnknownTaskError: there is none, or none any more.
    """
    return _arrived(workspace)[0]


def arrived_at(workspace: Workspace) -> float:
    """When its last bytes came, in Unix seconds. Raises as `arrived_bytes`."""
    return _arrived(workspace)[1]


def promised_bytes(folders: Folders, now: float) -> int:
    """What uploads that are still arriving, and the work on them, will take on the disk beyond what they have taken."""
    promised = 0
    for file, upload in _all(folders):
        with suppress(FileNotFoundError):
            there = file.with_name(PARTIAL).stat()
            if now - there.st_mtime < _EXPECTED_S or not upload.resumable:
                promised += max(0, int(upload.length * ROOM_PER_BYTE) - there.st_size)
    return promised


def arriving_bytes(folders: Folders, owner: str, *, but: Container[str | None]) -> int:
    """The total size of an owner's uploads, without those of these ids, once they are complete."""
    arriving = 0
    for upload in announced_by(folders, owner):
        if upload.id not in but:
            with suppress(UnknownTaskError):
                arriving += max(upload.length, arrived_bytes(folders.of(upload.id)))
    return arriving


def announced_by(folders: Folders, owner: str) -> tuple[PendingUpload, ...]:
    """The pending uploads of an owner."""
    return tuple(upload for _, upload in _all(folders) if upload.owner == owner)


def unknown_upload() -> UnknownTaskError:
    """The error that says there is no such upload."""
    return UnknownTaskError("There is no such upload; it may have been cancelled, or have expired.", code="unknown_upload")


def _all(folders: Folders) -> Iterator[tuple[Path, PendingUpload]]:
    """All pending uploads, with their places."""
    for file in folders.input.glob(f"*/{ANNOUNCED}"):
        with suppress(FileNotFoundError, ValidationError):  # after a power cut the note of a form may be empty: it is over
            upload = _said(file)
            if upload.resumable or _is_locked(file):
                yield file, upload


def _is_locked(file: Path) -> bool:
    with try_lock(file) as ours:
        return not ours


@lru_cache(1 << 13)
def _said(file: Path) -> PendingUpload:
    """What was written down of an upload: nothing changes that, and each new one looks at all others."""
    upload: PendingUpload = _UNFINISHED.validate_json(file.read_bytes())
    return upload


def _arrived(workspace: Workspace) -> tuple[int, float]:
    """The bytes of an upload that are there, and when the last of them came."""
    with suppress(FileNotFoundError):
        status = workspace.partial.stat()
        return status.st_size, status.st_mtime
    if whole := workspace.storage.find(workspace.source):
        return whole.bytes, whole.written_at
    raise unknown_upload()
