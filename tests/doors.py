"""The access rules of test services: open to everybody, or with three keys."""

from video_automation.access.keys import Key, Keyring, digest
from video_automation.access.quotas import UNBOUNDED, Quotas
from video_automation.access.repositories import Access, Rates
from video_automation.stores.memory_access import MemorySessions, MemoryThrottle

USUAL = Rates()
ANN, BOB, ADMIN = "ann-has-a-key-of-her-own", "bob-has-a-key-of-his-own!", "the-admin-has-one-as-well"
"""The secrets of three keys."""


def open_access() -> Access:
    """The access rules of a service without keys."""
    return Access(is_open=True, keys=Keyring, sessions=MemorySessions(), throttle=MemoryThrottle(), secret=b"secret")


def keyed_access(*, quotas: Quotas = UNBOUNDED, rates: Rates = USUAL) -> Access:
    """The access rules of a service with keys for Ann, Bob and an operator; Ann has these quotas."""
    keys = Keyring(
        (
            Key("ann", "ann", digest(ANN), quotas=quotas),
            Key("bob", "bob", digest(BOB)),
            Key("admin", "admin", digest(ADMIN), operator=True),
        )
    )
    return Access(False, lambda: keys, MemorySessions(), MemoryThrottle(), b"secret", rates)


def bearer(secret: str) -> dict[str, str]:
    """The header with a key."""
    return {"Authorization": f"Bearer {secret}"}
