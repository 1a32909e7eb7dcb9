"""Cancels tasks at random moments: each time a running one and a waiting one."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import requests

from benchmarks.chaos.processes import processes
from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note, within
from benchmarks.chaos.service import Service, soon
from benchmarks.chaos.tasks import Moment, ended, moment, upload
from benchmarks.chaos.undisturbed import OPTIONS, undisturbed

_GONE_WITHIN_S = 2.0
_PATIENCE_S = 10.0
_KEPT = {"input": {"source", "job.json", "lock", "plan"}, "output": {"task.log"}, "work": set[str]()}
"""The files of a cancelled task that may stay until it is cleaned up."""
_DECISIONS = re.compile(r"(decided|history)-[\w-]+\.json|peaks\.json")
"""The files that may be in the folder of its plan."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The seconds until the programs of a task were gone, its state then, the files that should have been removed."""

    seconds: float
    right: bool
    left: tuple[str, ...]


def cancels(trial: Trial) -> Iterator[Row]:
    """Cancels pairs of tasks, in which the second waits for the first."""
    known, chance, found = undisturbed(trial.folder), trial.chance, list[Cancelled]()
    with Service(trial.folder / "cancels") as service, ThreadPoolExecutor(2) as pool:
        for _ in range(trial.count // 2):
            pair = [chance.choice(known) for _ in range(2)]
            tasks = [upload(service.address, one.video, **OPTIONS) for one in pair]
            moments = [moment(chance), chance.choice((moment(chance), Moment(0, chance.random())))]
            found += pool.map(lambda task, when: _cancelled(service, task, when), tasks, moments)
    yield within("cancelled, its programs are gone", tuple(one.seconds for one in found), _GONE_WITHIN_S)
    yield all_of("right answers", sum(one.right for one in found), len(found))
    yield none_of("files left behind", tuple(name for one in found for name in one.left))


def _cancelled(service: Service, task: str, when: Moment) -> Cancelled:
    when.wait(service.address, task)
    asked = time.monotonic()
    answer = requests.post(f"{service.address}/task/{task}/cancel", timeout=10)
    soon(lambda: not any(process.touches(task) for process in processes()), _PATIENCE_S)
    seconds = time.monotonic() - asked
    state = ended(service.address, task)["state"]
    right = (answer.status_code, state) in ((202, "REVOKED"), (409, "SUCCESS"))
    if state == "REVOKED":
        soon(lambda: not _left(service.data, task), _PATIENCE_S)
    left = _left(service.data, task) if state == "REVOKED" else ()
    note(f"cancelled {task} at {when}: {answer.status_code}, {state}, gone in {seconds:.2f} s, left {left}")
    return Cancelled(seconds, right, left)


def _left(data: Path, task: str) -> tuple[str, ...]:
    """The files of a task that may not stay. Its work folder must be gone itself."""
    files = [f"{place}/{task}/{file.name}" for place, kept in _KEPT.items() for file in _files(data / place / task, kept)]
    plan = data / "input" / task / "plan"
    strange = [f"{plan.name} of {task}: {file.name}" for file in plan.glob("*") if not _DECISIONS.fullmatch(file.name)]
    return (*files, *strange, *([f"work/{task}"] if (data / "work" / task).exists() else []))


def _files(folder: Path, kept: set[str]) -> list[Path]:
    return [file for file in folder.glob("*") if file.name not in kept]
