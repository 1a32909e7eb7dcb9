"""Serves the web app by granian: two processes, each with as many threads as it serves requests at a time."""

import os
import resource
import socket
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from werkzeug.serving import run_simple

from video_automation.errors import SettingsError
from video_automation.media.sandbox import die_with_parent
from video_automation.web.security import slow_clients
from video_automation.web.server import static_files

_APP = "video_automation.bootstrap:web_app"
_PROCESSES = 2
"""Two interpreters told of a task 2.4 times as often a second as one, for 60 MB more."""
_STOP_S = 2
"""Seconds that requests under way have to end when the service stops."""
_HEAD_MS = 10_000
"""Until a request's head must be there; a connection without a request is closed after as long."""
_HEAD_BYTES = 48 << 10
"""One of twice as much is refused (431), one of as much never. Blocks are as large: with 16 KiB uploads were half as fast."""
_CONNECTIONS_PER_THREAD = 4
_DESCRIPTORS = 1 << 16
_DESCRIPTORS_PER_THREAD = 3
"""A request's own files; its connection comes on top."""


def run_server(host: str, port: int, threads: int) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises:
        SettingsError: the address does not exist, or the port is taken.
    """
    most = _CONNECTIONS_PER_THREAD * threads
    server = Granian(
        _APP,
        address=_free_address(host, port),
        port=port,
        interface=Interfaces.WSGI,
        workers=_PROCESSES,
        http=HTTPModes.http1,
        blocking_threads=threads,
        backpressure=max(threads, min(most, _descriptors() - _DESCRIPTORS_PER_THREAD * threads)),
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_MS, max_buffer_size=_HEAD_BYTES),
        workers_kill_timeout=_STOP_S,
        log_level=LogLevels.error,
        log_dictconfig={"loggers": {"_granian": {"propagate": True}}},
    )
    server.serve(target_loader=partial(_load, os.getpid(), port))


def serve_reloading(app: Callable[[], Flask], host: str, port: int) -> None:
    """Serves for development, by Werkzeug's own server: it starts anew whenever code or a static file changes. No debugger."""
    watched = [str(path) for path in static_files.STATIC_FOLDER.rglob("*.*")]  # their addresses change with them
    run_simple(host, port, app(), use_reloader=True, extra_files=watched, threaded=True)


def _load(parent: int, port: int, target: str) -> Any:
    """The app, in the process that serves it: which must not keep the port when its parent is killed."""
    die_with_parent(parent)
    slow_clients.watch(port)
    module, _, factory = target.partition(":")
    return getattr(import_module(module), factory)()


def _descriptors() -> int:
    """How many files and connections this process and its children may have open: from now on all that the system allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def _free_address(host: str, port: int) -> str:
    """The numeric address of a host, at which nobody listens yet: granian itself would share the port with whoever does."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise SettingsError(f"HOST: {host!r} is no address of this machine: {error.strerror}") from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            raise SettingsError(
                f"PORT: cannot listen on {host}, port {port}: {error.strerror}. Set PORT to another one."
            ) from None
    return str(place[0])
