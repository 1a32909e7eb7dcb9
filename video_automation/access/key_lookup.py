"""Finds the key of a secret, and limits guesses."""

from math import ceil

from video_automation.access.keys import Key, digest, is_guessable
from video_automation.access.repositories import Access
from video_automation.errors import KeyNeededError, TooManyRequestsError


def key_of(access: Access, secret: str, address: str) -> Key:
    """The key with the secret that a caller at this address sent.

    Whoever has named wrong keys too often is refused for a while. A key of ours is found even then: it cannot be guessed, and
    its user may sit behind the same address. One that somebody made up is looked for only where it has opened the service
    before, else a thousand words a second could be tried.

    Raises:
        KeyNeededError: there is no such key.
        TooManyRequestsError: too many wrong ones came from there.
    """
    failures, rate = f"failures:{address}", access.rates.failures
    pair = digest(f"{address} {secret}")
    counted = is_guessable(secret) and not access.throttle.trusted(pair)
    if counted:  # before it is looked for, so that of many sent at once no more are
        _check(access.throttle.take((failures,), rate))
    key = access.keys().opened_by(secret)
    if key is None:
        if not counted:
            _check(access.throttle.take((failures,), rate))
        raise KeyNeededError("This key does not open this service.", code="wrong_key")
    if is_guessable(secret):
        access.throttle.trust(pair)
    return key


def _check(wait_s: float) -> None:
    if wait_s:
        raise TooManyRequestsError("Too many wrong keys came from your address. Wait a while.", retry_after_s=ceil(wait_s))
