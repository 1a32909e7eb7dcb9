"""Signs webhooks as the Standard Webhooks specification has it: HMAC-SHA256 over id, time and body."""

import hmac
from base64 import b64decode, b64encode

PREFIX = "whsec_"
_FEWEST_BYTES, _MOST_BYTES = 24, 64


def signing_key(secret: str) -> bytes:
    """The bytes of a secret that is written as `whsec_` and base64.

    Raises:
        ValueError: it is none, or has not 24 to 64 bytes.
    """
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(PREFIX) or not _FEWEST_BYTES <= len(key) <= _MOST_BYTES:
        raise ValueError(f"a secret is {PREFIX} and then {_FEWEST_BYTES} to {_MOST_BYTES} random bytes in base64")
    return key


def signed_headers(secret: str, *, message_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """The three headers of a webhook that is sent at this time, in Unix seconds."""
    signature = hmac.digest(signing_key(secret), f"{message_id}.{at_s}.".encode() + body, "sha256")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
