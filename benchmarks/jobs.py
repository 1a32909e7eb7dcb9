"""Measures whole jobs on talks with known pauses: speed against plain encoders, memory, precision of cuts, loudness."""

import re
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg

from benchmarks.bare import bare_seconds
from benchmarks.measured import Run, cores, measured
from benchmarks.talks import Talk, talk
from video_automation.plan.edit import EditPlan, plan_from_json

LONG_VIDEO_ONLY = ("--no-create-shorts", "--no-generate-titles")
TRIMMED_ONLY = ("--no-add-subtitles", *LONG_VIDEO_ONLY)


def processed(video: Path, folder: Path, *options: str) -> tuple[Run, EditPlan, Path]:
    """Runs a video's whole job by the command line; gives the run, its plan, its output file."""
    run = measured([sys.executable, "-m", "video_automation", "process", str(video), "-o", str(folder), "--json", *options])
    plan = plan_from_json((folder / "plan.json").read_bytes())
    return run, plan, folder / plan.main.name


def speed(folder: Path) -> list[str]:
    """The five-minute talk, trimmed and levelled, against plain encoders: the ratio of medians of three runs by turns."""
    video = talk(folder, minutes=5).video
    ratios, walls = [], []
    for _ in range(3):
        run, plan, _ = processed(video, folder / "out", *TRIMMED_ONLY)
        bare_s = bare_seconds(video, plan.main, folder, encoders=cores())
        walls.append((run.wall_s, bare_s))
        ratios.append(run.wall_s / bare_s)
    shown = ", ".join(f"{whole:.1f}/{bare:.1f}" for whole, bare in walls)
    return [f"whole job / bare encoders, 5 min 720p: {sorted(ratios)[1]:.2f} (seconds {shown})"]


def memory(folder: Path) -> list[str]:
    """The peak memory of the process and its children for a short and a long video."""
    peaks = [processed(talk(folder, minutes=minutes).video, folder / "out")[0].peak_mb for minutes in (2, 20)]
    return [f"peak memory, 2 and 20 min 720p: {peaks[0]:.0f} and {peaks[1]:.0f} MB ({peaks[1] / peaks[0] - 1:+.1%})"]


def precision(folder: Path) -> list[str]:
    """How much was cut of pauses and of sentences, and the loudness of the result, for talks of several frame rates."""
    lines = []
    for seed, rate in ((1, "30"), (2, "30000/1001"), (3, "25")):
        video = talk(folder, minutes=5, seed=seed, size="320x180", rate=rate)
        _, plan, output = processed(video.video, folder / "out", *TRIMMED_ONLY)
        loudness, peak = levels(output)
        lines.append(f"seed {seed}, {rate} fps: {_cut(video, plan)}; {loudness} LUFS, {peak} dBTP")
    return lines


def _cut(video: Talk, plan: EditPlan) -> str:
    timeline = plan.main.timeline
    kept = [(float(span.start / timeline.rate), float(span.end / timeline.rate)) for span in timeline.spans]
    long = [(a, b) for a, b in video.pauses if b - a > 0.5]
    removed = sum(b - a - _inside(kept, a, b) for a, b in long)
    worst = max(max(_lost(kept, a, b)) for a, b in video.sentences)
    share = removed / sum(b - a - 0.25 for a, b in long)
    return f"{share:.1%} of what should go removed, worst sentence lost {worst * 1000:.0f} ms"


def _inside(kept: list[tuple[float, float]], a: float, b: float) -> float:
    return sum(max(0.0, min(b, end) - max(a, start)) for start, end in kept)


def _lost(kept: list[tuple[float, float]], a: float, b: float) -> tuple[float, float]:
    """The seconds that are missing at the beginning and at the end of a sentence."""
    overlaps = [(max(a, start), min(b, end)) for start, end in kept if min(b, end) > max(a, start)]
    return (overlaps[0][0] - a, b - overlaps[-1][1]) if overlaps else (b - a, b - a)


def levels(video: Path) -> tuple[float, float]:
    """The integrated loudness in LUFS and the true peak in dBTP of a video's sound, by ffmpeg's meter."""
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(video)]
    argv += ["-map", "0:a:0", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    text = subprocess.run(argv, check=True, capture_output=True, text=True).stderr
    loudness = re.findall(r"I:\s+(-?[\d.]+) LUFS", text)[-1]
    return float(loudness), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", text)[-1])
