"""A task that the former version finished still opens: its record, plan and manifest, and wishes beside its recording."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from media.videos import make_video
from places import Places, on_disk
from running import plan_of, run

from video_automation.editing.edits.applying import all_applied
from video_automation.editing.flattening import flatten, looks
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.model import Job, State, job_from_json
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import edit_plan, undo_edits
from video_automation.jobs.revisions.upgrading import document_of
from video_automation.jobs.run.manifest import read_manifest, sha256
from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan, plan_from_json
from video_automation.plan.edits import ClipReset, ClipSet, Edit, OtherOptions, Texts
from video_automation.plan.packaging import Chapter
from video_automation.plan.params import ClipParams, LevelParams, LookParams, Params, TrimParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.seen import Sight

BEFORE = Path(__file__).parent / "former_version"
PLAN = plan_from_json((BEFORE / "plan.json").read_bytes())
OURS = "processed_market.mp4"


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A video with the length, size and frame rate of the original recording."""
    sound = np.random.default_rng(1).normal(0, 0.05, (round(15.35 * 48_000), 1)).astype(np.float32)
    file = tmp_path_factory.mktemp("market") / "market.mov"
    return make_video(file, frames=383, rate=Fraction(25), size=(160, 90), sound=sound).read_bytes()


@pytest.fixture
def former(backend: Backend, market: bytes) -> Job:
    """The task, with all its files as the former version stored them."""
    job = job_from_json((BEFORE / "job.json").read_bytes())
    place = on_disk(backend, job.id)
    for folder in place.folders:
        folder.mkdir(parents=True)
    place.source.write_bytes(market)
    for name, wish in (("captions.vtt", "captions"), ("clips.json", "clips")):
        shutil.copy(BEFORE / name, place.upload / wish)
    for name in ("plan.json", "manifest.json"):
        shutil.copy(BEFORE / name, place.output)
    for artifact in read_manifest(place.output / "manifest.json").artifacts:
        if artifact.kind != "plan":
            (place.output / artifact.name).write_bytes(f"old {artifact.name}".encode())
    backend.store.add(job)
    return job


def loose(place: Places) -> set[str]:
    """The files directly in the output folder."""
    return {file.name for file in place.output.iterdir() if file.is_file()}


def served(backend: Backend, job: Job, name: str = OURS) -> bytes:
    return backend.folders.of(job.id).file(backend.store.get(job.id), name).read_bytes()


def flat(document: Document) -> EditPlan:
    """The plan of a document without sight and sound."""
    return flatten(document, Hearing(), {span: Sight(span, (), ()) for span in looks(document)})


def shown(renditions: Sequence[Rendition]) -> list[object]:
    """The content of videos, without framing and levelling."""
    return [(one.name, one.timeline, one.cues, one.burn_in, one.style, one.title, one.language) for one in renditions]


def made_again(backend: Backend, job: Job, *edits: Edit) -> Job:
    edit_plan(backend, job.id, edits)
    again = run(backend, job)
    assert (again.state, again.problem) == (State.SUCCESS, None)
    return again


def test_its_record_is_read_as_one_whose_result_lies_among_the_outputs_itself(former: Job) -> None:
    assert (former.state, former.output_filename) == (State.SUCCESS, OURS)
    assert (former.revision, former.history, former.rendered_revision) == (0, "", None)
    assert (former.result, former.former_result, former.params.review) == ("", None, False)


def test_every_file_of_it_is_served(backend: Backend, former: Job) -> None:
    place = on_disk(backend, former.id)
    for artifact in read_manifest(place.result(former).manifest).artifacts:
        assert place.workspace.file(former, artifact.name).parent == place.output
    assert served(backend, former) == b"old processed_market.mp4"


def test_its_document_makes_the_same_video_captions_and_clips(backend: Backend, former: Job) -> None:
    document = plan_of(backend, former)
    again = flat(document)
    assert shown(again.renditions) == shown(PLAN.renditions)
    assert again.main.cues[0].lines == ("On Saturday, went", "to the market with my neighbour.")
    assert [replace(clip, id="") for clip in again.clips] == list(PLAN.clips)
    best = again.clips[0]
    assert (best.title, best.style, best.end_ms) == ("Fresh bread", "box", 5500)
    assert (again.removals, again.packaging, again.params) == (PLAN.removals, PLAN.packaging, PLAN.params)
    assert (again.source, again.transcript) == (PLAN.source, PLAN.transcript)


def test_what_it_told_is_told_once(backend: Backend, former: Job) -> None:
    assert flat(plan_of(backend, former)).remarks == PLAN.remarks


def test_it_is_the_same_document_each_time(backend: Backend, former: Job) -> None:
    first = plan_of(backend, former)
    shutil.rmtree(on_disk(backend, former.id).decisions)
    assert plan_of(backend, former) == first
    assert plan_of(backend, former) == first, "as it was kept"


def test_what_was_decided_before_captions_had_a_look_is_found_for_any_look(backend: Backend, former: Job) -> None:
    """The name of its file depends on the options, without those that only decide what is drawn."""
    workspace = backend.folders.of(former.id)
    stored.keep_decided(workspace, replace(document_of(PLAN), params=Params()))
    assert list(workspace.storage.names(workspace.decisions)) == ["decided-0a60e0f2d0e07175.json"]
    other = Params(look=LookParams(font="Rubik Bold"), clips=ClipParams(clip_style="neon", caption_position=50))
    assert stored.decided_for(workspace, other) == replace(document_of(PLAN), params=other)
    assert stored.decided_for(workspace, Params(trim=TrimParams(sentence_pause_ms=0))) is None, "that is decided otherwise"


def test_what_was_decided_before_sound_was_cleaned_is_found_for_the_original_sound_alone(backend: Backend, former: Job) -> None:
    workspace = backend.folders.of(former.id)
    stored.keep_decided(workspace, replace(document_of(PLAN), params=Params()))
    assert stored.decided_for(workspace, Params(level=LevelParams(target_lufs=-16))) is not None
    clean = Params(level=LevelParams(sound="clean"))
    assert stored.decided_for(workspace, clean) is None
    stored.keep_decided(workspace, replace(document_of(PLAN), params=clean))
    assert len(list(workspace.storage.names(workspace.decisions))) == 2
    assert stored.decided_for(workspace, replace(clean, level=LevelParams(sound="clean", target_lufs=-16))) is not None


def test_wishes_that_do_not_fit_are_left_out(backend: Backend, former: Job) -> None:
    place = on_disk(backend, former.id)
    (place.upload / "captions").write_text("No captions.")
    (place.upload / "clips").write_text(
        '{"short_02": {"title": "Coffee"}, "short_09": {"title": "No"}, "short_01": {"end_ms": 1}}'
    )
    assert [clip.title for clip in plan_of(backend, former).clips] == ["Fresh bread", "Coffee"]


def test_a_wish_that_was_not_made_yet_is_part_of_its_document(backend: Backend, former: Job) -> None:
    place = on_disk(backend, former.id)
    text = (BEFORE / "captions.vtt").read_text()
    (place.upload / "captions").write_text(text.replace("coffee", "tea"))
    assert flat(plan_of(backend, former)).main.cues[-1].lines == ("and we had to wait in a small tea shop.",)


def test_captions_of_ours_stay_ours() -> None:
    heard = flat(replace(document_of(PLAN), captions=None))
    assert document_of(heard).captions is None
    assert flat(document_of(heard)).main.cues == heard.main.cues != PLAN.main.cues


def test_chapters_are_below_the_description_once() -> None:
    chapters = (Chapter(0, "Market"), Chapter(5300, "Bread"), Chapter(8800, "Rain"))
    document = document_of(PLAN)
    with_them = replace(document, packaging=replace(document.packaging, chapters=chapters))
    plan = flat(with_them)
    assert plan.packaging.description.endswith("\n\n0:00 Market\n0:02 Bread\n0:05 Rain")
    assert flat(document_of(plan)).packaging == plan.packaging


def test_a_video_without_clips_keeps_its_thumbnails() -> None:
    plain = replace(PLAN, renditions=PLAN.renditions[:1], clips=())
    assert len(looks(document_of(plain))) == 3


def test_the_old_files_are_served_until_the_new_ones_are_there_and_go_with_the_result_after(
    backend: Backend, former: Job
) -> None:
    place = on_disk(backend, former.id)
    old = loose(place)
    edit_plan(backend, former.id, [Texts(titles=("Mine",))])
    assert served(backend, former) == b"old processed_market.mp4"
    first = run(backend, former)
    assert (first.state, first.former_result, first.rendered_revision) == (State.SUCCESS, "", 1)
    made = read_manifest(place.result(first).manifest)
    assert ([title.text for title in made.titles], made.revision) == (["Mine"], 1)
    assert served(backend, former) != b"old processed_market.mp4"
    assert loose(place) == old, "whoever reads them reads on"
    assert (place.output / OURS).read_bytes() == b"old processed_market.mp4"
    second = made_again(backend, former, Texts(titles=("Mine again",)))
    assert second.former_result == first.result
    assert loose(place) == {"task.log"}
    assert served(backend, former) == (place.output / first.result / OURS).read_bytes()


def test_the_new_result_is_of_the_old_cuts_captions_and_clips_and_undo_leads_back(backend: Backend, former: Job) -> None:
    place, document = on_disk(backend, former.id), plan_of(backend, former)
    again = made_again(backend, former, ClipSet(clip=document.clips[1].id, title="Coffee"))
    plan = plan_from_json(place.result(again).plan.read_bytes())
    assert shown(plan.renditions) == shown(PLAN.renditions)
    assert [clip.title for clip in plan.clips] == ["Fresh bread", "Coffee"]
    before, after = (read_manifest(file) for file in (place.output / "manifest.json", place.result(again).manifest))
    assert {one.name: one.duration_ms for one in after.artifacts} == {one.name: one.duration_ms for one in before.artifacts}
    assert all(sha256(place.workspace.file(again, one.name)) == one.sha256 for one in after.artifacts if one.kind != "log")
    undo_edits(backend, former.id)
    assert run(backend, former).state is State.SUCCESS
    assert plan_of(backend, former) == document


def test_an_edit_that_is_cancelled_leaves_the_old_files(backend: Backend, former: Job) -> None:
    place = on_disk(backend, former.id)
    old = loose(place)
    edit_plan(backend, former.id, [Texts(titles=("Mine",))])
    assert cancel_job(backend, former.id).state is State.SUCCESS
    assert run(backend, former).state is State.SUCCESS
    assert (loose(place), served(backend, former)) == (old, b"old processed_market.mp4")
    assert plan_of(backend, former).packaging == PLAN.packaging


def test_other_options_decide_anew_and_undo_brings_back_what_was_there(backend: Backend, former: Job) -> None:
    before = plan_of(backend, former)
    made_again(backend, former, OtherOptions(options=(("trim_silence", "false"),)))
    assert plan_of(backend, former).cuts == ()
    undo_edits(backend, former.id)
    assert run(backend, former).state is State.SUCCESS
    assert plan_of(backend, former) == before


def test_a_run_that_was_asked_for_before_the_change_of_versions_goes_on(backend: Backend, former: Job) -> None:
    """The job waited in the queue with wishes, which the worker finds in its document."""
    waiting = replace(former, state=State.PENDING, stage="queued", ended_at=None)
    backend.store.change(former.id, lambda _: waiting)
    done = run(backend, former)
    place = on_disk(backend, former.id)
    assert (done.state, done.result, done.rendered_revision) == (State.SUCCESS, "", 0)
    assert shown(plan_from_json(place.result(done).plan.read_bytes()).renditions) == shown(PLAN.renditions)
    assert served(backend, former) != b"old processed_market.mp4"
    assert stored.newest_document(place.workspace, done).clips[0].title == "Fresh bread"


def test_a_clip_that_was_cut_otherwise_is_the_first_one_that_is_known(backend: Backend, former: Job) -> None:
    document = plan_of(backend, former)
    changed, _ = all_applied(
        document, [ClipSet(clip=document.clips[0].id, title="Bread"), ClipReset(clip=document.clips[0].id)]
    )
    assert changed == document
