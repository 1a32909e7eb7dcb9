"""Each result is a revision in its own folder, unchanged files are reused, and of two simultaneous edits one is refused."""

import logging
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from places import Result, on_disk
from revised import CLIP, CUT, listed, made, outputs, served, titled
from running import plan_of, run

from video_automation.errors import StaleError
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import How, edit_plan, redo_edits, undo_edits
from video_automation.jobs.run.manifest import read_manifest


def rendered(result: Result) -> dict[str, tuple[int, int]]:
    """The videos and pictures of a result, each with its inode and modification time, which show if it was rewritten."""
    files = [result.folder / one.name for one in read_manifest(result.manifest).artifacts if one.made_of]
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


def encodes(caplog: pytest.LogCaptureFixture) -> int:
    """How often a program that encodes picture or sound was started."""
    return len(re.findall(r"run: ffmpeg .*(?:libx264|mjpeg|aac)", caplog.text))


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
    kept = {place.name for place in on_disk(backend, done.id).output.iterdir()}
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
        undo_edits(backend, done.id)
        run(backend, done)
        shutil.rmtree(backend.folders.of(done.id).work)
    undo_edits(backend, done.id)
    assert run(backend, done).problem is None
    assert listed(outputs(backend, done)) == before
    redo_edits(backend, done.id)
    assert run(backend, done).problem is None
    assert listed(outputs(backend, done)) == between


def test_of_two_who_edit_one_revision_at_once_one_is_told_what_came_between(backend: Backend, done: Job) -> None:
    """Both repeat their edits; in the end the history has exactly the accepted ones."""
    accepted, together = list[str](), Barrier(2)

    def client(name: str, revision: int) -> str | StaleError:
        together.wait()
        try:
            edit_plan(backend, done.id, [titled(name)], How(revision=revision, render=False, by=name))
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
    assert len(list(on_disk(backend, done.id).decisions.glob("history-*"))) <= 4


def test_of_two_who_edit_whichever_revision_is_newest_none_overwrites_the_other(backend: Backend, done: Job) -> None:
    together, refused = Barrier(2), list[StaleError]()

    def client(name: str) -> None:
        for number in range(20):
            together.wait()
            try:
                edit_plan(backend, done.id, [titled(f"{name} {number}")], How(render=False, by=name))
            except StaleError as error:
                refused.append(error)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(client, ("Ann", "Bob")))
    history = stored.history_of(backend.folders.of(done.id), backend.store.get(done.id))
    assert len(history.entries) + len(refused) == 40
    assert [entry.revision for entry in history.entries] == list(range(1, len(history.entries) + 1))
