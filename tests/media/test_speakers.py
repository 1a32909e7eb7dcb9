"""Who speaks, with the real networks on real recordings of one voice and of two."""

import subprocess
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import pytest
from test_hearing import heard, source_of
from thorough import few

from video_automation.analysis.speakers.telling_apart import tell_apart
from video_automation.errors import JobCancelledError
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.speakers import Turn, Voices

RECORDINGS = Path(__file__).parents[1] / "recordings"


def spoken_by(name: str) -> Path:
    package = find_spec("moonshine_voice")
    assert package is not None
    return Path((package.submodule_search_locations or [""])[0]) / "assets" / f"{name}.wav"


def turns(recording: Path, folder: Path) -> tuple[Turn, ...]:
    hearing = heard(recording, folder)
    return tell_apart(Tools(folder, (recording,)), recording, source_of(recording), hearing, on_progress=lambda _: None).turns


def test_two_people_are_two_and_speak_in_turn(tmp_path: Path) -> None:
    found = turns(spoken_by("endgame_nagg_nell"), tmp_path)
    assert {turn.speaker for turn in found} == {1, 2}
    assert all(a.end_ms <= b.start_ms and a.speaker != b.speaker for a, b in pairwise(found))


@pytest.mark.parametrize(
    "recording",
    few([spoken_by("two_cities"), *sorted(RECORDINGS.glob("*.ogg"))], spoken_by("two_cities"), RECORDINGS / "ja.ogg"),
    ids=lambda file: file.stem,
)
def test_one_voice_stays_one(recording: Path, tmp_path: Path) -> None:
    assert len(turns(recording, tmp_path)) == 1


def test_the_same_voices_at_a_telephone_are_two(tmp_path: Path) -> None:
    call = tmp_path / "call.wav"
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(spoken_by("endgame_nagg_nell")), "-ar", "8000", str(call))
    subprocess.run(argv, check=True)
    assert {turn.speaker for turn in turns(call, tmp_path)} == {1, 2}


def test_without_speech_nobody_speaks(tmp_path: Path) -> None:
    recording = spoken_by("beckett")
    silent = Hearing((-60,) * 100, (0,) * 32)
    found = tell_apart(Tools(tmp_path, (recording,)), recording, source_of(recording), silent, on_progress=lambda _: None)
    assert found == Voices()


def test_who_was_interrupted_goes_on_and_finds_the_same(tmp_path: Path) -> None:
    recording = spoken_by("two_cities")
    hearing, stop, shares = heard(recording, tmp_path), Stop(), []

    def told(share: float) -> None:
        shares.append(share)
        stop.set(JobCancelledError("Cancelled."))

    with pytest.raises(JobCancelledError):
        tell_apart(Tools(tmp_path, (recording,), stop), recording, source_of(recording), hearing, on_progress=told)
    assert len(shares) == 1
    rest: list[float] = []
    found = tell_apart(Tools(tmp_path, (recording,)), recording, source_of(recording), hearing, on_progress=rest.append)
    assert rest[0] > shares[0]
    (tmp_path / "anew").mkdir()
    assert found.turns == turns(recording, tmp_path / "anew")
