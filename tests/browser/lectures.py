"""A finished task whose recording has many words: what the editor shows. The benchmarks measure the same."""

from pathlib import Path

from driven import Site

from benchmarks.lectures import finish_lecture
from video_automation.jobs.model import Job


def lecture(site: Site, media: Path, *, words: int = 204) -> Job:
    """A task that is done: its recording has so many words; each long pause is cut to half a second."""
    return finish_lecture(site.backend, site.put(), media, words=words)
