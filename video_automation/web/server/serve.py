"""Serves the web app with granian: two processes, each with one thread per request it handles at a time."""

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
"""Measured: two processes handle 2.4 times as many requests for a task's state a second as one, for 60 MB more memory."""
_STOP_S = 2
"""Seconds that running requests have to finish when the service stops."""
_HEAD_MS = 10_000
"""Milliseconds within which the head of a request must arrive; an idle connection is closed after the same time."""
_HEAD_BYTES = 48 << 10
"""Size of the read buffer: a head this large is accepted, one twice as large refused (431). With 16 KiB uploads took twice
as long."""
_CONNECTIONS_PER_THREAD = 4
_DESCRIPTORS = 1 << 16
_DESCRIPTORS_PER_THREAD = 3
"""Files a request opens; its connection comes on top."""


def run_server(host: str, port: int, threads: int) -> None:
    """Serves the app until SIGINT or SIGTERM.

    Raises:
        SettingsError: this machine does not have the address, or the port is taken.
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
    """Serves the app for development with Werkzeug's server, which restarts when code or a static file changes. No debugger."""
    watched = [str(path) for path in static_files.STATIC_FOLDER.rglob("*.*")]  # their addresses contain a hash of them
    run_simple(host, port, app(), use_reloader=True, extra_files=watched, threaded=True)


def _load(parent: int, port: int, target: str) -> Any:
    """Loads the app in a process that serves it, and makes that process end with its parent so that it frees the port."""
    die_with_parent(parent)
    slow_clients.watch(port)
    module, _, factory = target.partition(":")
    return getattr(import_module(module), factory)()


def _descriptors() -> int:
    """Raises the limit of open files to what the system allows, for this process and its children; gives the new limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def _free_address(host: str, port: int) -> str:
    """The numeric address of a host. Checks that its port is free, since granian would share it with another program."""
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
