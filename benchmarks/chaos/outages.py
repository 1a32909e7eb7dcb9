"""Makes Redis silent for 15 seconds while a task is about to end."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

from benchmarks.chaos.journal import begun_at, encoded
from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import Moment, ended, prints, result, upload
from benchmarks.chaos.undisturbed import OPTIONS, undisturbed
from benchmarks.chaos.witness import Witness

_AWAY_S = 15.0
_LOOK_EVERY_S = 0.05
_FROM_PERCENT, _TO_PERCENT = 75, 98


def outages(trial: Trial) -> Iterator[Row]:
    """One outage for each video, beginning in the last quarter of its progress. Redis keeps its data."""
    known, chance = undisturbed(trial.folder), trial.chance
    good, same, attempts, again = 0, 0, [], []
    with Service(trial.folder / "outages") as service, Witness(service.data) as witness:
        for _ in range(trial.count):
            one = chance.choice(known)
            task = upload(service.address, one.video, **OPTIONS)
            Moment(chance.randrange(_FROM_PERCENT, _TO_PERCENT), chance.random() / 2).wait(service.address, task)
            _silence(service)
            said = ended(service.address, task)
            log = service.data / "output" / task / "task.log"
            well = said["state"] == "SUCCESS"
            good += well
            same += well and prints(service.address, result(service.address, task)["artifacts"]) == one.prints
            attempts += [task] * (said.get("attempts", 1) > 1 or len(begun_at(log)) > 1)
            again += [name for name, times in encoded(log).items() if times > 1]
            note(f"{task}: {said['state']} {said.get('code', '')}, {said.get('attempts')} attempts")
            service.well()
    yield all_of("ended in SUCCESS", good, trial.count)
    yield all_of("frame for frame as undisturbed", same, trial.count)
    yield none_of("tasks begun anew", tuple(attempts))
    yield none_of("pieces encoded again", tuple(again))
    yield none_of(f"two at work on one task, in {witness.looks} looks", witness.doubled)


def _silence(service: Service) -> None:
    """Stops Redis (SIGSTOP) for `_AWAY_S` seconds, and each server that the supervisor starts in its place meanwhile."""
    until = time.monotonic() + _AWAY_S
    while time.monotonic() < until:
        _signal(service, signal.SIGSTOP)
        time.sleep(_LOOK_EVERY_S)
    _signal(service, signal.SIGCONT)


def _signal(service: Service, what: signal.Signals) -> None:
    for process in service.redis():
        with suppress(ProcessLookupError):
            os.kill(process.pid, what)
