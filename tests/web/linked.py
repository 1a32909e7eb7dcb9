"""A finished task for share links: with a clip, chapters, captions and a transcript; and links to it."""

import re
from dataclasses import replace
from html import unescape

from doors import ANN, bearer
from flask.testing import FlaskClient
from places import on_disk, write_manifest
from werkzeug.test import TestResponse

from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, MadeClip, VideoChapter
from video_automation.plan.clip import Signal
from video_automation.plan.packaging import Title

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TEXT = "[00:00] Hello <there>.\n\n[61:07] And good bye.\n"
MORE = (
    Artifact("v.mp4", "short", "video/mp4", 3, "", 7_000, 1080, 1920, clip="short_01"),
    Artifact("v.jpg", "cover", "image/jpeg", 3, clip="short_01"),
    Artifact("v.edl", "timeline", "text/plain", 3, clip="short_01"),
    Artifact("t.jpg", "still", "image/jpeg", 3, width=16, height=9),
    Artifact("video.srt", "captions", "application/x-subrip", 3),
    Artifact("video.vtt", "captions", "text/vtt", 3),
    Artifact("video.txt", "transcript", "text/plain", 3),
    Artifact("video.transcript.json", "transcript", "application/json", 3),
    Artifact("video.otio", "timeline", "application/json", 3),
)


def to_share(backend: Backend, finished: Job) -> Job:
    """A finished task of Ann's, with everything that guests see, and files that they must not see."""
    output = on_disk(backend, finished.id).result(finished)
    for file in MORE:
        (output.folder / file.name).write_text(TEXT if file.name == "video.txt" else "abc")
    made = manifest.read_manifest(output.manifest)
    clip = MadeClip("short_01", 1000, 9000, "A <clip>", 77, (Signal("hook", 60, "Opens well."),), "v.mp4", "v.jpg")
    filled = replace(
        made, artifacts=(*made.artifacts, *MORE), clips=(clip,), titles=(Title("A <title>", 80, "Said."),),
        chapters=(VideoChapter(0, "Start"), VideoChapter(65_500, "End")), language="en",
    )  # fmt: skip
    write_manifest(filled, output.manifest)
    return backend.store.change(finished.id, lambda job: replace(job, owner="ann"))


def link_to(client: FlaskClient, job: Job, **options: object) -> str:
    """Makes a share link; gives its path."""
    answer = client.post(f"/task/{job.id}/share", json=options, headers=bearer(ANN))
    assert answer.status_code == 201, answer.text
    return str(answer.json["href"]).removeprefix("http://localhost")


def addresses(page: TestResponse) -> set[str]:
    """All addresses in a page, without their fragments."""
    found = re.findall(r'(?:href|src|poster|action|content)="((?:http://localhost)?/[^"#]+)', page.text)
    return {unescape(one).removeprefix("http://localhost") for one in found}
