"""Fills the disk at random moments of an upload or a task, and frees it again. Needs permission to mount."""

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import requests

from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import ended, prints, result, upload
from benchmarks.chaos.undisturbed import OPTIONS, Known, undisturbed

_SIZE, _RESERVE_MB = "96m", "8"
_UPLOAD_S, _FULL_WITHIN_S, _FULL_FOR_S = 2.0, 10.0, 5.0
_BLOCKS = 20


def disks(trial: Trial) -> Iterator[Row]:
    """Processes one video at a time on a disk that is full for some seconds meanwhile."""
    if os.geteuid() != 0:
        note("disks: not tried, only root may mount a small disk")
        return
    known, right, broken, again = undisturbed(trial.folder), 0, list[str](), 0
    with _small(trial.folder / "disk") as disk, Service(disk, VIDEO_AUTOMATION__LIMITS__RESERVE_MB=_RESERVE_MB) as service:
        for _ in range(trial.count):
            one, after_s = trial.chance.choice(known), trial.chance.random() * _FULL_WITHIN_S
            said = _on_a_full_disk(service, disk, one.video, after_s)
            broken += _broken(service, said, one)
            well = service.well() and _succeeds(service, one)
            note(f"full after {after_s:.1f} s: {said['state']} {said.get('code', '')}, well again: {well}")
            right += said["state"] == "SUCCESS" or said.get("code") == "no_space"
            again += well
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


def _on_a_full_disk(service: Service, disk: Path, video: Path, after_s: float) -> dict[str, Any]:
    """The upload's response if it is refused, else the final state of the task."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(_answer, service, video)
        time.sleep(after_s)
        ballast = disk / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 16))
        time.sleep(_FULL_FOR_S)
        ballast.unlink(missing_ok=True)
        return asked.result()


def _answer(service: Service, video: Path) -> dict[str, Any]:
    with video.open("rb") as file:
        form = requests.Request("POST", f"{service.address}/upload", files={"file": (video.name, file)}, data=OPTIONS).prepare()
    assert isinstance(form.body, bytes)
    kind = {"Content-Type": form.headers["Content-Type"]}
    try:
        answer = requests.post(f"{service.address}/upload", data=_slowly(form.body), headers=kind, timeout=60)
    except requests.RequestException as error:
        return {"state": f"REFUSED without an answer: {error}"}
    return ended(service.address, answer.json()["task_id"]) if answer.ok else {"state": "REFUSED"} | answer.json()


def _slowly(body: bytes) -> Iterator[bytes]:
    size = len(body) // _BLOCKS + 1
    for start in range(0, len(body), size):
        time.sleep(_UPLOAD_S / _BLOCKS)
        yield body[start : start + size]


def _broken(service: Service, said: dict[str, Any], known: Known) -> list[str]:
    """The task's id if its result is wrong, or missing though it succeeded. A result removed to make room is not wrong."""
    if "task_id" not in said:
        return []
    made = result(service.address, said["task_id"])
    if said["state"] == "SUCCESS":
        if made.get("code") == "cleaned_up":
            note(f"the result of {said['task_id']} was removed to make room")
            return []
        return [] if prints(service.address, made["artifacts"]) == known.prints else [said["task_id"]]
    offered = prints(service.address, said.get("artifacts", []))
    return [said["task_id"]] if set(offered) - set(known.prints) else []


def _succeeds(service: Service, known: Known) -> bool:
    """Whether a video gives the right result; its files are then removed, since the disk is small."""
    task = upload(service.address, known.video, **OPTIONS)
    good = ended(service.address, task)["state"] == "SUCCESS"
    same = good and prints(service.address, result(service.address, task)["artifacts"]) == known.prints
    for old in requests.get(f"{service.address}/tasks", timeout=10).json()["tasks"]:
        requests.post(f"{service.address}/task/{old['task_id']}/cleanup", timeout=10)
    return same
