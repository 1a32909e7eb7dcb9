"""Which tests are pure: functions and values, without a program, a service, a browser, a model, a worker or a video."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

UNIT = Path(__file__).parent / "unit"
FOLDERS = frozenset(UNIT / name for name in ("access", "analysis", "editing", "plan", "render"))
"""All tests in these are pure. A module elsewhere says so itself, by this line."""
LINE = "pytestmark = pytest.mark.pure\n"


def mark(items: list[pytest.Item]) -> None:
    """Each test of a pure folder has the mark."""
    for item in items:
        if item.path.parent in FOLDERS:
            item.add_marker(pytest.mark.pure)


@cache
def holds_any(path: Path) -> bool:
    """Whether a file or a folder has pure tests, told without importing it, which takes long where there are none."""
    if path.is_dir():
        return any(map(holds_any, path.glob("**/test_*.py")))
    return path.parent in FOLDERS or (path.suffix == ".py" and LINE in path.read_text())


@contextmanager
def held_to(item: pytest.Item) -> Iterator[None]:
    """While this runs, a pure test fails that starts a process or opens a socket."""
    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("pure"):
            patch.setattr(subprocess.Popen, "__init__", _refusing("starts a program"))
            patch.setattr(os, "fork", _refusing("starts a process"))
            patch.setattr(socket.socket, "__init__", _refusing("opens a socket"))
        yield


def _refusing(what: str) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail(f"This test is marked `pure`, and {what}")

    return refuse
