"""Kills a part of the service (SIGKILL) at a random moment of a task."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from benchmarks.chaos.journal import begun_at, encoded
from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note, within
from benchmarks.chaos.service import Service, soon
from benchmarks.chaos.tasks import Moment, ended, moment, prints, result, upload
from benchmarks.chaos.undisturbed import OPTIONS, Known, undisturbed
from benchmarks.chaos.witness import Witness, at_work

Victim = Literal["child", "worker", "redis", "web", "everything"]
_SHARES: tuple[tuple[Victim, int], ...] = (("child", 3), ("worker", 4), ("redis", 6), ("web", 12), ("everything", 6))
"""Each victim gets one in so many kills: a third, a fourth, a sixth, a twelfth."""
_AGAIN_WITHIN_S = 10.0
_BEFORE_A_REST = 2
"""Kills before the supervisor is started anew: it waits longer each time a service dies within a minute."""


@dataclass(frozen=True, slots=True)
class Blow:
    """A kill: its victim, how many workers run, at which moment of a task."""

    victim: Victim
    workers: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class Survival:
    """The outcome of a kill: whether the task was running, and what became of it.

    `again_s` is when work on it began again; None if that was not needed.
    """

    blow: Blow
    task: str
    at_work: bool
    state: str
    same: bool
    again_s: float | None
    pieces: int
    repeated: int
    needlessly: tuple[str, ...]
    """Segments that were finished and were encoded again."""


def kills(trial: Trial) -> Iterator[Row]:
    """One kill for each task."""
    known, chance, survived = undisturbed(trial.folder), trial.chance, []
    with Service(trial.folder / "kills") as service, Witness(service.data) as witness:
        tired = 0
        for blow in _blows(chance, trial.count):
            if tired >= _BEFORE_A_REST:
                service.stop()
                service.start()
                tired = 0
            survived.append(_survival(service, blow, chance.choice(known)))
            tired = 0 if blow.victim == "everything" else tired + (blow.victim in ("worker", "redis", "web"))
    yield from _rows(tuple(survived))
    yield none_of(f"two at work on one task, in {witness.looks} looks", witness.doubled)


def _blows(chance: Random, count: int) -> list[Blow]:
    """All kills in random order, but those with two workers last."""
    victims = [victim for victim, part in _SHARES for _ in range(count // part)]
    among = [(victim, 1 + (victim in ("child", "worker") and number % 2)) for number, victim in enumerate(victims)]
    chance.shuffle(among)
    return [Blow(victim, workers, moment(chance)) for victim, workers in sorted(among, key=lambda one: one[1])]


def _survival(service: Service, blow: Blow, known: Known) -> Survival:
    if blow.workers > 1:
        service.start_second()
    if not service.well(workers=blow.workers):
        note("the service is not well before the next blow")
    task = upload(service.address, known.video, **OPTIONS)
    blow.moment.wait(service.address, task)
    hands = at_work(service.data)[task]
    since = _strike(service, blow, hands)
    done = _finished(service.data / "work" / task / "units")
    if blow.victim == "everything":
        since = time.time()
        service.start()
    said = ended(service.address, task)
    log = service.data / "output" / task / "task.log"
    begun = [at - since for at in begun_at(log) if at > since]
    pieces = encoded(log)
    good = said["state"] == "SUCCESS"
    survival = Survival(
        blow,
        task,
        bool(hands),
        said["state"],
        good and prints(service.address, result(service.address, task)["artifacts"]) == known.prints,
        min(begun, default=None),
        len(pieces),
        sum(times > 1 for times in pieces.values()),
        tuple(name for name in done if pieces[name] > 1),
    )
    note(f"{survival} {said.get('code', '')} {said.get('attempts')} attempts")
    return survival


def _strike(service: Service, blow: Blow, hands: set[int]) -> float:
    """Kills the process that works on the task, or would be next to; gives the time."""
    children, workers = service.children(), service.workers()
    holders = [child for child in children if child.pid in hands] or children
    owners = [worker for worker in workers if worker.pid in {child.parent for child in holders}] or workers
    at = time.time()
    match blow.victim:
        case "child":
            victims = holders[:1]
        case "worker":
            victims = owners[:1]
        case "redis":
            victims = service.redis()
        case "web":
            victims = service.web()
        case "everything":
            service.kill_all()
            return at
    for process in victims:
        process.kill()
    soon(lambda: not {process.pid for process in victims} & {process.pid for process in service.family()}, within_s=5)
    return at


def _finished(units: Path) -> tuple[str, ...]:
    return tuple(file.name for file in units.glob("*.mp4"))


def _rows(survived: tuple[Survival, ...]) -> Iterator[Row]:
    note(f"{sum(one.at_work for one in survived)} of {len(survived)} tasks were at work when hit")
    yield all_of("ended in SUCCESS", sum(one.state == "SUCCESS" for one in survived), len(survived))
    yield all_of("frame for frame as undisturbed", sum(one.same for one in survived), len(survived))
    for what, victims, workers in (
        ("the process at work is killed, one worker", ("child",), 1),
        ("the process at work is killed, two workers", ("child",), 2),
        ("the worker is killed and restarted", ("worker",), 1),
        ("the worker is killed, another lives", ("worker",), 2),
        ("everything is killed, from the new start on", ("everything",), 1),
    ):
        waits = (one.again_s for one in survived if one.blow.victim in victims and one.blow.workers == workers)
        yield within(f"work goes on: {what}", tuple(wait for wait in waits if wait is not None), _AGAIN_WITHIN_S)
    unneeded = [one.task for one in survived if one.blow.victim in ("redis", "web") and one.again_s is not None]
    pieces, repeated = sum(one.pieces for one in survived), sum(one.repeated for one in survived)
    note(f"{len(unneeded)} tasks began after Redis or the web server was killed, {unneeded[:5]}: they waited, or began anew")
    finished = tuple(name for one in survived for name in one.needlessly)
    yield none_of(f"finished pieces encoded again, of {pieces}, {repeated} of which were cut off", finished)
