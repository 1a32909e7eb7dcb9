"""Passwords that people choose: kept by a slow hash with a salt of its own, so that who reads a record cannot guess them.

The cost is one of those of https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: 16 MiB each time.
"""

import hashlib
import secrets

_COST, _BLOCK, _PASSES = 1 << 14, 8, 5
_SALT_BYTES = 16


def password_hash(password: str) -> str:
    """What a password is kept as: its salt and its hash. Takes some 0.2 s, as each guess would."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def password_matches(password: str, kept: str) -> bool:
    """Whether this is the password that is kept so."""
    salt, _, known = kept.partition(":")
    return secrets.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(known))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(errors="surrogatepass"), salt=salt, n=_COST, r=_BLOCK, p=_PASSES, maxmem=1 << 26)
