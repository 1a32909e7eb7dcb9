"""The service that clients of other makers are tried on."""

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
    """A service that takes uploads; nobody works on them."""

    address: str
    data: Path

    def arrived(self, task: str) -> tuple[str, bytes]:
        """What a task is called, and its recording."""
        task_id = task.rpartition("/")[2]
        answer = requests.get(f"{self.address}/task/{task_id}", timeout=PATIENCE_S)
        assert answer.status_code == 200, answer.text
        return answer.json()["filename"], (self.data / "input" / task_id / "source").read_bytes()


def missing(what: str) -> NoReturn:
    """Skips a test whose tool is not here; under CI all of them are."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(what)
