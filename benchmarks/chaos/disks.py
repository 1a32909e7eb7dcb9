"""Fills the disk at random moments of an upload or a task, and frees it again. Needs the right to mount."""

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import requests

from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import ended, prints, result, upload
from benchmarks.chaos.undisturbed import OPTIONS, Known, undisturbed

_SIZE, _RESERVE_MB = "64m", "4"
_FULL_FOR_S = 5.0


def disks(trial: Trial) -> Iterator[Row]:
    """One film at a time, on a disk that is full for some seconds meanwhile."""
    known, right, broken, again = undisturbed(trial.folder), 0, list[str](), 0
    with _small(trial.folder / "disk") as disk, Service(disk, VIDEO_AUTOMATION__LIMITS__RESERVE_MB=_RESERVE_MB) as service:
        for _ in range(trial.count):
            one = trial.chance.choice(known)
            said = _on_a_full_disk(service, disk, one.film, trial.chance.random() * 8)
            note(f"on a full disk: {said}")
            right += said["state"] == "SUCCESS" or said.get("code") in ("no_space", "unavailable")
            broken += _broken(service, said, one)
            again += service.well() and _succeeds(service, one)
    yield all_of("right answers", right, trial.count)
    yield none_of("files offered that are not whole", tuple(broken))
    yield all_of("well again, and a new task succeeds", again, trial.count)


@contextmanager
def _small(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True)
    subprocess.run(("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)), check=True)
    try:
        yield folder
    finally:
        subprocess.run(("umount", "--lazy", str(folder)), check=True)


def _on_a_full_disk(service: Service, disk: Path, film: Path, after_s: float) -> dict[str, str]:
    """What is answered: by the upload if it is refused, else by the task in the end."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(_answer, service, film)
        time.sleep(after_s)
        ballast = disk / "ballast"
        with ballast.open("wb") as file:
            status = os.statvfs(disk)
            os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize))
        time.sleep(_FULL_FOR_S)
        ballast.unlink()
        return asked.result()


def _answer(service: Service, film: Path) -> dict[str, str]:
    try:
        return ended(service.address, upload(service.address, film, **OPTIONS))
    except requests.HTTPError as error:
        return {"state": "REFUSED", "code": error.response.json()["code"]}


def _broken(service: Service, said: dict[str, str], known: Known) -> list[str]:
    if said["state"] != "SUCCESS":
        return []
    offered = prints(service.address, result(service.address, said["task_id"])["artifacts"])
    return [] if offered == known.prints else [said["task_id"]]


def _succeeds(service: Service, known: Known) -> bool:
    """Whether a film comes out as it should; its files are removed then, the disk is small."""
    task = upload(service.address, known.film, **OPTIONS)
    good = ended(service.address, task)["state"] == "SUCCESS"
    same = good and prints(service.address, result(service.address, task)["artifacts"]) == known.prints
    for old in requests.get(f"{service.address}/tasks", timeout=10).json()["tasks"]:
        requests.post(f"{service.address}/task/{old['task_id']}/cleanup", timeout=10)
    return same
