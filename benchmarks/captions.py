"""Measures captions: the rules they keep, whether OCR can read them in the picture, how fast a corrected one is rendered."""

import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import requests

from benchmarks.jobs import LONG_VIDEO_ONLY, processed
from benchmarks.service import ended, running, uploaded
from benchmarks.talks import CORPUS, talk
from benchmarks.words import plain
from video_automation import local
from video_automation.editing.captions.linebreaks import line_length
from video_automation.errors import InputError
from video_automation.jobs.ports import Rules
from video_automation.plan.cues import Cue
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.legibility import columns, reading_time
from video_automation.plan.time import seconds

_LOOKS = 20
_READ = 0.9
"""The share of letters that must be right for a caption to count as read: the OCR itself misreads some."""


def rules(_folder: Path) -> Iterator[str]:
    """How many captions of all speech recordings break a rule: a line too long, too fast, overlapping, empty."""
    total, broken = 0, Counter[str]()
    for file in sorted(file for folder in ("speech", "asr") for file in (CORPUS / folder).rglob("*.*")):
        try:
            video = local.plan_file(_videoed(file, _folder), Rules(), report=lambda _: None).main
        except InputError:
            continue
        total += len(video.cues)
        broken.update(name for cue, after in pairwise((*video.cues, None)) if cue for name in _broken(cue, after, video))
    yield f"{total} captions of all speech there is: {dict(broken) or 'no rule broken'}"


def _videoed(recording: Path, folder: Path) -> Path:
    """A recording as a video: a recording of sound alone gets a small grey picture."""
    if recording.suffix not in (".wav", ".flac", ".mp3"):
        return recording
    video = folder / "recording.mkv"
    grey = ("-f", "lavfi", "-i", "color=gray:s=640x360:r=25")
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *grey, "-i", str(recording), "-shortest"]
    subprocess.run([*argv, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac", str(video)], check=True)
    return video


def _broken(cue: Cue, after: Cue | None, video: Rendition) -> Iterator[str]:
    shown_s = (cue.span.end - cue.span.start) / video.timeline.rate
    if not cue.text.strip():
        yield "empty"
    if len(cue.lines) > 2 or any(columns(line) > line_length(video.width, video.height, 42) for line in cue.lines):
        yield "too long"
    if reading_time(cue.text) / float(shown_s) > 20:
        yield f"too fast ({cue.text!r}, {reading_time(cue.text) / float(shown_s):.1f} a second)"
    if after and cue.span.end > after.span.start:
        yield "over another"


def legible(folder: Path) -> Iterator[str]:
    """How many of twenty captions, chosen at random, tesseract reads in the middle frame of each."""
    if not shutil.which("tesseract"):
        yield "not measured: there is no tesseract here"
        return
    _, plan, output = processed(talk(folder, minutes=5).video, folder / "out", *LONG_VIDEO_ONLY)
    rendition = plan.main
    right = 0
    for cue in random.Random(1).sample(rendition.cues, _LOOKS):
        still = folder / "still.png"
        at = seconds((cue.span.start + cue.span.end) // 2, rendition.timeline.rate)
        letters = "format=gray,lut=y='if(gt(val\\,205)\\,0\\,255)'"  # turns white letters on any background into black on white
        lower = f"crop=iw:ih*0.35:0:ih*0.65,{letters},scale=iw*2:-2"
        argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-ss", at, "-i", str(output), "-vf", lower]
        subprocess.run([*argv, "-frames:v", "1", str(still)], check=True)
        read = subprocess.run(["tesseract", str(still), "-", "--psm", "6"], capture_output=True, text=True, check=True).stdout
        alike = SequenceMatcher(None, " ".join(plain(cue.text)), " ".join(plain(read))).ratio()
        right += alike >= _READ
    yield f"captions read right off the picture: {right} of {_LOOKS}"


def corrected(folder: Path) -> Iterator[str]:
    """One caption of a five-minute video is corrected: how many encodes that takes, and its time against the whole job."""
    video = talk(folder, minutes=5).video
    with running(folder) as (address, _, _):
        began = time.monotonic()
        task = uploaded(address, video)
        ended(address, task)
        whole_s, before = time.monotonic() - began, _encodes(folder, task)
        text = requests.get(f"{address}/task/{task}/captions", timeout=10).text
        began = time.monotonic()
        blocks = text.split("\n\n")
        blocks[len(blocks) // 2] = blocks[len(blocks) // 2].replace(" the ", " THE ", 1) + " indeed"
        requests.put(f"{address}/task/{task}/captions", data="\n\n".join(blocks).encode(), timeout=10).raise_for_status()
        state = ended(address, task)["state"]
        again_s, encodes = time.monotonic() - began, _encodes(folder, task) - before
    share = again_s / whole_s
    yield f"one caption corrected: {state}, {encodes} encodes (the job had {before}), {share:.0%} of its {whole_s:.0f} s"


def _encodes(folder: Path, task: str) -> int:
    """How many segments a task has encoded so far, by its log."""
    log = (folder / "data" / "output" / task / "task.log").read_text()
    return sum("run: ffmpeg" in line and "libx264" in line for line in log.splitlines())
