"""Edits on a job's plan and the results they come to: each result a whole revision, and none of it done twice."""

import logging
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Barrier

import pytest
from running import plan_of, queued, run
from thorough import few

from video_automation.errors import GoneError, StaleError, StateError
from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.housekeeping.retention import Retention
from video_automation.jobs.lifecycle.cancel import cancel
from video_automation.jobs.lifecycle.retry import retry
from video_automation.jobs.lifecycle.transitions import taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import How, edit, redo, render, undo
from video_automation.jobs.run.manifest import Manifest, read, sha256
from video_automation.jobs.workspace import Outputs
from video_automation.plan.edit import plan_from_json
from video_automation.plan.edits import ClipAdd, CutOut, Edit, Options, Texts
from video_automation.plan.params import Params

CUT = CutOut(start_ms=200, end_ms=400)
CLIP = ClipAdd(start_ms=100, end_ms=500, title="Mine")
HOUR_S = 3600


def titled(title: str) -> Texts:
    return Texts(titles=(title,))


def outputs(backend: Backend, job: Job) -> Outputs:
    """The result that is served."""
    return backend.folders.of(job.id).result(backend.store.get(job.id))


def listed(result: Outputs) -> dict[str, str]:
    """The hashes of the files a result lists, all of which are there, as they are listed, and no other."""
    made = read(result.manifest)
    hashes = {one.name: one.sha256 for one in made.artifacts if one.kind != "log"}
    assert {name: sha256(result.folder / name) for name in hashes} == hashes
    assert {file.name for file in result.folder.iterdir()} == {*hashes, result.manifest.name}
    return hashes


def served(backend: Backend, job: Job) -> Manifest:
    """What is served of a job: one whole revision of its plan."""
    now, result = backend.store.get(job.id), outputs(backend, job)
    listed(result)
    made = read(result.manifest)
    assert made.revision == now.rendered_revision
    document = stored.document_at(backend.folders.of(job.id), now, now.rendered_revision)
    assert document
    assert made.titles == document.packaging.titles
    assert [clip.id for clip in made.clips] == [clip.id for clip in document.clips]
    plan = plan_from_json(result.plan.read_bytes())
    assert (plan.main.timeline, plan.params) == (document.timeline, replace(document.params, review=plan.params.review))
    return made


def rendered(result: Outputs) -> dict[str, tuple[int, int]]:
    """The videos and pictures of a result, with what tells each from a file that was written in its place."""
    files = [result.folder / one.name for one in read(result.manifest).artifacts if one.made_of]
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


def encodes(caplog: pytest.LogCaptureFixture) -> int:
    """How often a program was begun that encodes a picture or a sound."""
    return len(re.findall(r"run: ffmpeg .*(?:libx264|mjpeg|aac)", caplog.text))


def made(backend: Backend, job: Job, *edits: Edit) -> Job:
    """The job after edits and their run."""
    edit(backend, job.id, edits)
    done = run(backend, job)
    assert (done.state, done.problem, done.rendered_revision) == (State.SUCCESS, None, done.revision)
    return done


def test_the_next_result_is_in_a_folder_of_its_own_and_the_former_stays_whole(backend: Backend, done: Job) -> None:
    former = outputs(backend, done)
    before = listed(former)
    again = made(backend, done, CUT, CLIP, titled("Mine"))
    assert outputs(backend, done).folder != former.folder
    assert listed(former) == before
    assert again.former_result == done.result
    told = served(backend, done)
    assert ([title.text for title in told.titles], [clip.title for clip in told.clips]) == (["Mine"], ["Mine"])
    third = made(backend, done, titled("Other"))
    kept = {place.name for place in backend.folders.of(done.id).output.iterdir()}
    assert kept == {third.result, again.result, "task.log"}, "the one before the last has gone"


def test_what_an_edit_does_not_touch_is_the_same_file_and_nothing_is_encoded_for_it(
    backend: Backend, done: Job, caplog: pytest.LogCaptureFixture
) -> None:
    made(backend, done, titled("First"))
    first = rendered(outputs(backend, done))
    assert len(first) == 1 + 3, "the video and its stills"
    caplog.set_level(logging.DEBUG)
    made(backend, done, titled("Mine"))
    assert rendered(outputs(backend, done)) == first
    assert encodes(caplog) == 0
    made(backend, done, CLIP)
    with_clip, begun = rendered(outputs(backend, done)), encodes(caplog)
    assert begun > 0
    assert with_clip.items() > first.items()
    shutil.rmtree(backend.folders.of(done.id).work)
    made(backend, done, titled("Other"))
    assert rendered(outputs(backend, done)) == with_clip
    assert encodes(caplog) == begun, "not even after the pieces of work have gone"


@pytest.mark.parametrize("pieces_gone", [False, True])
def test_undo_gives_the_files_from_before_byte_for_byte(backend: Backend, done: Job, *, pieces_gone: bool) -> None:
    before = listed(outputs(backend, done))
    made(backend, done, CUT, CLIP)
    between = listed(outputs(backend, done))
    assert between["processed_talk.mp4"] != before["processed_talk.mp4"]
    if pieces_gone:
        made(backend, done, titled("Mine"))
        undo(backend, done.id)
        run(backend, done)
        shutil.rmtree(backend.folders.of(done.id).work)
    undo(backend, done.id)
    assert run(backend, done).problem is None
    assert listed(outputs(backend, done)) == before
    redo(backend, done.id)
    assert run(backend, done).problem is None
    assert listed(outputs(backend, done)) == between


@dataclass
class Client:
    """Somebody who has a job's plan changed, and remembers what became of that."""

    backend: Backend
    job: Job
    wanted: list[str] = field(default_factory=list)
    """Titles that were asked for, and are not made yet."""
    cancelled: set[str] = field(default_factory=set)
    count: int = 0

    def edits(self) -> None:
        self.count += 1
        edit(self.backend, self.job.id, [titled(f"Edit {self.count}")])
        self.wanted.append(f"Edit {self.count}")

    def cuts(self) -> None:
        edit(self.backend, self.job.id, [CUT])

    def cancels(self) -> None:
        if cancel(self.backend, self.job.id).state is State.SUCCESS:
            self._heard()

    def cancels_at_work(self) -> None:
        """Cancels a run as soon as that has begun."""

        def meanwhile(_: Job) -> None:
            with suppress(StateError):
                cancel(self.backend, self.job.id)

        run(self.backend, self.job, meanwhile)
        self._heard()

    def fails_at_work(self) -> None:
        """Has a run that comes to nothing, if there is one."""
        job = self.backend.store.get(self.job.id)
        if not job.state.ended:
            self.backend.folders.of(job.id).building(job).plan.mkdir(parents=True)
            assert run(self.backend, job).problem

    def retries(self) -> None:
        retry(self.backend, self.job.id, {})

    def retries_otherwise(self) -> None:
        retry(self.backend, self.job.id, {"crf": "40"})

    def undoes(self) -> None:
        undo(self.backend, self.job.id)

    def redoes(self) -> None:
        redo(self.backend, self.job.id)

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
        """What is served is one whole revision, and of what was cancelled nothing is in it, nor in the plan."""
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
    """A job that was edited twice, the second of which was undone, and the folder of all its files: nobody writes there."""
    folder, job = tmp_path_factory.mktemp("edited"), done_once[1]
    shutil.copytree(done_once[0], folder, dirs_exist_ok=True)
    backend = backend_at(folder)
    backend.store.add(job)
    for title in ("First", "Second"):
        edit(backend, job.id, [titled(title)], How(render=False))
    undo(backend, job.id, How(render=False))
    render(backend, job.id)
    return folder, run(backend, job)


@pytest.fixture
def client(edited_once: tuple[Path, Job], backend: Backend, tmp_path: Path) -> Client:
    shutil.copytree(edited_once[0], tmp_path, dirs_exist_ok=True)
    backend.store.add(edited_once[1])
    return Client(backend, edited_once[1])


@pytest.mark.parametrize("between", few([False, True], False), ids=["at once", "after a run"])
@pytest.mark.parametrize("second", DOES, ids=lambda does: does.__name__)
@pytest.mark.parametrize("first", DOES, ids=lambda does: does.__name__)
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


def test_of_two_who_edit_one_revision_at_once_one_is_told_what_came_between(backend: Backend, done: Job) -> None:
    """Each time anew; in the end the history is what was accepted, all of it, and nothing else."""
    accepted, together = list[str](), Barrier(2)

    def client(name: str, revision: int) -> str | StaleError:
        together.wait()
        try:
            edit(backend, done.id, [titled(name)], How(revision=revision, render=False, by=name))
        except StaleError as error:
            return error
        return name

    with ThreadPoolExecutor(2) as pool:
        for number in range(200):
            names = [f"{who} {number}" for who in ("Ann", "Bob")]
            told = list(pool.map(client, names, (number, number)))
            (won,) = (name for name in told if isinstance(name, str))
            (lost,) = (error for error in told if isinstance(error, StaleError))
            accepted.append(won)
            assert lost.revision == number + 1
            assert [(one["revision"], one["edits"][0]["titles"]) for one in lost.since] == [(number + 1, [won])]
    job = backend.store.get(done.id)
    history = stored.history_of(backend.folders.of(done.id), job)
    assert [(entry.revision, entry.by, entry.edits) for entry in history.entries] == [
        (number, name, (titled(name),)) for number, name in enumerate(accepted, 1)
    ]
    assert [title.text for title in plan_of(backend, done).packaging.titles] == accepted[-1:]
    assert len(list(backend.folders.of(done.id).decisions.glob("history-*"))) <= 4


def test_of_two_who_edit_whichever_revision_is_newest_none_overwrites_the_other(backend: Backend, done: Job) -> None:
    together, refused = Barrier(2), list[StaleError]()

    def client(name: str) -> None:
        for number in range(20):
            together.wait()
            try:
                edit(backend, done.id, [titled(f"{name} {number}")], How(render=False, by=name))
            except StaleError as error:
                refused.append(error)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(client, ("Ann", "Bob")))
    history = stored.history_of(backend.folders.of(done.id), backend.store.get(done.id))
    assert len(history.entries) + len(refused) == 40
    assert [entry.revision for entry in history.entries] == list(range(1, len(history.entries) + 1))


@pytest.fixture
def review(backend: Backend, video: bytes) -> Job:
    """A job that waits for a look at its plan."""
    job = run(backend, queued(backend, video, params=Params(review=True)))
    assert job.state is State.REVIEW
    return job


def test_a_review_stops_before_anything_is_rendered_and_a_message_still_about_changes_nothing(
    backend: Backend, review: Job
) -> None:
    place = backend.folders.of(review.id)
    assert not list(place.work.rglob("*.mp4"))
    assert (list(place.building(review).folder.iterdir()), review.output_filename) == ([], None)
    assert plan_of(backend, review).packaging is not None
    assert run(backend, review) == review == backend.store.get(review.id)
    with pytest.raises(StateError, match="There is nothing to undo"):
        undo(backend, review.id)


def test_edits_without_rendering_stay_in_review_and_rendering_makes_them(backend: Backend, queue, review: Job) -> None:
    for title in ("First", "Second"):
        changed = edit(backend, review.id, [titled(title)], How(render=False)).job
        assert changed.state is State.REVIEW
    edit(backend, review.id, [CLIP], How(render=False))
    undo(backend, review.id, How(render=False))
    assert (run(backend, review).state, queue.messages) == (State.REVIEW, [])
    assert render(backend, review.id).state is State.PENDING
    assert queue.messages == [review.id]
    job = run(backend, review)
    assert (job.state, job.rendered_revision, job.dropped) == (State.SUCCESS, 4, ())
    assert ([title.text for title in served(backend, job).titles], served(backend, job).clips) == (["Second"], ())


def test_an_edit_that_renders_ends_a_review(backend: Backend, review: Job) -> None:
    made(backend, review, titled("Mine"))
    assert [title.text for title in served(backend, review).titles] == ["Mine"]
    again = made(backend, review, titled("Other"))
    assert again.reviewed, "it is asked for one look alone"


def test_other_options_in_a_review_are_decided_and_looked_at_again(backend: Backend, review: Job) -> None:
    waiting = edit(backend, review.id, [Options(options=(("trim_silence", "false"),))], How(render=False)).job
    assert waiting.state is State.PENDING
    again = run(backend, review)
    assert (again.state, again.revision, again.params.trim_silence) == (State.REVIEW, 1, False)
    render(backend, review.id)
    assert (run(backend, review).state, served(backend, review).revision) == (State.SUCCESS, 1)


def killed(backend: Backend, job: Job) -> None:
    """As if a run had taken the job, and its process were no more."""
    assert backend.store.change(job.id, lambda job: taken_up(job, 0, "gone")).state is State.PROGRESS


def test_a_review_goes_on_wherever_a_run_is_killed(backend: Backend, video: bytes) -> None:
    job = queued(backend, video, params=Params(review=True))
    killed(backend, job)
    assert run(backend, job).state is State.REVIEW
    edit(backend, job.id, [titled("Mine")], How(render=False))
    render(backend, job.id)
    killed(backend, job)
    done = run(backend, job)
    assert (done.state, done.attempts) == (State.SUCCESS, 2)
    assert [title.text for title in served(backend, job).titles] == ["Mine"]


def test_a_review_that_is_cancelled_is_looked_at_again_when_it_is_retried(backend: Backend, review: Job) -> None:
    edit(backend, review.id, [titled("Mine")], How(render=False))
    assert cancel(backend, review.id).state is State.REVOKED
    assert not backend.folders.of(review.id).work.exists()
    retry(backend, review.id, {})
    assert run(backend, review).state is State.REVIEW
    assert [title.text for title in plan_of(backend, review).packaging.titles] == ["Mine"], "it was not cancelled by itself"


def test_a_review_is_kept_with_its_work_until_results_go(backend: Backend, review: Job) -> None:
    keeping = replace(backend, rules=replace(backend.rules, retention=Retention(results_s=100 * HOUR_S, work_s=HOUR_S)))
    place, ended = backend.folders.of(review.id), review.ended_at or 0
    sweep(keeping, ended + 99 * HOUR_S)
    assert all(folder.exists() for folder in place.folders)
    edit(backend, review.id, [titled("Mine")], How(render=False, trial=True))
    sweep(keeping, ended + 101 * HOUR_S)
    assert backend.store.get(review.id).cleaned
    assert [file for file in (place.work, place.source, place.decisions, place.output) if file.exists()] == []
    with pytest.raises(GoneError):
        edit(backend, review.id, [titled("Mine")])
