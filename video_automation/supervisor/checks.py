"""Checks before services start: the port is free; the data folder is writable, and no other instance uses it."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile

from video_automation.config import Settings
from video_automation.errors import SettingsError

_LOCK = ".lock"
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
"""What stands for "any address", and the address by which this machine then reaches it."""


def check_port(host: str, port: int) -> None:
    """Checks that we can listen on an address.

    Raises:
        SettingsError: another program listens there, or it is not an address of this machine.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"PORT: {port} is taken by another program: end that one, or choose another, such as PORT={port + 1}"
            ) from None
        raise SettingsError(f"HOST, PORT: cannot listen on {host}:{port}: {error.strerror}") from None


def check_folders(settings: Settings) -> None:
    """Creates the folders of the service, and checks that they are writable.

    Raises:
        SettingsError: one is not writable; the sentence names the setting.
    """
    below = (("data_folder", settings.work), ("input_folder", settings.input), ("output_folder", settings.output))
    for key, folder in (("data_folder", settings.data), *below):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # videos are not for other users of the machine
            with TemporaryFile(dir=folder):
                pass
        except OSError as error:
            remedy = "make it writable, or set DATA_FOLDER to a folder that is"
            raise SettingsError(f"{key}: {folder} cannot be written to: {error.strerror}: {remedy}") from None


@contextmanager
def sole_user(folder: Path) -> Iterator[None]:
    """Locks the data folder for the block: two Redis servers on the same files would destroy them.

    Raises:
        SettingsError: another instance has it.
    """
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(
                f"data_folder: another instance works in {folder}: end that one, or set DATA_FOLDER to another"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def user(folder: Path) -> int | None:
    """The process that uses the data folder; None if there is none."""
    try:
        with (folder / _LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return int((folder / _LOCK).read_text())
    return None


def page_address(host: str, port: int) -> str:
    """The address of the pages for a browser on this machine."""
    reachable = _ANY.get(host, host)
    return f"http://{f'[{reachable}]' if ':' in reachable else reachable}:{port}"


def web_answers(host: str, port: int) -> bool:
    """Whether the web server reports that it is alive."""
    connection = HTTPConnection(_ANY.get(host, host), port, timeout=1)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
