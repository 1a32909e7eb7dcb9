"""Checks a talk far longer than its time limits, and killed twice: its task succeeds, and no finished work is done again.

`MINUTES=10 SOFT_S=15 python -m benchmarks long` takes a talk of ten minutes with a soft limit of 15 seconds.
"""

import json
import os
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from benchmarks.chaos.journal import begun_at, encoded
from benchmarks.chaos.rows import note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import told
from benchmarks.chaos.witness import at_work
from benchmarks.service import uploaded
from benchmarks.talks import talk

_KILLED_AT = (8, 60)
"""The percentages of progress at which it is killed: during transcription, and during rendering."""
_LOOK_EVERY_S = 1.0
_ENDS = ("SUCCESS", "FAILURE", "REVOKED")


def long(folder: Path) -> list[str]:
    """A talk of two hours with a soft limit of 60 s and a hard limit of 90 s, unless the environment says otherwise."""
    minutes, soft_s = float(os.environ.get("MINUTES", "120")), int(os.environ.get("SOFT_S", "60"))
    video = talk(folder, minutes=minutes).video
    limits = {"TASK_SOFT_TIME_LIMIT": soft_s, "TASK_TIME_LIMIT": soft_s * 3 // 2}
    with Service(
        folder / "long", **{f"VIDEO_AUTOMATION__CELERY_CONFIG__{name}": str(s) for name, s in limits.items()}
    ) as service:
        began, task = time.monotonic(), uploaded(service.address, video)
        log, work = service.data / "output" / task / "task.log", service.data / "work" / task
        finished: dict[str, int] = {}
        seen: list[tuple[int, str]] = []
        victims = list(_KILLED_AT)
        while (said := told(service.address, task))["state"] not in _ENDS:
            begun = encoded(log)
            for unit in work.glob("units/*.mp4"):
                finished.setdefault(unit.name, begun[unit.name])
            if said["state"] != "UNHEARD":
                seen.append((said["progress"], said["state"]))
                if victims and said["progress"] >= victims[0] and _killed(service, task):
                    note(f"killed at {said['progress']} %: {said['status']}")
                    victims.pop(0)
            time.sleep(_LOOK_EVERY_S)
        took_s = time.monotonic() - began
    again = [name for name, times in finished.items() if encoded(log)[name] > times]
    answers = _answers(work)
    back = sum(later < earlier for (earlier, _), (later, _) in pairwise(seen))
    return [
        f"{minutes:g} min, soft limit {soft_s} s: {said['state']} {said.get('error', '')} after {took_s:.0f} s",
        f"{len(begun_at(log))} runs, {log.read_text().count('Its time is up')} handed on, {2 - len(victims)} killed",
        f"{len(finished)} pieces were seen finished, encoded again: {len(again)}",
        f"{len(answers)} questions to the speech model, asked again: {sum(answers.values()) - len(answers)}",
        f"{len(seen)} looks, progress went back in {back}; states {dict(Counter(state for _, state in seen))}",
    ]


def _killed(service: Service, task: str) -> bool:
    """Kills the process that works on the task; False if none was found."""
    hands = at_work(service.data)[task]
    found = [child for child in service.children() if child.pid in hands]
    for process in found:
        process.kill()
    return bool(found)


def _answers(work: Path) -> Counter[tuple[str | int, ...]]:
    """How often the speech model transcribed each window."""
    lines = (json.loads(line) for file in work.glob("answers-*.jsonl") for line in file.open())
    return Counter(tuple(line[0]) for line in lines if isinstance(line, list))
