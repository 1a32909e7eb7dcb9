"""One command to a Redis server and its answer, over a plain socket: enough to ask whether it is there."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

from video_automation.errors import SettingsError, TransientError

Reply = str | int | None | tuple["Reply", ...]
"""What a server answers: a text, a number, nothing, or several of these."""


@dataclass(frozen=True, slots=True)
class Address:
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


def address(url: str) -> Address:
    """The address a `redis://` or `rediss://` URL names.

    Raises:
        SettingsError: it is no such URL.
    """
    try:
        parts = urlsplit(url)
        port, database = parts.port or 6379, int(parts.path.strip("/") or 0)
    except ValueError as error:
        raise SettingsError(f"REDIS_URL: {error}: it must look like redis://localhost:6379/0") from None
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise SettingsError("REDIS_URL: it must look like redis://localhost:6379/0, or rediss:// for TLS")
    return Address(
        host=parts.hostname,
        port=port,
        database=database,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=parts.scheme == "rediss",
        verified=not {"none", "CERT_NONE"} & set(parse_qs(parts.query).get("ssl_cert_reqs", ())),
    )


def call(at: Address, *words: str, timeout_s: float = 1.0) -> Reply:
    """The server's answer to one command.

    Raises:
        TransientError: nobody answers there, or not in time.
        RefusedError: the server answers with an error, or is no Redis server.
    """
    try:
        with _connection(at, timeout_s) as stream:
            if at.password:
                _say(stream, "AUTH", *((at.username,) if at.username else ()), at.password)
                _reply(stream)
            if at.database:
                _say(stream, "SELECT", str(at.database))
                _reply(stream)
            _say(stream, *words)
            return _reply(stream)
    except OSError as error:
        raise TransientError(f"Redis does not answer at {at}: {error}") from None


@contextmanager
def _connection(at: Address, timeout_s: float) -> Iterator[BinaryIO]:
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


def _reply(stream: BinaryIO) -> Reply:
    line = stream.readline(65_536).rstrip(b"\r\n").decode(errors="replace")
    kind, rest = line[:1], line[1:]
    match kind:
        case "+":
            return rest
        case "-":
            raise RefusedError(rest)
        case ":":
            return int(rest)
        case "$":
            return None if rest == "-1" else stream.read(int(rest) + 2)[:-2].decode(errors="replace")
        case "*":
            return None if rest == "-1" else tuple(_reply(stream) for _ in range(int(rest)))
    raise RefusedError("it is no Redis server" if line else "it closed the connection")
