"""Runs the web app on a port of its own over tasks that a test changes by hand; waits for players and pages."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from places import on_disk, write_manifest
from playwright.sync_api import Page
from web.surroundings import RESULT

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats


class NoQueue:
    """A queue without workers."""

    def publish(self, job_id: str) -> None:
        pass

    publish_proxy = publish


@dataclass(frozen=True)
class Site:
    """The running web app; a test changes its tasks by hand."""

    address: str
    backend: Backend

    def put(self, **changes: object) -> Job:
        """Adds a task with these fields."""
        job = Job(id="00000000-0000-4000-8000-000000000001", owner="local", filename="talk.mp4", created_at=1_750_000_000.0)
        job = replace(job, building=RESULT, **changes)  # type: ignore[arg-type]
        self.backend.store.add(job)
        return job

    def move(self, job: Job, **changes: object) -> Job:
        return self.backend.store.change(job.id, lambda before: replace(before, **changes))  # type: ignore[arg-type]

    def finish(self, job: Job, film: Path) -> Job:
        """Finishes a task with this video as its result."""
        output = on_disk(self.backend, job.id).building(job)
        output.folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(film, output.folder / "processed_talk.mp4")
        video = Artifact("processed_talk.mp4", "video", "video/mp4", film.stat().st_size, "ab" * 32, 2_000, 320, 180)
        stats = Stats(source_ms=3_000, kept_ms=2_000, removed_ms=1_000, cuts=2, seconds=())
        write_manifest(Manifest(video.name, (video,), stats), output.manifest)
        return self.ended(job, video.name)

    def ended(self, job: Job, video: str) -> Job:
        """Marks a task as done, whose result is complete."""
        return self.move(
            job,
            state=State.SUCCESS,
            stage="done",
            progress=100,
            output_filename=video,
            result=job.building,
            rendered_revision=0,
        )


def plays(page: Page) -> None:
    """Waits until the video in the page plays."""
    page.locator("video").evaluate(
        """video => new Promise((done, failed) => {
            video.addEventListener("timeupdate", () => { if (video.currentTime > 0.2) done(); });
            video.muted = true;
            video.play().catch(failed);
        })"""
    )


def until(page: Page, expression: str) -> None:
    """Waits until a JavaScript expression is true in the page. (The strict CSP forbids `Page.wait_for_function`.)"""
    while not page.evaluate(expression):
        page.wait_for_timeout(50)
