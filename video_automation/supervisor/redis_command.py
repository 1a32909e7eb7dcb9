"""Sends one command to a Redis server: enough to check that it is there."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from redis import Connection, RedisError, SSLConnection
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, BusyLoadingError, InvalidResponse, ResponseError
from redis.retry import Retry

from video_automation.errors import SettingsError, TransientError

Reply = bytes | int | None | list["Reply"]
"""What a server answers: a text, a number, nothing, or several of these."""

_REMEDY = "REDIS_URL: it must look like redis://localhost:6379/0, or rediss:// for TLS"


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """The address of a Redis server, and our user and password there."""

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
    """The server answered with an error. The text is Redis' own."""


def redis_address(url: str) -> RedisAddress:
    """The address in a `redis://` or `rediss://` URL. redis-py itself ignores mistakes in it.

    Raises:
        SettingsError: it is not such a URL.
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
    """The server's answer to one command, sent once.

    Raises:
        TransientError: no server answers in time.
        SettingsError: no server can have such a name, or such a password.
        RefusedError: the server answers with an error, or is no Redis server.
    """
    connection = _connection(at, timeout_s)
    try:
        connection.connect()
        connection.send_command(*words)
        reply: Reply = connection.read_response()
    except UnicodeError:  # of the host's name, or of the password
        raise SettingsError("REDIS_URL: it holds characters that no host's name and no password can have") from None
    except InvalidResponse:
        raise RefusedError("it is no Redis server") from None
    except (AuthenticationError, BusyLoadingError, ResponseError) as error:
        raise RefusedError(f"{error.status_code or ''} {error}".strip()) from None
    except (RedisError, OSError, ValueError) as error:
        raise TransientError(f"Redis does not answer at {at}: {error}") from None
    finally:
        connection.disconnect()
    return reply


def _connection(at: RedisAddress, timeout_s: float) -> Any:
    """A connection without a greeting and without retries; redis-py has no types for it."""
    options: dict[str, Any] = {
        "host": at.host,
        "port": at.port,
        "db": at.database,
        "username": at.username,
        "password": at.password,
        "socket_timeout": timeout_s,
        "socket_connect_timeout": timeout_s,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        "driver_info": None,
    }
    if at.tls and not at.verified:
        options |= {"ssl_cert_reqs": "none", "ssl_check_hostname": False}
    kind: Any = SSLConnection if at.tls else Connection
    return kind(**options)
