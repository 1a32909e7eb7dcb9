"""A whole job of real speech in this process: it makes everything that is promised, and the same each time."""

import json
import logging
from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import av
import pytest
from videos import make_video, read_sound

from video_automation import local
from video_automation.jobs.ports import Rules
from video_automation.jobs.run.manifest import Manifest
from video_automation.plan.edit import plan_json

RATE = 48_000
PROMISED = {
    "processed_two_cities.mp4": "video",
    "processed_two_cities.srt": "captions",
    "processed_two_cities.vtt": "captions",
    "processed_two_cities.transcript.json": "transcript",
    "processed_two_cities.txt": "transcript",
    "two_cities.otio": "timeline",
    "two_cities.edl": "timeline",
    "two_cities.xml": "timeline",
    "two_cities.fcpxml": "timeline",
    "two_cities_thumbnail_1.jpg": "still",
    "two_cities_short_01.mp4": "short",
    "two_cities_short_01.jpg": "cover",
    "two_cities_short_01.srt": "captions",
    "two_cities_short_01.otio": "timeline",
    "two_cities_short_01.edl": "timeline",
    "plan.json": "plan",
    "task.log": "log",
}


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video: the beginning of A Tale of Two Cities is read, over a picture without a face."""
    package = find_spec("moonshine_voice")
    assert package
    assert package.submodule_search_locations
    sound = read_sound(Path(package.submodule_search_locations[0]) / "assets" / "two_cities.wav", RATE)
    folder = tmp_path_factory.mktemp("talk")
    return make_video(
        folder / "two_cities.mp4", frames=len(sound) * 15 // RATE, rate=Fraction(15), size=(320, 180), sound=sound
    )


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
    said = json.loads((folder / "processed_two_cities.transcript.json").read_bytes())
    text = " ".join(sentence["text"] for sentence in said["sentences"]).lower()
    assert "it was the best of times" in text
    captions = (folder / "processed_two_cities.srt").read_text().lower().replace("\n", " ")
    assert "it was the worst of times" in captions


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
