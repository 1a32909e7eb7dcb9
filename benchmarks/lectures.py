"""A finished task whose recording has many words, with its plan, waveform, proxy and result: what the editor shows."""

import subprocess
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg

from video_automation.jobs.lifecycle.transitions import succeeded
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.stored import keep_decided, keep_peaks
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats, manifest_json
from video_automation.jobs.workspace import MANIFEST
from video_automation.plan.clip import Clip, Signal
from video_automation.plan.document import Cut, Document, words_key
from video_automation.plan.packaging import Chapter, Packaging, Title
from video_automation.plan.params import Params
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan

_SAID = "The printing press was made in Mainz by Johannes Guttenberg and it changed the world um forever."
SENTENCE = tuple(_SAID.split(" "))
"""The words of each sentence."""
_RATE = 25
_WORD_MS = 400
"""From one word to the next; a pause of as much again follows each sentence, one of 2 s each fourth."""
_SIGNALS = (Signal("hook", 80, "Opens with a question."), Signal("energy", 60, "Spoken faster and louder than the rest."))
_LONGEST_S = 120
"""The proxy is no longer than this, however long the recording is said to be."""


def finish_lecture(backend: Backend, job: Job, media: Path, *, words: int) -> Job:
    """Makes a task one that is done: its recording has so many words; each long pause is cut to half a second.

    The small videos it needs are made once in the folder `media`.
    """
    place = backend.folders.of(job.id)
    document = _lecture(job.params, words)
    length_ms = document.source.duration_ms
    place.storage.write(place.source, b"film")
    keep_decided(place, document)
    keep_peaks(place, Hearing(levels_db=tuple(-12 - (at * 7) % 30 for at in range(length_ms // LEVEL_HOP_MS))))
    video = _recording(media, min(length_ms // 1000, _LONGEST_S)).read_bytes()
    proxy = place.proxy(job)
    proxy.parent.mkdir(parents=True, exist_ok=True)
    proxy.write_bytes(video)
    made = Artifact("processed_talk.mp4", "video", "video/mp4", len(video), "ab" * 32, 2_000, 320, 180)
    stats = Stats(source_ms=3_000, kept_ms=2_000, removed_ms=1_000, cuts=2, seconds=())
    place.storage.write(f"{place.building(job)}{made.name}", video)
    place.storage.write(f"{place.building(job)}{MANIFEST}", manifest_json(Manifest(made.name, (made,), stats)))
    return backend.store.change(job.id, lambda before: succeeded(before, before.created_at, output_filename=made.name))


def _lecture(params: Params, words: int) -> Document:
    said = tuple(_said(words))
    length_ms = said[-1].end_ms + 1_000
    frames = length_ms * _RATE // 1000
    rate = Fraction(_RATE)
    picture = Picture(0, "h264", 320, 180, Fraction(1), 0, rate, frames, variable=False, interlaced=False, transfer="sdr")
    transcript = Transcript("en", said, 99)
    clips = (
        Clip("short_01", said[0].start_ms, said[33].end_ms, "The press", 77, _SIGNALS, id="a"),
        Clip("short_02", said[68].start_ms, said[101].end_ms, "In Mainz", 60, _SIGNALS, id="b"),
    )
    packaging = Packaging(
        (Title("The printing press", 80, "Names it."), Title("How Guttenberg changed the world", 70, "Promises.")),
        "About Guttenberg and the press.",
        ("#press",),
        (Chapter(0, "Start"), Chapter(said[68].start_ms, "Mainz")),
    )
    return Document(
        Source("video", "talk.mp4", "mp4", length_ms, picture, None, 0),
        params,
        transcript,
        tuple(_cuts(said)),
        clips=clips,
        candidates=(Clip("", said[34].start_ms, said[67].end_ms, "It changed the world", 50, _SIGNALS, id="c"),),
        packaging=packaging,
        decided=clips,
        words_key=words_key(transcript),
    )


def _recording(media: Path, seconds: int) -> Path:
    """A video so long, with a counter in its picture and a tone; made once."""
    media.mkdir(exist_ok=True)
    made = media / f"recording-{seconds}.mp4"
    if not made.exists():
        argv = (
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin"),
            *("-f", "lavfi", "-i", f"testsrc=size=320x180:rate={_RATE}:duration={seconds}"),
            *("-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}"),
            *("-g", str(_RATE), "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(made)),
        )
        subprocess.run(argv, check=True, timeout=120)
    return made


def _said(count: int) -> Iterator[Word]:
    at_ms = 500
    for number in range(count):
        text = SENTENCE[number % len(SENTENCE)]
        yield Word(at_ms, at_ms + 320, text, 45 if text == "Guttenberg" else 95)
        at_ms += _WORD_MS
        if text.endswith("."):
            at_ms += 2_000 if number // len(SENTENCE) % 4 == 3 else _WORD_MS


def _cuts(said: tuple[Word, ...]) -> Iterator[Cut]:
    for before, after in pairwise(said):
        if after.start_ms - before.end_ms > 1_000:
            span = FrameSpan((before.end_ms + 250) * _RATE // 1000, (after.start_ms - 250) * _RATE // 1000)
            yield Cut(span, "pause")
