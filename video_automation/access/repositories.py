"""Ports of access control: where sessions are stored, and where requests are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from video_automation.access.keys import Keyring


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has signed in: the hashes of its key and its token."""

    key: str
    token: str
    since: float
    """When it was given this token, in Unix seconds."""
    before: str = ""
    """The token it had until then."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A limit on how often something may be done: a burst, which refills within a minute."""

    a_minute: int


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates for one key and for one address."""

    uploads: Rate = Rate(60)
    requests: Rate = Rate(1200)
    failures: Rate = Rate(10)
    """Of one address to name a key."""
    sign_ins: Rate = Rate(30)
    """By a right key: each is a record that is kept for two weeks."""


class Sessions(Protocol):
    """Stores sessions by name. Every method raises TransientError where the store does not answer."""

    def put(self, name: str, session: Session, *, for_s: int) -> None:
        """Stores a session for so many seconds."""

    def replace(self, name: str, before: Session, session: Session, *, for_s: int) -> bool:
        """Replaces a session by another, for so many seconds; False if the first no longer exists."""

    def get(self, name: str) -> Session | None:
        """The session with this name, or None."""

    def drop(self, name: str) -> None:
        """Removes a session, if there is one."""


class Throttle(Protocol):
    """Counts requests by name. Every method raises TransientError where the store does not answer."""

    def take(self, names: tuple[str, ...], rate: Rate) -> float:
        """Counts one request for each of these and returns 0; or counts nothing and returns the seconds until it is allowed."""

    def trust(self, name: str) -> None:
        """Remembers this name for a month."""

    def trusted(self, name: str) -> bool:
        """Whether it is remembered."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use this service, and how often. `secret` signs share links; with `is_open` all callers are one owner."""

    is_open: bool
    keys: Callable[[], Keyring]
    sessions: Sessions
    throttle: Throttle
    secret: bytes
    rates: Rates = Rates()
