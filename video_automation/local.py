"""The engine in this very process, for the command line: no server, no queue, no records."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from video_automation import logs
from video_automation.errors import InputError, JobCancelledError, RequestError
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.ports import Rules
from video_automation.jobs.run.manifest import Manifest
from video_automation.jobs.run.pipeline import Work, plan_job, run_pipeline
from video_automation.jobs.run.progress import Report
from video_automation.jobs.workspace import MANIFEST, Folders
from video_automation.media.cancellation import Stop
from video_automation.media.capacity import cores
from video_automation.media.program import warn_once
from video_automation.plan.edit import EditPlan
from video_automation.storage.local_files import LocalStorage


def process_file(video: Path, folder: Path, rules: Rules, *, report: Callable[[Report], None]) -> Manifest:
    """Makes of a video what a task of the service makes of it, in a folder; files of the same names there are replaced.

    It is made with the defaults of `rules`. If it fails or is interrupted, the folder is as it was.

    Raises:
        PipelineError: as `jobs.run.pipeline.run_pipeline`.
    """
    with _results(folder.absolute()) as results, scratch_work(video, results, rules, report) as work:
        with logs.task_log(work.job.id, work.workspace.log):
            manifest = run_pipeline(work)
        assert manifest, "a review is for those who can come back"
        made, storage = work.workspace.building(work.job), work.workspace.storage  # it goes afterwards: files are taken out
        for artifact in manifest.artifacts:
            found = work.workspace.log if artifact.kind == "log" else storage.local(f"{made}{artifact.name}")
            found.replace(results / artifact.name)
        storage.local(f"{made}{MANIFEST}").replace(results / MANIFEST)
    return manifest


def plan_file(video: Path, rules: Rules, *, report: Callable[[Report], None]) -> EditPlan:
    """What would be made of a video; nothing is rendered.

    Raises:
        PipelineError: as `jobs.run.pipeline.plan_job`.
    """
    with scratch_work(video, None, rules, report) as work:
        work.workspace.work.mkdir(parents=True)
        return plan_job(work).plan


@contextmanager
def _results(folder: Path) -> Iterator[Path]:
    """The folder of results, there within the block; what had to be made of it is gone again if nothing comes into it."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RequestError(f"{folder} cannot be written to: {error.strerror}. Name another one.", code="wrong_option") from None
    try:
        yield folder
    finally:
        with suppress(OSError):  # there is something in it
            for place in made:
                place.rmdir()


@contextmanager
def _told_to_end() -> Iterator[None]:
    """Within the block, TERM and a terminal that is closed interrupt as Ctrl-C does: scratch files go, no program stays."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def scratch_work(video: Path, near: Path | None, rules: Rules, report: Callable[[Report], None]) -> Iterator[Work]:
    """Work on a video, in a scratch folder that is gone afterwards; all programs end with the block."""
    if not video.is_file():
        raise InputError(f"There is no file {video}.", code="no_file")
    warn_once()
    with _told_to_end(), TemporaryDirectory(prefix=".video-automation-", dir=near) as scratch:
        root = Path(scratch)
        job = new_job(filename=video.name, owner="local", params=rules.defaults)
        storage = LocalStorage(root / "input", root / "output")
        workspace = Folders(storage, root / "input", root / "work", root / "output").of(job.id)
        workspace.upload.mkdir(parents=True)
        storage.local(workspace.source).symlink_to(video.resolve())
        stop = Stop()
        try:
            yield Work(job, workspace, rules.media, rules.model, rules.advisor, stop, cores(), report=report)
        finally:
            stop.set(JobCancelledError("Interrupted."))
