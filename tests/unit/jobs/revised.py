"""Edits the plans of jobs, and checks that each result is one whole revision."""

from dataclasses import replace

from places import Result, on_disk
from running import run

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import edit_plan
from video_automation.jobs.run.manifest import Manifest, read_manifest, sha256
from video_automation.plan.edit import plan_from_json
from video_automation.plan.edits import ClipAdd, CutOut, Edit, Texts

CUT = CutOut(start_ms=200, end_ms=400)
CLIP = ClipAdd(start_ms=100, end_ms=500, title="Mine")


def titled(title: str) -> Texts:
    """The edit that gives the video this title."""
    return Texts(titles=(title,))


def outputs(backend: Backend, job: Job) -> Result:
    """The result that is served."""
    return on_disk(backend, job.id).result(backend.store.get(job.id))


def listed(result: Result) -> dict[str, str]:
    """The hashes of the files in a result's manifest. Checks that exactly these files exist, with these hashes."""
    made = read_manifest(result.manifest)
    hashes = {one.name: one.sha256 for one in made.artifacts if one.kind != "log"}
    assert {name: sha256(result.folder / name) for name in hashes} == hashes
    assert {file.name for file in result.folder.iterdir()} == {*hashes, result.manifest.name}
    return hashes


def served(backend: Backend, job: Job) -> Manifest:
    """The manifest of the result that is served. Checks that it is one whole revision of the plan."""
    now, result = backend.store.get(job.id), outputs(backend, job)
    listed(result)
    made = read_manifest(result.manifest)
    assert made.revision == now.rendered_revision
    document = stored.document_at(backend.folders.of(job.id), now, now.rendered_revision)
    assert document
    assert made.titles == document.packaging.titles
    assert [clip.id for clip in made.clips] == [clip.id for clip in document.clips]
    plan = plan_from_json(result.plan.read_bytes())
    assert (plan.main.timeline, plan.params) == (document.timeline, replace(document.params, review=plan.params.review))
    return made


def made(backend: Backend, job: Job, *edits: Edit) -> Job:
    """The job after edits and their run."""
    edit_plan(backend, job.id, edits)
    done = run(backend, job)
    assert (done.state, done.problem, done.rendered_revision) == (State.SUCCESS, None, done.revision)
    return done
