"""Makes the proxy of a job's recording from segments, as results are made; finished segments are reused."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Timer

from video_automation import logs
from video_automation.editing.proxy_plan import proxy_plan
from video_automation.errors import LostError, NoSpaceError, PipelineError, TimeUpError, TransientError, UnknownTaskError
from video_automation.execution.executors import executor
from video_automation.jobs.lifecycle.proxy_calls import keep_proxy_problem
from video_automation.jobs.locks import try_lock
from video_automation.jobs.model import Job, Problem
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.stored import shown_document
from video_automation.jobs.run.pipeline import Work
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.media.probing.probe import probe
from video_automation.media.repair.footage import take_in
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.render.encode.encoders import SEEKABLE
from video_automation.render.encode.rendering import render_plan

log = logging.getLogger(__name__)


def make_proxy(backend: Backend, job_id: str, *, limit_s: float, encoders: int) -> None:
    """Makes a job's proxy, unless it exists or another process makes it; `encoders` programs encode at a time.

    After `limit_s` seconds it ends; what is finished stands, and the next call goes on from there. Whatever becomes of it is
    told where the proxy would be, never raised. Of a job that was deleted, also meanwhile, no proxy is made.

    Raises:
        TransientError: as the store does.
    """
    job = _standing(backend, job_id)
    if job is None:
        return
    workspace = backend.folders.of(job_id)
    proxy = workspace.proxy(job)
    if workspace.storage.find(workspace.source) is None:
        return
    proxy.parent.mkdir(parents=True, exist_ok=True)
    lock = proxy.with_name("lock")
    lock.touch()
    with try_lock(lock) as ours:
        if ours and not proxy.exists():
            with logs.task_log(job.id, workspace.log):
                _try(backend, job, proxy, limit_s, encoders)


def _standing(backend: Backend, job_id: str) -> Job | None:
    """The job; None where it, or its files, were deleted."""
    try:
        job = backend.store.get(job_id)
    except UnknownTaskError:
        return None
    return None if job.cleaned else job


@contextmanager
def _deletion_told(backend: Backend, job: Job) -> Iterator[None]:
    """Raises LostError in place of an error of the block where the job is known to have been deleted meanwhile."""
    try:
        yield
    except Exception as error:
        with suppress(TransientError):
            if _standing(backend, job.id) is None:
                raise LostError(f"{job.filename} was deleted.") from error
        raise


def _try(backend: Backend, job: Job, proxy: Path, limit_s: float, encoders: int) -> None:
    work = Work(job, backend.folders.of(job.id), backend.rules.media, encoders=encoders)
    time_up = TimeUpError(f"The proxy of this recording was not made within {limit_s / 60:.0f} minutes.")
    timer = Timer(limit_s, work.stop.set, (time_up,))
    timer.daemon = True
    timer.start()
    log.info("Making a proxy of %s", job.filename)
    try:
        with full_disk_told(), _deletion_told(backend, job):
            _make(work, proxy)
    except LostError as error:
        log.info("No proxy: %s", error)
    except NoSpaceError as error:
        log.warning("No proxy: %s", error)
    except PipelineError as error:
        log.warning("No proxy (%s): %s", error.code, error)
        if not (error is time_up and work.saved.is_set()):
            keep_proxy_problem(proxy, Problem(error.code, error.sentence))
    except Exception:
        log.exception("No proxy")
        sentence = "An error of this program, not of your video, kept the proxy from being made; task.log tells which."
        keep_proxy_problem(proxy, Problem("internal_error", sentence))
    finally:
        timer.cancel()


def _make(work: Work, proxy: Path) -> None:
    document = shown_document(work.workspace, work.job)
    making = proxy.with_name("making")
    making.mkdir(exist_ok=True)

    def made(_: Rendition, whole: Path) -> None:
        whole.rename(proxy)

    footage, tools = _footage(work, document.source), work.tools.within(making)
    render_plan(proxy_plan(document), footage, tools, executor(work.encoders, SEEKABLE), on_made=made)
    shutil.rmtree(making, ignore_errors=True)


def _footage(work: Work, source: Source) -> Path:
    """The file that all steps read; the repaired copy is made again if it is gone."""
    file = work.footage(source)
    if not file.exists():
        probed = partial(probe, work.tools, name=work.job.filename, limits=work.media, tracks=work.job.params.tracks)
        take_in(work.tools, work.recording, file, probed=probed, on_progress=lambda _: None)
    return file
