"""A whole job of real speech in this process: it makes everything that is promised, and the same each time."""

import json
import logging
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest
from videos import make_video, read_sound

from video_automation import local
from video_automation.editing.speech.suggestions import suggestions
from video_automation.jobs.ports import Rules
from video_automation.jobs.revisions.upgrading import document_of
from video_automation.jobs.run.manifest import Manifest
from video_automation.plan.edit import plan_from_json, plan_json
from video_automation.web.server.static_files import STATIC_FOLDER

RATE = 48_000
PROMISED = {
    "processed_sample.mp4": "video",
    "processed_sample.srt": "captions",
    "processed_sample.vtt": "captions",
    "processed_sample.transcript.json": "transcript",
    "processed_sample.txt": "transcript",
    "sample.otio": "timeline",
    "sample.edl": "timeline",
    "sample.xml": "timeline",
    "sample.fcpxml": "timeline",
    "sample_thumbnail_1.jpg": "still",
    "sample_short_01.mp4": "short",
    "sample_short_01.jpg": "cover",
    "sample_short_01.srt": "captions",
    "sample_short_01.otio": "timeline",
    "sample_short_01.edl": "timeline",
    "plan.json": "plan",
    "task.log": "log",
}


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound of the sample that comes with the product, with a picture that costs little."""
    sound, folder = read_sound(STATIC_FOLDER / "sample.mp4", RATE), tmp_path_factory.mktemp("talk")
    return make_video(folder / "sample.mp4", frames=len(sound) * 10 // RATE, rate=Fraction(10), size=(160, 90), sound=sound)


@pytest.fixture(scope="module")
def programs() -> Iterator[list[str]]:
    """The commands of all programs that are started in the block."""
    told: list[str] = []
    handler, logger = logging.Handler(), logging.getLogger("video_automation.media.program")
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    yield told
    logger.removeHandler(handler)
    logger.setLevel(before)


@pytest.fixture(scope="module")
def result(talk: Path, programs: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    assert not programs
    folder = tmp_path_factory.mktemp("result")
    return folder, local.process_file(talk, folder, Rules(), report=lambda _: None)


def test_everything_that_is_promised_is_there(result: tuple[Path, Manifest]) -> None:
    folder, made = result
    kinds = {artifact.name: artifact.kind for artifact in made.artifacts}
    assert {name: kinds.get(name) for name in PROMISED} == PROMISED
    assert {file.name for file in folder.iterdir()} == {*kinds, "manifest.json"}
    whole = [artifact for artifact in made.artifacts if artifact.kind != "log"]  # the log grows after its size is recorded
    assert all((folder / artifact.name).stat().st_size == artifact.bytes > 0 for artifact in whole)


def test_the_sound_of_the_recording_is_decoded_once_for_all_steps_and_videos(
    result: tuple[Path, Manifest], programs: list[str]
) -> None:
    assert len([artifact for artifact in result[1].artifacts if artifact.kind in ("video", "short")]) == 2
    assert len([command for command in programs if "sound_child.py" in command]) == 1


def test_what_is_said_is_in_captions_and_transcript(result: tuple[Path, Manifest]) -> None:
    folder, _ = result
    said = json.loads((folder / "processed_sample.transcript.json").read_bytes())
    text = " ".join(sentence["text"] for sentence in said["sentences"]).lower()
    assert "bees eat seven kilos of honey to make one kilo of wax" in text
    captions = re.sub(r"\d+\s+[\d:,]+ --> [\d:,]+", "", (folder / "processed_sample.srt").read_text().lower())
    assert "bees eat seven kilos of honey to make one kilo of wax" in " ".join(captions.split())


def test_of_the_sample_pauses_are_cut_and_fillers_and_a_sentence_begun_twice_can_be(result: tuple[Path, Manifest]) -> None:
    folder, made = result
    assert made.stats.removed_ms > 8_000
    document = document_of(plan_from_json((folder / "plan.json").read_bytes()))
    assert [one.kind for one in suggestions(document)] == ["filler", "retake", "filler"]
    assert made.titles[0].text == made.clips[0].title == "Why do bees build hexagons?"


def test_a_clip_is_upright_as_long_as_it_says_and_has_a_reason(result: tuple[Path, Manifest]) -> None:
    folder, made = result
    clip = made.clips[0]
    artifact = next(artifact for artifact in made.artifacts if artifact.name == clip.film)
    with av.open(str(folder / clip.film)) as video:
        picture = video.streams.video[0]
        assert (picture.width, picture.height) == (artifact.width, artifact.height)
        assert picture.width * 16 == pytest.approx(picture.height * 9, rel=0.02)
        assert float(picture.duration * picture.time_base) == pytest.approx(artifact.duration_ms / 1000, abs=0.1)
    assert 15_000 <= artifact.duration_ms <= 60_000
    assert clip.title
    assert all(signal.reason for signal in clip.signals)


@pytest.mark.thorough
def test_the_same_video_gives_the_same_plan_byte_for_byte(result: tuple[Path, Manifest], talk: Path) -> None:
    folder, _ = result
    again = local.plan_file(talk, Rules(), report=lambda _: None)
    assert plan_json(again) == (folder / "plan.json").read_bytes()


def test_a_video_too_short_for_clips_has_none_and_nothing_else_is_missing(tmp_path: Path) -> None:
    video = make_video(tmp_path / "short.mp4", frames=60)
    made = local.process_file(video, tmp_path / "out", Rules(), report=lambda _: None)
    assert (made.clips, made.output_filename) == ((), "processed_short.mp4")
    assert {artifact.kind for artifact in made.artifacts} == {"video", "still", "timeline", "plan", "log"}
