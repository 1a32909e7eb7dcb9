"""Attacks on the whole service by ordinary uploads: checks its responses, its results, and that it still works afterwards."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from random import Random

import requests

from benchmarks.attacks.attack import Attack, seeds, video
from benchmarks.attacks.guards import MARK, Witness, leaked, secrets
from benchmarks.attacks.heavy import heavy
from benchmarks.attacks.lying import cut_off, lying, no_videos, two_in_one
from benchmarks.attacks.mutants import mutants
from benchmarks.attacks.pointing import pointing
from benchmarks.attacks.reading import ANSWERED_WITHIN_S
from benchmarks.chaos.rows import Row, Trial, none_of, note, within
from benchmarks.chaos.service import Service, soon
from benchmarks.chaos.tasks import ended, result, upload
from benchmarks.measured import tree_mb
from benchmarks.talks import CORPUS

NAMES = (
    "<img src=x onerror=alert(1)>.mp4",
    "../../../../etc/passwd",
    "video%03d.png",
    "*.mp4",
    "concat:a|b.mp4",
    "-i.mp4",
    "x\n2026.mp4",
)
_PLAIN = {"trim_silence": "true", "add_subtitles": "false", "create_shorts": "false", "generate_titles": "false"}
_SOFT_S, _HARD_S = 60, 90
_ENDED_WITHIN_S = 600
_MEMORY_MB = 150
_OUR_OWN_FAULT = ("internal_error", "plan_broken", "lost", "stalled", "tool_failed")
"""Error codes that no video may cause."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An attack, the seconds until the response, the response, and the task if there is one."""

    name: str
    seconds: float
    said: str
    right: bool
    task: str = ""


def served(trial: Trial) -> Iterator[Row]:
    """A sample of all attacks, the corpus of broken and odd videos, and some randomly changed videos."""
    limits = {"TASK_SOFT_TIME_LIMIT": str(_SOFT_S), "TASK_TIME_LIMIT": str(_HARD_S)}
    settings = {f"VIDEO_AUTOMATION__CELERY_CONFIG__{name}": number for name, number in limits.items()}
    with (
        Witness() as witness,
        Service(trial.folder / "served", VIDEO_AUTOMATION__LIMITS__MAX_QUEUE="2000", **settings) as service,
    ):
        text, secret = secrets(service.data / "secrets")
        other = upload(service.address, secret, **_PLAIN)
        ended(service.address, other)
        source = next(path for path in (service.data / "input" / other).iterdir() if path.name.startswith("source"))
        before_mb = _memory_mb(service)
        sent = [_sent(service, attack, name) for attack, name in _attacks(trial, text, source, witness.port)]
        ends = {one.task: ended(service.address, one.task, within_s=_ENDED_WITHIN_S) for one in sent if one.task}
        _tell(sent, ends)
        yield within("each upload answered", tuple(one.seconds for one in sent), ANSWERED_WITHIN_S)
        yield none_of("wrong answers", tuple(f"{one.name}: {one.said}" for one in sent if not one.right))
        names = {one.task: one.name for one in sent}
        yield none_of("tasks ended wrongly", tuple(f"{names[task]}: {said}" for task, said in ends.items() if _wrong(said)))
        yield none_of("answers that run as a page", tuple(_pages(service, tuple(ends))))
        yield none_of("connections and packets", witness.called())
        own = {*service.data.glob(f"*/{other}/**/*"), text, secret}
        yield none_of("files with a secret in them", leaked([service.data, trial.folder / "served.log"], ours=own))
        well = service.well()
        yield Row("the service", "healthy" if well else "not healthy", "healthy", well)
        yield none_of("programs left", () if soon(lambda: not _readers(service), 10) else _readers(service))
        yield none_of("unfinished files", tuple(str(path) for path in service.data.rglob("*.part")))
        grown = _memory_mb(service) - before_mb
        yield Row("memory kept by all its processes", f"{grown:.0f} MB", f"{_MEMORY_MB} MB", grown <= _MEMORY_MB)


def _attacks(trial: Trial, text: Path, secret: Path, port: int) -> Iterator[tuple[Attack, str]]:
    folder, chance = trial.folder / "sent", Random(trial.chance.random())
    folder.mkdir()
    sound = seeds(folder / "seeds")
    kinds = chain(
        pointing(folder, text, secret, port),
        heavy(folder),
        no_videos(folder),
        two_in_one(folder),
        islice(lying(folder), None, None, 8),
        islice(cut_off(sound[1:2], folder), None, None, 10),
        mutants(sound, folder, chance, max(1, trial.count // 40)),
        (Attack(path) for kind in ("hostile", "containers") for path in sorted((CORPUS / kind).rglob("*")) if path.is_file()),
    )
    yield from ((attack, attack.file.name) for attack in kinds)
    whole = video(folder / "whole.mp4")
    yield from ((Attack(whole), name) for name in NAMES)


def _sent(service: Service, attack: Attack, name: str) -> Sent:
    began = time.monotonic()
    with attack.file.open("rb") as file:
        answer = requests.post(f"{service.address}/upload", files={"file": (name, file)}, data=_PLAIN, timeout=120)
    seconds = time.monotonic() - began
    told = answer.json()
    refused = 400 <= answer.status_code < 500 and bool(told.get("code") or told.get("error"))
    right = MARK not in answer.text and (refused or (answer.status_code == 202 and attack.wanted != "refused"))
    if attack.wanted == "refused" and answer.status_code == 202:  # the quick check may accept it, the task may not
        right = ended(service.address, told["task_id"])["state"] == "FAILURE"
    return Sent(name, seconds, f"{answer.status_code} {told.get('code', '')}", right, told.get("task_id", ""))


def _wrong(said: dict[str, object]) -> bool:
    return said["state"] not in ("SUCCESS", "FAILURE") or said.get("code") in _OUR_OWN_FAULT or MARK in str(said)


def _pages(service: Service, tasks: tuple[str, ...]) -> Iterator[str]:
    """The files of these tasks that a browser would run, or take for another type."""
    for task in tasks:
        page = requests.get(f"{service.address}/task/{task}", headers={"Accept": "text/html"}, timeout=10)
        if "<img src=x" in page.text or MARK in page.text:
            yield f"page of {task}"
        made = result(service.address, task)
        for artifact in made.get("artifacts", []):
            answer = requests.head(service.address + artifact["href"], timeout=10)
            if "html" in answer.headers["Content-Type"] or answer.headers["X-Content-Type-Options"] != "nosniff":
                yield artifact["href"]


def _tell(sent: list[Sent], ends: dict[str, dict[str, object]]) -> None:
    note(f"answers: {Counter(one.said for one in sent).most_common()}")
    note(f"ends: {Counter((str(said['state']), str(said.get('code') or '')) for said in ends.values()).most_common()}")
    for one in sent:
        said = ends.get(one.task, {})
        note(f"{one.name!r}: {one.said} in {one.seconds:.1f} s, {said.get('state', '')} {said.get('code') or ''}")


def _readers(service: Service) -> tuple[str, ...]:
    """The running programs that read videos."""
    lines = (" ".join(process.words) for process in service.family())
    return tuple(line[-80:] for line in lines if any(name in line for name in ("sandbox.py", "_child.py", "ffmpeg")))


def _memory_mb(service: Service) -> float:
    family = service.family()
    pids = {process.pid for process in family}
    return sum(tree_mb(process.pid) for process in family if process.parent not in pids)
