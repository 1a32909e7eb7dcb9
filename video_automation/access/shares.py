"""Share links: each shows the result of one task to whoever has it, until it ends or is turned off."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

DownloadName = Literal["video", "clips", "captions"]
DOWNLOAD_NAMES: tuple[DownloadName, ...] = ("video", "clips", "captions")
"""What guests may be offered to download."""
USUAL_DOWNLOADS: tuple[DownloadName, ...] = ("video", "clips")
_NAME_BYTES, _ID_BYTES, _SEAL_BYTES = 12, 16, 16


@dataclass(frozen=True, slots=True)
class Share:
    """The valid share link of a task; earlier ones open nothing. `until` is in Unix seconds."""

    id: str
    until: float
    downloads: tuple[DownloadName, ...] = USUAL_DOWNLOADS
    """What guests are offered to download."""
    password: str = ""
    """The hash of its password, as `passwords.password_hash` gives it; empty where it needs none."""


@dataclass(frozen=True, slots=True)
class ShareAddress:
    """What the token of a link says: whose result it shows, and for which of the task's share links it was made."""

    job_id: str
    name: bytes

    def opens(self, share: Share | None, now: float) -> bool:
        """Whether this is the link of a task that is in force, the one of `share`."""
        return share is not None and secrets.compare_digest(self.name, _name(share.id)) and now < share.until


def new_share(now: float, *, for_s: float, downloads: tuple[DownloadName, ...] = USUAL_DOWNLOADS, password: str = "") -> Share:
    """A share link for so many seconds; `password` is the hash of one, empty where none is needed."""
    return Share(secrets.token_urlsafe(12), now + for_s, downloads, password)


def token(secret: bytes, job_id: str, share_id: str) -> str:
    """What the address of a share link carries. Only we can make one, and only we can read the task's id in it."""
    name = _name(share_id)
    hidden = _masked(secret, name, UUID(job_id).bytes)
    return urlsafe_b64encode(name + hidden + _seal(secret, name + hidden)).rstrip(b"=").decode()


def address(secret: bytes, given: str) -> ShareAddress | None:
    """What a token says; None where we have not made it."""
    try:
        read = urlsafe_b64decode(given + "=" * (-len(given) % 4))
    except (ValueError, Error):
        return None
    name, hidden, seal = read[:_NAME_BYTES], read[_NAME_BYTES:-_SEAL_BYTES], read[-_SEAL_BYTES:]
    if len(hidden) != _ID_BYTES or not secrets.compare_digest(seal, _seal(secret, name + hidden)):
        return None
    return ShareAddress(str(UUID(bytes=_masked(secret, name, hidden))), name)


def former_token(secret: bytes, job_id: str, given: str) -> str | None:
    """The token of today for one of the version before, which stood in addresses with the task's id; None where it is none."""
    try:
        return token(secret, job_id, str(URLSafeSerializer(secret, salt=f"share of {job_id}").loads(given)))
    except (BadSignature, ValueError):
        return None


def password_pass(secret: bytes, share: Share) -> str:
    """What a browser keeps once it has sent the right password of a share link: it opens this link, with this password."""
    return blake2b(f"{share.id} {share.password}".encode(), digest_size=32, key=secret, person=b"share password").hexdigest()


def _name(share_id: str) -> bytes:
    return blake2b(share_id.encode(), digest_size=_NAME_BYTES).digest()


def _masked(secret: bytes, name: bytes, job_id: bytes) -> bytes:
    """A task's id made unreadable, or readable again: a stream cipher whose key stream no other share link has."""
    stream = blake2b(name, digest_size=_ID_BYTES, key=secret, person=b"share task").digest()
    return bytes(a ^ b for a, b in zip(job_id, stream, strict=True))


def _seal(secret: bytes, content: bytes) -> bytes:
    return blake2b(content, digest_size=_SEAL_BYTES, key=secret, person=b"share seal").digest()
