"""Marks the pure tests: those of functions and values, without a program, service, browser, model, worker or video."""

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
    """Makes a pure test fail if it starts a process or opens a socket while the block runs."""
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
