"""Keys that open the service. Only their hashes are stored.

A key of our making has 256 random bits: nobody guesses it, so a plain SHA-256 keeps it safe where a password would need a slow
hash (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html is about secrets people choose).
"""

import hashlib
import re
import secrets
from dataclasses import dataclass

from video_automation.access.quotas import UNBOUNDED, Quotas

LOCAL_OWNER = "local"
"""Whose tasks all are where everybody comes in as one."""
SHORTEST_SAFE = 20
"""Characters below which a key may be a word somebody thought of."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret: its name, the owner whose tasks it opens, and whether it opens everybody's."""

    name: str
    owner: str
    sha256: str
    operator: bool = False
    quotas: Quotas = UNBOUNDED


@dataclass(frozen=True, slots=True)
class Keyring:
    """All valid keys."""

    keys: tuple[Key, ...] = ()

    def opened_by(self, secret: str) -> Key | None:
        """The key with this secret."""
        return self.of(digest(secret))

    def of(self, sha256: str) -> Key | None:
        """The key whose secret has this hash."""
        return next((key for key in self.keys if secrets.compare_digest(key.sha256, sha256)), None)


def new_secret() -> str:
    """A random secret."""
    return f"va_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """The stored hash of a secret."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def is_guessable(secret: str) -> bool:
    """Whether a secret is so short that a person may have chosen it."""
    return len(secret) < SHORTEST_SAFE


def is_name(text: str) -> bool:
    """Whether this is a valid name of a key or an owner: letters, digits, dots, dashes, underscores."""
    return _NAME.fullmatch(text) is not None


def key_from_text(text: str) -> Key:
    """The key that an operator gave as `name:secret`, or as a secret alone, whose name is then made from its hash.

    Raises:
        ValueError: it cannot be a key. The error's text does not contain the secret.
    """
    name, colon, secret = text.strip().partition(":")
    if not colon:
        name, secret = f"key-{digest(name)[:8]}", name
    if not is_name(name):
        raise ValueError("a key is written as name:secret; its name has letters, digits, dots, dashes and underscores")
    if not secret.isascii() or not secret.isprintable() or not secret or " " in secret:
        raise ValueError(f"the secret of the key {name!r} must be printable ASCII without spaces")
    return Key(name, name, digest(secret))
