"""Which frames are rendered, chunk by chunk, at every constant rate and at variable ones."""

from fractions import Fraction
from pathlib import Path

import pytest
from plans import B_FRAMES, picture, plan_of, rendered
from probing import probed
from thorough import few
from videos import H264, clicks, make_video, read_numbers, read_times

from video_automation.errors import InputError
from video_automation.render.encode.chunking import chunks

SPANS = [(3, 40), (41, 44), (70, 200), (260, 300), (301, 330), (333, 570)]
SIZE = (128, 72)


def shown_at(times: list[Fraction], rate: Fraction, frames: int) -> list[int]:
    """The frame that a player shows at each place of the grid: the latest that is at most half a frame late."""
    places = [int(time * rate + Fraction(1, 2)) for time in times]
    return [max(i for i, place in enumerate(places) if place <= frame or i == 0) for frame in range(frames)]


def kept(numbers: list[int] | range, spans: list[tuple[int, int]]) -> list[int]:
    return [numbers[frame] for start, end in spans for frame in range(start, end)]


@pytest.mark.parametrize(
    ("rate", "suffix"),
    few(
        [
            *((rate, ".mp4") for rate in ("24000/1001", "24", "25", "30000/1001", "30", "50", "60")),
            ("24000/1001", ".mkv"),
            ("60", ".mkv"),
        ],
        *(("24000/1001", ".mp4"), ("60", ".mkv")),
    ),
)
def test_exactly_the_planned_frames_come_out(tmp_path: Path, rate: str, suffix: str) -> None:
    frames, spans = (600, SPANS) if Fraction(rate) < 50 else (1200, [*SPANS, (700, 1190)])
    video = make_video(tmp_path / f"a{suffix}", frames=frames, rate=Fraction(rate), size=SIZE, codec=B_FRAMES)
    plan = plan_of(video, spans, picture(frames=frames, rate=Fraction(rate), size=SIZE))
    assert len(chunks(plan.renditions[0].timeline)) > 1
    out = rendered(plan, video, tmp_path / "work")
    assert read_numbers(out) == kept(range(frames), spans)
    times = read_times(out)
    assert times == pytest.approx([float(n / Fraction(rate)) for n in range(len(times))], abs=1e-5)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    few(
        [
            (".ts", B_FRAMES),
            (".mpg", ("-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", "-g", "15")),
            (".avi", ("-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-g", "60")),
            (".flv", B_FRAMES),
            (".webm", ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "60")),
            (".mov", ("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p")),
            (".mp4", (*B_FRAMES, "-x264-params", "intra-refresh=1:keyint=25")),
            (".mkv", (*B_FRAMES, "-x264-params", "open-gop=1")),
        ],
        *((".ts", B_FRAMES), (".flv", B_FRAMES), (".mp4", (*B_FRAMES, "-x264-params", "intra-refresh=1:keyint=25"))),
    ),
)
def test_containers_that_seek_badly_give_exactly_the_planned_frames_too(
    tmp_path: Path, suffix: str, codec: tuple[str, ...]
) -> None:
    spans = [(3, 20), (300, 430), (440, 500), (550, 640)]
    video = make_video(tmp_path / f"a{suffix}", frames=660, rate=Fraction(30), size=SIZE, codec=codec)
    lead = 90 if suffix in (".ts", ".mpg") else 30  # these formats have no list of key frames
    out = rendered(plan_of(video, spans, picture(frames=660, size=SIZE, lead=lead)), video, tmp_path / "work")
    numbers = read_numbers(out)
    shift = {a - b for a, b in zip(numbers, kept(range(660), spans), strict=True)}
    assert len(shift) == 1  # AVI and MPEG begin a frame late, and cannot say so


@pytest.mark.parametrize(
    ("suffix", "codec"),
    few(
        [(".mp4", B_FRAMES), (".mkv", B_FRAMES), (".webm", ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"))],
        *((".mp4", B_FRAMES), (".mkv", B_FRAMES)),
    ),
)
@pytest.mark.parametrize("kind", few(["jitter", "slides", "dropped"], "jitter"))
def test_a_variable_rate_gives_what_a_player_shows(tmp_path: Path, kind: str, suffix: str, codec: tuple[str, ...]) -> None:
    steps = {
        "jitter": [Fraction(20 + 13 * i % 41, 1000) for i in range(700)],
        "slides": [Fraction(3000 if i % 25 == 9 else 33, 1000) for i in range(200)],
        "dropped": [Fraction(1 + (i % 7 == 3) + 4 * (i % 50 == 20), 30) for i in range(600)],
    }[kind]
    times = [sum(steps[:i], Fraction(0)) for i in range(len(steps))]
    if suffix != ".mp4":  # their times are whole milliseconds
        times = [Fraction(round(time * 1000), 1000) for time in times]
    frames = int(times[-1] * 30) + 1
    video = make_video(tmp_path / f"a{suffix}", times=times, size=SIZE, codec=codec)
    spans = [(5, 100), (160, 220), (333, 400), (405, 410), (430, frames - 3)]
    out = rendered(plan_of(video, spans, picture(frames=frames, size=SIZE)), video, tmp_path / "work")
    assert read_numbers(out) == kept(shown_at(times, Fraction(30), frames), spans)


def test_a_picture_that_begins_late_or_ends_early_stands_still(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mkv", frames=60, size=SIZE, picture_delay=0.5, sound=clicks([], 4), codec=H264)
    out = rendered(plan_of(video, [(0, 20), (60, 110)], picture(frames=120, size=SIZE)), video, tmp_path / "work")
    assert read_numbers(out) == [0] * 15 + [0, 1, 2, 3, 4] + list(range(45, 60)) + [59] * 35


@pytest.mark.parametrize("suffix", few([".mkv", ".mp4", ".avi", ".ts", ".flv"], ".ts"))
def test_long_after_its_end_a_picture_still_stands(tmp_path: Path, suffix: str) -> None:
    video = make_video(tmp_path / f"a{suffix}", frames=61, size=SIZE, sound=clicks([], 12), codec=H264)
    found = probed(video).picture
    out = rendered(plan_of(video, [(300, 310), (330, 340)], found), video, tmp_path / "work")
    assert read_numbers(out) == [60] * 20


def test_a_slide_that_stays_for_minutes_takes_little_memory(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", times=[0, 0.1, 240], size=(640, 360))
    shown = picture(frames=7201, size=(640, 360), pixel_aspect=Fraction(3, 1))
    plan = plan_of(video, [(0, 10), (7100, 7201)], shown)
    out = rendered(plan, video, tmp_path / "work")
    assert read_numbers(out) == [0] * 3 + [1] * 107 + [2]


def test_a_picture_that_cannot_be_decoded_is_refused_with_its_place(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mkv", frames=300, size=SIZE)
    data = video.read_bytes()
    video.write_bytes(data[:2000])
    with pytest.raises(InputError, match="cannot be decoded from 0:08"):
        rendered(plan_of(video, [(250, 290)], picture(frames=300, size=SIZE)), video, tmp_path / "work")
