"""Tasks with clips for browser tests: real small videos and pictures (each made once), their manifest, changes to them."""

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
from driven import Site
from places import on_disk, write_manifest
from playwright.sync_api import Page, expect
from web.surroundings import keep_plan

from video_automation.jobs.model import Job, State
from video_automation.jobs.revisions import stored
from video_automation.jobs.run.manifest import Artifact, MadeClip, Manifest, Stats, VideoChapter
from video_automation.plan.clip import Clip, Signal
from video_automation.plan.document import Cut, Document
from video_automation.plan.packaging import Title
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.time import FrameSpan

TITLES = (
    "Why do most talks lose their audience?",
    "Three habits of calm speakers",
    "The pause is not your enemy",
    "",
    "Say it",
)
SIGNALS = (Signal("hook", 80, "Opens with a question."), Signal("energy", 60, "Spoken faster and louder than the rest."))
MAIN = "processed_talk.mp4"


def prepared(site: Site, media: Path, *, clips: int) -> Job:
    """A finished task with a video of 4 seconds, `clips` clips, thumbnails, titles and chapters."""
    job = site.put()
    place = on_disk(site.backend, job.id)
    output = place.building(job)
    output.folder.mkdir(parents=True)
    picture = Picture(0, "h264", 320, 180, Fraction(1), 0, Fraction(25), 2500, variable=False, interlaced=False, transfer="sdr")
    source = Source("video", "talk.mp4", "mp4", 100_000, picture, None, 0)
    made = _made(clips)
    chosen = tuple(
        Clip(clip.name, clip.start_ms, clip.end_ms, clip.title, clip.score, clip.signals, id=clip.id) for clip in made
    )
    cuts = (Cut(FrameSpan(100, 2500), "pause"),)
    keep_plan(place, Document(source, job.params, Transcript("en"), cuts, clips=chosen, decided=chosen))
    stills = tuple(Artifact(f"talk_thumbnail_{at}.jpg", "still", "image/jpeg", width=320, height=180) for at in (1, 2, 3))
    video = Artifact(MAIN, "video", "video/mp4", duration_ms=4_000, width=320, height=180)
    lists = (Artifact("talk.otio", "timeline", "application/json"), Artifact("plan.json", "plan", "application/json"))
    listed = (video, *lists, *stills, *(file for clip in made for file in _files(clip)))
    _write(output.folder, listed, media)
    published = Manifest(
        MAIN,
        _weighed(listed, output.folder),
        Stats(100_000, 4_000, 96_000, 3, ()),
        clips=made,
        titles=tuple(Title(text, 80 - at, "Names what the talk is about.") for at, text in enumerate(TITLES) if text),
        description="How to speak so that people listen.\n\n0:00 Start\n0:02 The pause",
        hashtags=("#speaking", "#pause"),
        chapters=(VideoChapter(0, "Start"), VideoChapter(2_000, "The pause"), VideoChapter(3_000, "What to do")),
    )
    write_manifest(published, output.manifest)
    return site.ended(job, MAIN)


def running_with(site: Site, media: Path, *, clips: int) -> Job:
    """A running task with `clips` finished clips."""
    job = site.put(
        id="00000000-0000-4000-8000-000000000002", state=State.PROGRESS, stage="render", progress=40, status="Rendering"
    )
    offer(site, job, media, clips=clips)
    return job


def offer(site: Site, job: Job, media: Path, *, clips: int) -> None:
    """Gives a running task `clips` finished clips."""
    output = on_disk(site.backend, job.id).building(job)
    output.folder.mkdir(parents=True, exist_ok=True)
    listed = tuple(file for clip in _made(clips) for file in _files(clip))
    _write(output.folder, listed, media)
    write_manifest(Manifest(MAIN, _weighed(listed, output.folder), Stats(0, 0, 0, 0, ()), clips=_made(clips)), output.offered)


def decided_anew(site: Site, job: Job) -> None:
    """Has it decided anew what the newest revision cuts out, as a worker does where options of it have changed."""
    workspace, now = site.backend.folders.of(job.id), site.backend.store.get(job.id)
    before = stored.document_at(workspace, now, now.rendered_revision)
    assert before
    params = stored.params_at(now, stored.history_of(workspace, now), now.revision)
    stored.keep_decided(workspace, replace(before, params=params, cuts=(Cut(FrameSpan(50, 2500), "pause"),)))


def _made(count: int) -> tuple[MadeClip, ...]:
    return tuple(
        MadeClip(
            f"short_{at:02}", at * 1_000, at * 1_000 + 32_400, TITLES[(at - 1) % len(TITLES)], 90 - at, SIGNALS,
            f"talk_short_{at:02}.mp4", f"talk_short_{at:02}.jpg", f"talk_short_{at:02}.srt",
            id=f"{at * 1_000}-{at * 1_000 + 32_400}",
        )
        for at in range(1, count + 1)
    )  # fmt: skip


def _files(clip: MadeClip) -> tuple[Artifact, ...]:
    stem = clip.film.removesuffix(".mp4")
    return (
        Artifact(clip.film, "short", "video/mp4", duration_ms=1_000, width=180, height=320, clip=clip.name),
        Artifact(clip.cover, "cover", "image/jpeg", width=180, height=320, clip=clip.name),
        Artifact(f"{stem}.srt", "captions", "application/x-subrip", clip=clip.name),
        Artifact(f"{stem}.edl", "timeline", "text/plain", clip=clip.name),
    )


def _write(output: Path, listed: tuple[Artifact, ...], media: Path) -> None:
    for file in listed:
        place = output / file.name
        if place.exists():
            continue
        if file.width:
            place.write_bytes(_drawn(media, file))
        else:
            place.write_text("1\n")


def _drawn(media: Path, file: Artifact) -> bytes:
    """The content of a file of the manifest: a video of one second (or four, as listed), or a picture, of its size."""
    media.mkdir(exist_ok=True)
    end = file.name.rpartition(".")[2]
    made = media / f"{file.width}-{file.duration_ms or 0}.{end}"
    if not made.exists():
        picture = f"testsrc2=size={file.width}x{file.height}:rate=25:duration={(file.duration_ms or 40) / 1000}"
        program = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-f", "lavfi", "-i", picture)
        subprocess.run((*program, "-pix_fmt", "yuv420p" if end == "mp4" else "yuvj420p", str(made)), check=True, timeout=60)
    return made.read_bytes()


def _weighed(listed: tuple[Artifact, ...], output: Path) -> tuple[Artifact, ...]:
    return tuple(replace(file, bytes=(output / file.name).stat().st_size) for file in listed)


def replace_a_word(page: Page) -> None:
    """On the result page, “talks” by “speeches”, by keyboard alone."""
    page.get_by_text("Replace a word everywhere").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("talks")
    page.keyboard.press("Tab")
    page.keyboard.type("speeches")
    page.keyboard.press("Enter")


def sent(page: Page) -> None:
    """Waits until the video is being made again."""
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
