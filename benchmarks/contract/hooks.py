"""Gives schemathesis what it cannot guess: videos, and the ids of existing tasks."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
import schemathesis
from hypothesis import strategies as st

from benchmarks.service import bearer

_SERVICE = os.environ["CONTRACT_SERVICE"]
_KEY = bearer(os.environ["CONTRACT_KEY"])
_VIDEO = Path(os.environ["CONTRACT_VIDEO"]).read_bytes()

_CAPTIONS = b"WEBVTT\n\n00:00.500 --> 00:01.500\nOther words.\n"

schemathesis.openapi.format("binary", st.sampled_from((_VIDEO, _VIDEO[: len(_VIDEO) // 2], b"no video")))
schemathesis.openapi.media_type("application/offset+octet-stream", st.sampled_from((_VIDEO, _VIDEO[:1000], b"")))
schemathesis.openapi.media_type("text/vtt", st.sampled_from((_CAPTIONS, b"no captions", b"\xff")))


@schemathesis.hook
def flatmap_path_parameters(_: object, given: dict[str, Any] | None) -> st.SearchStrategy[dict[str, Any] | None]:
    """Makes half of the requests name an existing task, and a file or clip of it if it is done."""
    if not given or not _is_id(given.get("job_id")):
        return st.just(given)
    there = st.builds(_there, st.integers(0, 9), st.integers(0, 20))
    return st.one_of(st.just(given), there.map(lambda found: given | found))


def _is_id(value: object) -> bool:
    """Whether a value could be a task's id; values that are wrong on purpose stay as they are."""
    try:
        return str(UUID(str(value))) == value
    except ValueError:
        return False


def _there(number: int, file: int) -> dict[str, str]:
    """The id of one of the latest tasks, and the name of a file or a clip of it; empty if there are fewer."""
    tasks = requests.get(f"{_SERVICE}/tasks?start={number}&count=1", headers=_KEY, timeout=60).json()["tasks"]
    if not tasks:
        return {}
    told = requests.get(f"{_SERVICE}/task/{tasks[0]['task_id']}", headers=_KEY, timeout=60).json()
    names = [one["name"] for one in (*told.get("artifacts", ()), *told.get("clips", ()))]
    return {"job_id": told["task_id"]} | ({"name": names[file % len(names)]} if names else {})
