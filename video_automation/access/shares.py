"""Share links: whoever has one can read one task, until it expires or is revoked."""

import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer


@dataclass(frozen=True, slots=True)
class Share:
    """The valid share link of a task; earlier ones open nothing. `until` is in Unix seconds."""

    id: str
    until: float


def new_share(now: float, *, for_s: float) -> Share:
    """A share link for so many seconds."""
    return Share(secrets.token_urlsafe(12), now + for_s)


def token(secret: bytes, job_id: str, share: Share) -> str:
    """The signed token of a share link: forged ones are recognised without reading the task."""
    return str(_signer(secret, job_id).dumps(share.id))


def is_ours(secret: bytes, job_id: str, given: str) -> bool:
    """Whether we made this token for this task."""
    return _read(secret, job_id, given) is not None


def opens(secret: bytes, job_id: str, given: str, share: Share | None, now: float) -> bool:
    """Whether this token opens a task whose share link is `share`."""
    named = _read(secret, job_id, given)
    return named is not None and share is not None and secrets.compare_digest(named, share.id) and now < share.until


def _read(secret: bytes, job_id: str, given: str) -> str | None:
    """The id of the share in a token."""
    try:
        return str(_signer(secret, job_id).loads(given))
    except BadSignature:
        return None


def _signer(secret: bytes, job_id: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"share of {job_id}")
