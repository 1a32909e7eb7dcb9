"""Sessions of browsers that have signed in: random tokens in cookies, stored as hashes, renewed each day.

A cookie is `name.token`. The name, that of the one record of a session, stays: without the record no token opens anything.
"""

import secrets
from dataclasses import dataclass

from video_automation.access.keys import Key, digest
from video_automation.access.repositories import Access, Session

KEPT_S = 14 * 86_400
"""A session nobody uses for so long ends."""
_RENEWED_AFTER_S = 86_400
_OLD_FOR_S = 60
"""How long the token before still works: requests with it are under way when a new one is handed out."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Whose session it is, and the cookie that replaces theirs, if that is due."""

    key: Key
    new_cookie: str | None = None


def begin_session(access: Access, key: Key, now: float) -> str:
    """The cookie of a new session of this key."""
    name, token = _random(), _random()
    access.sessions.put(digest(name), Session(key.sha256, digest(token), now), for_s=KEPT_S)
    return f"{name}.{token}"


def entered(access: Access, cookie: str, now: float) -> Entered | None:
    """Who has this cookie; None if it is unknown, its session has ended, or its key is no longer valid."""
    name, _, token = cookie.partition(".")
    session = access.sessions.get(digest(name))
    key = access.keys().of(session.key) if session else None
    if session is None or key is None or not _has(session, digest(token), now):
        return None
    if now - session.since < _RENEWED_AFTER_S:
        return Entered(key)
    new = _random()
    renewed = Session(session.key, digest(new), now, before=session.token)
    if access.sessions.replace(digest(name), session, renewed, for_s=KEPT_S):
        return Entered(key, f"{name}.{new}")
    return Entered(key) if access.sessions.get(digest(name)) else None  # another request has renewed it just now, or ended it


def end_session(access: Access, cookie: str) -> None:
    """Ends the session of this cookie, if there is one, even if its token was renewed."""
    access.sessions.drop(digest(cookie.partition(".")[0]))


def _has(session: Session, token: str, now: float) -> bool:
    """Whether a session has the token with this hash, or had it until a moment ago."""
    is_now, was = (secrets.compare_digest(token, other) for other in (session.token, session.before))
    return is_now or (was and now - session.since < _OLD_FOR_S)


def _random() -> str:
    return secrets.token_urlsafe(32)
