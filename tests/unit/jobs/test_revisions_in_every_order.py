"""Edits, cancelling, failures, retries and undo in every order of two: what is served is always one whole revision."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from places import on_disk
from revised import CUT, served, titled
from running import plan_of, run
from thorough import few

from video_automation.errors import StateError
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.retry import retry
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.changes import How, edit_plan, redo_edits, render_newest, undo_edits


@dataclass
class Client:
    """A user who changes a job's plan, and remembers what became of each change."""

    backend: Backend
    job: Job
    wanted: list[str] = field(default_factory=list)
    """Requested titles that are not rendered yet."""
    cancelled: set[str] = field(default_factory=set)
    count: int = 0

    def edits(self) -> None:
        self.count += 1
        edit_plan(self.backend, self.job.id, [titled(f"Edit {self.count}")])
        self.wanted.append(f"Edit {self.count}")

    def cuts(self) -> None:
        edit_plan(self.backend, self.job.id, [CUT])

    def cancels(self) -> None:
        if cancel_job(self.backend, self.job.id).state is State.SUCCESS:
            self._heard()

    def cancels_at_work(self) -> None:
        """Cancels a run as soon as it has begun."""

        def meanwhile(_: Job) -> None:
            with suppress(StateError):
                cancel_job(self.backend, self.job.id)

        run(self.backend, self.job, meanwhile)
        self._heard()

    def fails_at_work(self) -> None:
        """Makes the next run fail, if there is one."""
        job = self.backend.store.get(self.job.id)
        if not job.state.ended:
            on_disk(self.backend, job.id).building(job).plan.mkdir(parents=True)
            assert run(self.backend, job).problem

    def retries(self) -> None:
        retry(self.backend, self.job.id, {})

    def retries_otherwise(self) -> None:
        retry(self.backend, self.job.id, {"crf": "40"})

    def undoes(self) -> None:
        undo_edits(self.backend, self.job.id)

    def redoes(self) -> None:
        redo_edits(self.backend, self.job.id)

    def is_served(self) -> None:
        run(self.backend, self.job)
        self._heard()

    def _heard(self) -> None:
        job = self.backend.store.get(self.job.id)
        if job.problem and job.problem.code == "cancelled":
            self.cancelled |= set(self.wanted)
        if job.state.ended:
            self.wanted = []

    def looks(self) -> None:
        """Checks that one whole revision is served, and that neither it nor the plan has a cancelled change."""
        for titles in (served(self.backend, self.job).titles, plan_of(self.backend, self.job).packaging.titles):
            assert not {title.text for title in titles} & self.cancelled


DOES: tuple[Callable[[Client], None], ...] = (
    Client.edits,
    Client.cuts,
    Client.cancels,
    Client.cancels_at_work,
    Client.fails_at_work,
    Client.retries,
    Client.retries_otherwise,
    Client.undoes,
    Client.redoes,
)


@pytest.fixture(scope="module")
def edited_once(done_once: tuple[Path, Job], tmp_path_factory: pytest.TempPathFactory, backend_at) -> tuple[Path, Job]:
    """A job with two edits, the second of them undone, and the folder with all its files. No test writes there."""
    folder, job = tmp_path_factory.mktemp("edited"), done_once[1]
    shutil.copytree(done_once[0], folder, dirs_exist_ok=True)
    backend = backend_at(folder)
    backend.store.add(job)
    for title in ("First", "Second"):
        edit_plan(backend, job.id, [titled(title)], How(render=False))
    undo_edits(backend, job.id, How(render=False))
    render_newest(backend, job.id)
    return folder, run(backend, job)


@pytest.fixture
def client(edited_once: tuple[Path, Job], backend: Backend, tmp_path: Path) -> Client:
    shutil.copytree(edited_once[0], tmp_path, dirs_exist_ok=True)
    backend.store.add(edited_once[1])
    return Client(backend, edited_once[1])


@pytest.mark.parametrize("between", few([False, True], False), ids=["at once", "after a run"])
@pytest.mark.parametrize("second", DOES, ids=lambda does: does.__name__)
@pytest.mark.parametrize(
    "first", few(DOES, Client.edits, Client.cancels_at_work, Client.fails_at_work), ids=lambda does: does.__name__
)
def test_whatever_is_done_one_after_the_other_one_whole_revision_is_served(
    client: Client, first: Callable[[Client], None], second: Callable[[Client], None], *, between: bool
) -> None:
    for does in (first, *((Client.is_served,) if between else ()), second):
        with suppress(StateError):
            does(client)
        client.looks()
    client.is_served()
    client.looks()
    job = client.backend.store.get(client.job.id)
    assert (job.state, job.rendered_revision) == (State.SUCCESS, job.revision)
    client.edits()
    client.is_served()
    client.looks()
    assert served(client.backend, job).titles[0].text == f"Edit {client.count}"
