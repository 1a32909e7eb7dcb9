"""What deciding who may do what needs from outside: where sessions are kept, and where requests are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from video_automation.access.keys import Keyring


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has signed in: by which key, with which token, both by their hashes."""

    key: str
    token: str
    since: float
    """When it was given this token, in Unix seconds."""
    before: str = ""
    """The token it had until then."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something may be done: so many times at once, and as many again in a minute."""

    a_minute: int


@dataclass(frozen=True, slots=True)
class Rates:
    """How often one key, and one address, may do what."""

    uploads: Rate = Rate(60)
    requests: Rate = Rate(1200)
    failures: Rate = Rate(10)
    """Of one address to name a key."""
    sign_ins: Rate = Rate(30)
    """By a right key: each is a record that is kept for two weeks."""


class Sessions(Protocol):
    """Keeps sessions under names. Every method raises TransientError where the place does not answer."""

    def put(self, name: str, session: Session, *, for_s: int) -> None:
        """Keeps a session for so many seconds."""

    def replace(self, name: str, before: Session, session: Session, *, for_s: int) -> bool:
        """Keeps another in the place of this one, for so many seconds; False where this one is not there any more."""

    def get(self, name: str) -> Session | None:
        """The session of this name; None where there is none."""

    def drop(self, name: str) -> None:
        """Forgets a session, if there is one."""


class Throttle(Protocol):
    """Counts what is done, by names. Every method raises TransientError where the place does not answer."""

    def take(self, names: tuple[str, ...], rate: Rate) -> float:
        """Counts one more of all of these, and gives 0; or counts nothing, and gives in how many seconds it may be done."""

    def trust(self, name: str) -> None:
        """Remembers this name for a month."""

    def trusted(self, name: str) -> bool:
        """Whether it is remembered."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use this service, and how often. `secret` signs share links; `is_open` has everybody come in as one owner."""

    is_open: bool
    keys: Callable[[], Keyring]
    sessions: Sessions
    throttle: Throttle
    secret: bytes
    rates: Rates = Rates()
