"""A finished task whose recording has many words, with its plan, peaks and proxy: what the editor shows."""

import subprocess
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
from driven import Site
from places import on_disk
from web.surroundings import keep_plan

from video_automation.jobs.model import Job
from video_automation.jobs.revisions.stored import keep_peaks
from video_automation.plan.clip import Clip, Signal
from video_automation.plan.document import Cut, Document, words_key
from video_automation.plan.packaging import Chapter, Packaging, Title
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan

_SAID = "The printing press was made in Mainz by Johannes Guttenberg and it changed the world um forever."
SENTENCE = tuple(_SAID.split(" "))
RATE = 25
WORD_MS = 400
"""From one word to the next; a pause of as much again follows each sentence, one of 2 s each fourth."""
SIGNALS = (Signal("hook", 80, "Opens with a question."), Signal("energy", 60, "Spoken faster and louder than the rest."))


def lecture(site: Site, media: Path, *, words: int = 204) -> Job:
    """A task that is done: its recording has so many words; each long pause is cut to half a second."""
    job = site.put()
    place = on_disk(site.backend, job.id)
    said = tuple(_said(words))
    length_ms = said[-1].end_ms + 1_000
    transcript = Transcript("en", said, 99)
    picture = Picture(
        0,
        "h264",
        320,
        180,
        Fraction(1),
        0,
        Fraction(RATE),
        length_ms * RATE // 1000,
        variable=False,
        interlaced=False,
        transfer="sdr",
    )
    clips = (
        Clip("short_01", said[0].start_ms, said[33].end_ms, "The press", 77, SIGNALS, id="a"),
        Clip("short_02", said[68].start_ms, said[101].end_ms, "In Mainz", 60, SIGNALS, id="b"),
    )
    packaging = Packaging(
        (Title("The printing press", 80, "Names it."), Title("How Guttenberg changed the world", 70, "Promises.")),
        "About Guttenberg and the press.",
        ("#press",),
        (Chapter(0, "Start"), Chapter(said[68].start_ms, "Mainz")),
    )
    document = Document(
        Source("video", "talk.mp4", "mp4", length_ms, picture, None, 0),
        job.params,
        transcript,
        tuple(_cuts(said)),
        clips=clips,
        candidates=(Clip("", said[34].start_ms, said[67].end_ms, "It changed the world", 50, SIGNALS, id="c"),),
        packaging=packaging,
        decided=clips,
        words_key=words_key(transcript),
    )
    keep_plan(place, document)
    levels = tuple(-12 - (at * 7) % 30 for at in range(length_ms // LEVEL_HOP_MS))
    keep_peaks(place.workspace, Hearing(levels_db=levels))
    proxy = place.workspace.proxy(job)
    proxy.parent.mkdir(parents=True, exist_ok=True)
    film = recording(media, min(length_ms // 1000, 120))
    proxy.write_bytes(film.read_bytes())
    return site.finish(job, film)


def recording(media: Path, seconds: int) -> Path:
    """A video so long, with a counter in its picture and a tone; made once."""
    media.mkdir(exist_ok=True)
    made = media / f"recording-{seconds}.mp4"
    if not made.exists():
        argv = (
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin"),
            *("-f", "lavfi", "-i", f"testsrc=size=320x180:rate={RATE}:duration={seconds}"),
            *("-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}"),
            *("-g", str(RATE), "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(made)),
        )
        subprocess.run(argv, check=True, timeout=120)
    return made


def _said(count: int) -> Iterator[Word]:
    at_ms = 500
    for number in range(count):
        text = SENTENCE[number % len(SENTENCE)]
        yield Word(at_ms, at_ms + 320, text, 45 if text == "Guttenberg" else 95)
        at_ms += WORD_MS
        if text.endswith("."):
            at_ms += 2_000 if number // len(SENTENCE) % 4 == 3 else WORD_MS


def _cuts(said: tuple[Word, ...]) -> Iterator[Cut]:
    for before, after in pairwise(said):
        if after.start_ms - before.end_ms > 1_000:
            span = FrameSpan((before.end_ms + 250) * RATE // 1000, (after.start_ms - 250) * RATE // 1000)
            yield Cut(span, "pause")
