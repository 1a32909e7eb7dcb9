"""Marks the pure tests: those of functions and values, without a program, service, browser, model, worker or video."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

UNIT = Path(__file__).parent / "unit"
FOLDERS = frozenset(UNIT / name for name in ("access", "analysis", "editing", "plan", "render"))
"""The folders whose tests are all pure. A pure module elsewhere has this line."""
LINE = "pytestmark = pytest.mark.pure\n"


def mark(items: list[pytest.Item]) -> None:
    """Adds the marker to each test of a pure folder."""
    for item in items:
        if item.path.parent in FOLDERS:
            item.add_marker(pytest.mark.pure)


@cache
def holds_any(path: Path) -> bool:
    """Whether a file or folder has pure tests; does not import it, since that may take long."""
    if path.is_dir():
        return any(map(holds_any, path.glob("**/test_*.py")))
    return path.parent in FOLDERS or (path.suffix == ".py" and LINE in path.read_text())


@contextmanager
def held_to(item: pytest.Item) -> Iterator[None]:
    """Makes a pure test fail if it starts a process or opens a socket while the block runs.

    A thread that an earlier test left behind, as a health check of a service does, is not this test: it goes on.
    """
    others = frozenset(threading.enumerate()) - {threading.current_thread()}
    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("pure"):
            for owner, name, what in _REFUSED:
                patch.setattr(owner, name, _refusing(what, getattr(owner, name), others))
        yield


_REFUSED = (
    (subprocess.Popen, "__init__", "starts a program"),
    (os, "fork", "starts a process"),
    (socket.socket, "__init__", "opens a socket"),
)


def _refusing(what: str, act: Callable[..., Any], others: Container[threading.Thread]) -> Callable[..., Any]:
    def refuse(*args: object, **named: object) -> Any:
        if threading.current_thread() in others:
            return act(*args, **named)
        pytest.fail(f"This test is marked `pure`, and {what}")

    return refuse
