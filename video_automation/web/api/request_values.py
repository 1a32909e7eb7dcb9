"""Reads options from a request: from a form or a JSON object, up to a fixed size."""

import json
from typing import Final

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from video_automation.errors import RequestError, TooLargeError

_MOST_BYTES: Final = 100_000
"""The largest body with options, in bytes. All options together have about 2,000."""


def values(*, code: str) -> dict[str, str]:
    """The values of a form or of a JSON object, by name, as texts.

    Raises:
        RequestError: the body is neither; the error has this code.
        TooLargeError: the body has more than `_MOST_BYTES`.
    """
    request.max_content_length = _MOST_BYTES
    try:
        return _from_json(code) if request.is_json else dict(request.form)
    except RequestEntityTooLarge:
        raise TooLargeError(f"What is wished of a task may have at most {_MOST_BYTES // 1000} kB.") from None


def local_address(address: str) -> str:
    """An address on this service, to go on to; empty for any other."""
    path = address.isascii() and address.isprintable() and address.startswith("/") and "\\" not in address
    return address if path and not address.startswith("//") else ""


def _from_json(code: str) -> dict[str, str]:
    try:
        given = json.loads(request.get_data())
        if isinstance(given, dict) and all(isinstance(value, str | int | float | list) for value in given.values()):
            return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    except (ValueError, RecursionError):  # not JSON, or nested too deep
        pass
    raise RequestError("Send a form, or a JSON object of texts, numbers and switches.", code=code)
