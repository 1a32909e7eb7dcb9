"""Measures transcript and captions on a five-minute talk whose words are known."""

import csv
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from statistics import median

from benchmarks.bare import bare_seconds
from benchmarks.jobs import LONG_VIDEO_ONLY, processed
from benchmarks.measured import cores
from benchmarks.talks import CORPUS, Talk, talk
from benchmarks.words import errors, lost, matches, plain
from video_automation.analysis.hearing import hear
from video_automation.analysis.models.speech_model import SpeechModel, folder_of
from video_automation.analysis.speech.transcription import transcribe
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.time import frame_at


def transcript(folder: Path) -> Iterator[str]:
    """The word errors of the transcript, of the model alone on the clean recordings, and of the finished video."""
    video = talk(folder, minutes=5)
    truth = plain(" ".join(video.texts))
    _, plan, output = processed(video.video, folder / "out", *LONG_VIDEO_ONLY)
    assert plan.transcript
    said = _words(plan.transcript)
    ours, alone = errors(truth, said) / len(truth), _alone(video)
    points = 100 * (ours - alone)
    yield f"word errors: ours {ours:.1%}, the model alone on the clean recordings {alone:.1%}: {points:+.1f} points"
    again = _words(transcribed(output, folder))
    share = (lost(truth, again) - lost(truth, said)) / len(truth)
    yield f"words of the truth that the trimmed video lost, against its source: {100 * share:+.1f} points"


def cues(folder: Path) -> Iterator[str]:
    """The distance of each sentence's first caption from the sentence, in the time of the trimmed video."""
    video = talk(folder, minutes=5)
    _, plan, _ = processed(video.video, folder / "out", *LONG_VIDEO_ONLY)
    late = sorted(abs(late_ms) for late_ms in _late(video, plan))
    worst = late[round(0.95 * (len(late) - 1))]
    yield f"first cues of {len(late)} sentences: {median(late):.0f} ms off in the median, {worst:.0f} ms at 95 %"


def whole(folder: Path) -> Iterator[str]:
    """The whole job with captions against the same transcription and encodes alone, three times each by turns."""
    video = talk(folder, minutes=5).video
    ratios, shown = [], []
    for _ in range(3):
        run, plan, _ = processed(video, folder / "out", *LONG_VIDEO_ONLY)
        began = time.monotonic()
        transcribed(video, folder)
        alone_s = time.monotonic() - began + bare_seconds(video, plan.main, folder, encoders=cores())
        ratios.append(run.wall_s / alone_s)
        shown.append(f"{run.wall_s:.1f}/{alone_s:.1f}")
        length_s, peak_mb = plan.source.duration_ms / 1000, run.peak_mb
        yield f"job of {length_s:.0f} s: {length_s / run.wall_s:.1f} x real time, {peak_mb:.0f} MB at most"
    yield f"whole job / transcription and encodes alone: {sorted(ratios)[1]:.2f} (seconds {', '.join(shown)})"


def transcribed(video: Path, folder: Path) -> Transcript:
    """The transcript that our own transcription makes of a video, after probing and listening."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        tools = Tools(Path(scratch), (video,))
        source = probe(tools, video, name=video.name, limits=MediaLimits())
        hearing = hear(tools, video, source, on_progress=lambda _: None)
        return transcribe(tools, video, source, hearing, model=SpeechModel(), on_progress=lambda *_: None)


def _words(said: Transcript) -> list[str]:
    return plain(" ".join(word.text for word in said.words))


def _alone(video: Talk) -> float:
    """The word errors of plain faster-whisper on the recordings the talk is made of."""
    said = _said_alone()
    known = [text for text in video.texts if text in said]
    truth = [plain(text) for text in known]
    wrong = sum(errors(words, plain(said[text])) for words, text in zip(truth, known, strict=True))
    return wrong / sum(map(len, truth))


@cache
def _said_alone() -> dict[str, str]:
    from faster_whisper import WhisperModel  # noqa: PLC0415

    model = WhisperModel(str(folder_of(SpeechModel().model)), device="cpu", compute_type="int8")
    with (CORPUS / "MANIFEST.tsv").open() as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["path"].startswith("asr/ljspeech/")]
    return {
        row["transcript"]: " ".join(part.text for part in model.transcribe(str(CORPUS / row["path"]))[0])
        for row in rows
        if row["transcript"]
    }


def _late(video: Talk, plan: EditPlan) -> Iterator[float]:
    """For each sentence whose first word was recognised: how many milliseconds late its caption appears."""
    assert plan.transcript
    rendition = plan.main
    timeline = rendition.timeline
    sentences = [plain(text) for text in video.texts]
    firsts = [0, *accumulate(map(len, sentences))][:-1]
    truth = [word for sentence in sentences for word in sentence]
    shown = [(word, cue) for cue in rendition.cues for entry in cue.words for word in plain(entry.text)]
    found = matches(truth, [word for word, _ in shown])
    for first, (start_s, _) in zip(firsts, video.sentences, strict=True):
        place = timeline.timeline_frame(frame_at(round(start_s * 1000), timeline.rate))
        if first in found and place is not None:
            yield float((shown[found[first]][1].span.start - place) * 1000 / timeline.rate)
