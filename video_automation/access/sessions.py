"""Sessions of browsers that have signed in: random tokens in cookies, kept by their hashes, renewed each day."""

import secrets
from dataclasses import dataclass

from video_automation.access.keys import Key, digest
from video_automation.access.ports import Access, Session

KEPT_S = 14 * 86_400
"""A session nobody uses for so long ends."""
_RENEWED_AFTER_S = 86_400
_OLD_FOR_S = 60
"""How long the token before still works: requests with it are under way when a new one is handed out."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in by a session, and the token that takes the place of theirs, where it is time for that."""

    key: Key
    new_token: str | None = None


def begin(access: Access, key: Key, now: float) -> str:
    """A new session of this key, by its token."""
    token = secrets.token_urlsafe(32)
    access.sessions.put(digest(token), Session(key.sha256, now), for_s=KEPT_S)
    return token


def entered(access: Access, token: str, now: float) -> Entered | None:
    """Who has this token; None where it is nobody's, has ended, or its key opens nothing any more."""
    session = access.sessions.get(digest(token))
    key = access.keys().of(session.key) if session else None
    if session is None or key is None:
        return None
    if now - session.since < _RENEWED_AFTER_S:
        return Entered(key)
    if not access.sessions.replace(digest(token), Session(key.sha256, now), for_s=_OLD_FOR_S):
        return None  # it was ended just now: nothing takes its place
    return Entered(key, begin(access, key, now))


def end(access: Access, token: str) -> None:
    """Ends the session of this token, if there is one."""
    access.sessions.drop(digest(token))
