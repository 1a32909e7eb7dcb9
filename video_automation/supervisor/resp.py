"""One command to a Redis server and its answer, over a plain socket: enough to ask whether it is there."""

import re
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

from video_automation.errors import SettingsError, TransientError

Reply = str | int | None | tuple["Reply", ...]
"""What a server answers: a text, a number, nothing, or several of these."""

_REMEDY = "REDIS_URL: it must look like redis://localhost:6379/0, or rediss:// for TLS"
_NUMBER = re.compile("-?[0-9]{1,18}")
_LONGEST_LINE, _LONGEST_TEXT, _MOST_PARTS, _DEEPEST = 65_536, 16_000_000, 100_000, 8
"""What is read of an answer at most, in bytes, in entries, in lists within lists."""


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where a Redis server is, and who we are to it."""

    host: str
    port: int = 6379
    database: int = 0
    username: str | None = None
    password: str | None = None
    tls: bool = False
    verified: bool = True
    """Whether the server's certificate is checked, where there is one."""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class RefusedError(Exception):
    """The server answered with an error; its text."""


def redis_address(url: str) -> RedisAddress:
    """The address a `redis://` or `rediss://` URL names.

    Raises:
        SettingsError: it is no such URL.
    """
    try:
        parts = urlsplit(url)
        port, database = parts.port or 6379, int(parts.path.strip("/") or 0)
    except ValueError:
        raise SettingsError(_REMEDY) from None
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise SettingsError(_REMEDY)
    return RedisAddress(
        host=parts.hostname,
        port=port,
        database=database,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=parts.scheme == "rediss",
        verified=not {"none", "CERT_NONE"} & set(parse_qs(parts.query).get("ssl_cert_reqs", ())),
    )


def send_command(at: RedisAddress, *words: str, timeout_s: float = 1.0) -> Reply:
    """The server's answer to one command.

    Raises:
        TransientError: nobody answers there, or not in time.
        SettingsError: no server can have such a name, or such a password.
        RefusedError: the server answers with an error, or is no Redis server.
    """
    try:
        with _connection(at, timeout_s) as stream:
            if at.password:
                _say(stream, "AUTH", *((at.username,) if at.username else ()), at.password)
                read_reply(stream)
            if at.database:
                _say(stream, "SELECT", str(at.database))
                read_reply(stream)
            _say(stream, *words)
            return read_reply(stream)
    except UnicodeError:  # of the host's name, or of the password
        raise SettingsError("REDIS_URL: it holds characters that no host's name and no password can have") from None
    except OSError as error:
        raise TransientError(f"Redis does not answer at {at}: {error}") from None


@contextmanager
def _connection(at: RedisAddress, timeout_s: float) -> Iterator[BinaryIO]:
    with socket.create_connection((at.host, at.port), timeout_s) as plain:
        if not at.tls:
            with plain.makefile("rwb") as stream:
                yield stream  # type: ignore[misc]  # a BufferedRWPair is what it is
            return
        context = ssl.create_default_context()
        if not at.verified:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(plain, server_hostname=at.host) as private, private.makefile("rwb") as stream:
            yield stream  # type: ignore[misc]


def _say(stream: BinaryIO, *words: str) -> None:
    parts = [word.encode() for word in words]
    stream.write(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
    stream.flush()


def read_reply(stream: BinaryIO, depth: int = 0) -> Reply:
    """The next answer in a stream.

    Raises:
        RefusedError: it is an error, or nothing Redis would say.
    """
    line = stream.readline(_LONGEST_LINE).rstrip(b"\r\n").decode(errors="replace")
    kind, rest = line[:1], line[1:]
    match kind:
        case "+":
            return rest
        case "-":
            raise RefusedError(rest)
        case ":":
            return _number(rest)
        case "$":
            size = _number(rest, most=_LONGEST_TEXT)
            return None if size < 0 else stream.read(size + 2)[:-2].decode(errors="replace")
        case "*" if depth < _DEEPEST:
            count = _number(rest, most=_MOST_PARTS)
            return None if count < 0 else tuple(read_reply(stream, depth + 1) for _ in range(count))
    raise RefusedError("it is no Redis server" if line else "it closed the connection")


def _number(text: str, *, most: int = sys.maxsize) -> int:
    """A number a server sends. Raises RefusedError where it is none, or above what is read of any answer."""
    if not _NUMBER.fullmatch(text) or int(text) > most:
        raise RefusedError("it is no Redis server, or says too much")
    return int(text)
