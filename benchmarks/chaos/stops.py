"""Stops the service at random moments, and starts it again."""

from collections.abc import Iterator

from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note, within
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import ended, moment, prints, result, upload
from benchmarks.chaos.undisturbed import OPTIONS, undisturbed
from benchmarks.chaos.witness import Witness

_STOPPED_WITHIN_S = 15.0


def stops(trial: Trial) -> Iterator[Row]:
    """Uploads a video before each stop; after the next start its task, and those before, must be running or waiting."""
    known, chance = undisturbed(trial.folder), trial.chance
    uploads, seconds, alive = [], [], []
    with Service(trial.folder / "stops") as service, Witness(service.data) as witness:
        for _ in range(trial.count):
            one = chance.choice(known)
            uploads.append((upload(service.address, one.video, **OPTIONS), one))
            moment(chance).wait(service.address, uploads[-1][0])
            seconds.append(service.stop())
            alive += [" ".join(process.words)[:80] for process in service.family()]
            note(f"stopped in {seconds[-1]:.1f} s, started in {service.start():.1f} s")
        ends = [ended(service.address, task, within_s=300) for task, _ in uploads]
        for (task, _), said in zip(uploads, ends, strict=True):
            note(f"{task}: {said['state']} {said.get('code', '')}, {said.get('attempts')} attempts")
        good = [said["state"] == "SUCCESS" for said in ends]
        same = [
            well and prints(service.address, result(service.address, task)["artifacts"]) == one.prints
            for (task, one), well in zip(uploads, good, strict=True)
        ]
    yield all_of("ended in SUCCESS", sum(good), len(uploads))
    yield all_of("frame for frame as undisturbed", sum(same), len(uploads))
    yield none_of(
        "attempts counted beyond the first", tuple(f"{said['attempts']}" for said in ends if said.get("attempts", 1) > 1)
    )
    yield within("stopped", tuple(seconds), _STOPPED_WITHIN_S)
    yield none_of("processes alive after a stop", tuple(alive))
    yield none_of(f"two at work on one task, in {witness.looks} looks", witness.doubled)
