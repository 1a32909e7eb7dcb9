"""The service that other people's clients are tested against."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
import requests
from e2e.instance import PATIENCE_S

HERE = Path(__file__).parent
MB = 1 << 20


@dataclass(frozen=True)
class Service:
    """A service that accepts uploads, without a worker."""

    address: str
    data: Path

    def arrived(self, task: str) -> tuple[str, bytes]:
        """The name of a task, and the content of its recording."""
        task_id = task.rpartition("/")[2]
        answer = requests.get(f"{self.address}/task/{task_id}", timeout=PATIENCE_S)
        assert answer.status_code == 200, answer.text
        return answer.json()["filename"], (self.data / "input" / task_id / "source").read_bytes()


def missing(what: str) -> NoReturn:
    """Skips a test whose tool is not installed; fails it under CI, where every tool must be."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(what)
