"""A long sound is rendered in parts: the result is the same as in one part, and no part is rendered twice."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cut_off import cut_off
from plans import picture, plan_of, rendered
from test_render_sound import SMALL, sharp_speech
from thorough import few
from videos import make_video, read_sound

from video_automation.plan.edit import EditPlan
from video_automation.render.encode import levelled_sound, sound_parts
from video_automation.render.encode.segments import segments
from video_automation.render.encode.splice import KeptSamples

SECONDS = 11
STEP = 76_800


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of eleven seconds with sharp peaks, so that the limiter works throughout."""
    path = tmp_path_factory.mktemp("sound") / "a.mkv"
    loud = sharp_speech(SECONDS, level=0.5)
    return make_video(path, frames=30 * SECONDS, size=SMALL, sound=loud, sound_codec=("-c:a", "flac"))


def planned(video: Path) -> EditPlan:
    return plan_of(video, [(3, 100), (130, 30 * SECONDS)], picture(frames=30 * SECONDS, size=SMALL), sound=1, gain_db=0)


def made(plan: EditPlan, video: Path, folder: Path, *, at_most: int = 10**6) -> tuple[Path | None, int]:
    """The file of the plan's sound, and how many parts were rendered; None if it was interrupted after `at_most`."""
    (unit,) = (unit for unit in segments(plan, plan.main) if unit.kind == "sound")
    return cut_off(lambda tools: levelled_sound.make_sound(unit, video, tools), folder, video, at_most=at_most)


def test_parts_come_out_as_the_whole(video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(video)
    whole = read_sound(rendered(plan, video, tmp_path / "whole"))
    monkeypatch.setattr(sound_parts, "PART", STEP)
    parted = read_sound(rendered(plan, video, tmp_path / "parts"))
    assert parted.shape == whole.shape
    error, level = np.sqrt(np.mean((parted - whole) ** 2)), np.sqrt(np.mean(whole**2))
    assert 20 * np.log10(error / level) < -20, "both are lossy, differently rounded"
    for border in range(STEP, len(whole) - STEP, STEP):
        near = slice(border - 2048, border + 2048)
        assert np.abs(parted[near] - whole[near]).max() < 0.25 * np.abs(whole).max(), "there is no click where parts meet"


def test_cut_off_after_each_part_it_ends_with_the_same_bytes_and_makes_no_part_twice(
    video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_parts, "PART", 2 * STEP)
    plan, runs = planned(video), 0
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    whole, count = made(plan, video, tmp_path / "whole")
    total = 0
    while True:
        file, more = made(plan, video, tmp_path / "parts", at_most=1)
        total, runs = total + more, runs + 1
        if file:
            break
    assert total == count >= 6
    assert runs > 3
    assert file.read_bytes() == whole.read_bytes()
    assert [left.name for left in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("frames", few([1, 2, 16, 30], 1, 16))
def test_any_length_comes_out_to_the_packet(frames: int, video: Path, tmp_path: Path) -> None:
    plan = plan_of(video, [(0, frames)], picture(frames=30 * SECONDS, size=SMALL), sound=1)
    assert abs(len(read_sound(rendered(plan, video, tmp_path / "work"))) - frames * 1600) < 1024


@pytest.mark.parametrize("samples", [1, STEP * 500, STEP * 562, STEP * 563, STEP * 22_500 + 17])
def test_parts_are_the_whole_and_packets_and_hops_are_whole_in_them(samples: int) -> None:
    made = sound_parts.split_sound(samples)
    assert [part.start for part in made] == [0, *(part.end for part in made[:-1])]
    assert made[-1].end == samples
    assert all(part.start % 4800 == part.begin % 4800 == part.begin % 1024 == 0 for part in made)
    assert all(part.packets.stop is None for part in made if part.last)
    assert max(part.end - part.start for part in made) <= 1.5 * 375 * STEP


def test_the_rest_of_the_pieces_begins_where_it_is_asked_or_before() -> None:
    kept = (KeptSamples(0, 1000, fade_in=False, fade_out=True), KeptSamples(5000, 9000, fade_in=True, fade_out=True))
    assert sound_parts.kept_from(kept, 500) == (kept, 0)
    assert sound_parts.kept_from(kept, 1100) == (kept[1:], 1000)
    assert sound_parts.kept_from(kept, 4000) == ((KeptSamples(8000, 6000, fade_in=False, fade_out=True),), 4000)
    assert sound_parts.kept_from(kept, 9999) == (kept[1:], 1000), "within its last fade a piece is taken whole"
    silence = KeptSamples(None, 3000, fade_in=False, fade_out=False)
    rest = replace(silence, length=1900)
    assert sound_parts.kept_from((silence, *kept), 1100) == ((rest, *kept), 1100)
