"""The records of jobs that are written beside their recordings."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from places import folders_in, on_disk

from video_automation.jobs.model import Job, State, job_from_json
from video_automation.stores.mirrored import MirroredStore


def job(state: State = State.PENDING) -> Job:
    return Job(id=str(uuid4()), owner="ann", filename="ünï.mp4", created_at=0, state=state)


def test_what_lasts_of_a_job_is_written_down_beside_its_source(redis, tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    store, one = MirroredStore(redis, folders), job()
    file = on_disk(folders, one.id).record
    file.parent.mkdir(parents=True)
    store.add(one)
    assert job_from_json(file.read_bytes()) == one
    store.change(one.id, lambda job: replace(job, progress=40))
    assert job_from_json(file.read_bytes()) == one
    after = store.change(one.id, lambda job: replace(job, state=State.SUCCESS))
    assert job_from_json(file.read_bytes()) == after
    shutil.rmtree(file.parent)
    store.change(one.id, lambda job: replace(job, cleaned=True))
    assert not file.exists()


class Overtaken(MirroredStore):
    """A store in which something else happens between the change of a job and the writing of its record."""

    meanwhile: Callable[[], object] | None = None

    def write_down(self, job_id: str, newest: Callable[[], Job]) -> None:
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        super().write_down(job_id, newest)


def test_what_is_written_down_of_a_job_never_goes_back(redis, tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    worker, web, one = Overtaken(redis, folders), MirroredStore(redis, folders), job(state=State.PROGRESS)
    file = on_disk(folders, one.id).record
    file.parent.mkdir(parents=True)
    worker.add(one)
    worker.meanwhile = lambda: web.change(one.id, lambda job: replace(job, state=State.REVOKED))
    worker.change(one.id, lambda job: replace(job, language="de"))
    written = job_from_json(file.read_bytes())
    assert (written.state, written.language) == (State.REVOKED, "de")
    assert written == web.get(one.id)


def test_many_may_write_down_the_same_job_at_once(redis, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folders = folders_in(tmp_path)
    store, one = MirroredStore(redis, folders), job()
    file = on_disk(folders, one.id).record
    file.parent.mkdir(parents=True)
    store.add(one)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.change(one.id, lambda job: replace(job, attempts=job.attempts + 1)), range(80)))
    assert job_from_json(file.read_bytes()) == store.get(one.id)
    assert store.get(one.id).attempts == 80
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert not caplog.records
