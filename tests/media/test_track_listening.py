"""What is heard in the sound tracks of real files, and which tracks are then used."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from probing import ffmpeg, probed
from speech import spoken
from thorough import few
from videos import make_video

from video_automation.analysis.track_listening import listen_to_tracks, listening_points
from video_automation.editing.tracks.track_choice import TrackChoice, choose
from video_automation.editing.tracks.track_remarks import track_remarks
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Mixed, Source
from video_automation.plan.source.tracks_heard import TracksHeard

VOICE = spoken("en")[: 8 * 48_000]
CODECS = {"opus": ("-c:a", "libopus", "-mapping_family", "255"), "pcm": ("-c:a", "pcm_s16le")}


def video(path: Path, *channels: np.ndarray, **other: object) -> Path:
    sound = np.stack(channels, axis=1)
    return make_video(path, frames=80, rate=Fraction(10), size=(64, 36), sound=sound, **other)  # type: ignore[arg-type]


def heard(path: Path, folder: Path) -> tuple[Source, TracksHeard]:
    source = probed(path)
    return source, listen_to_tracks(Tools(folder, (path,)), path, source)


def chosen(source: Source, tracks: TracksHeard) -> tuple[TrackChoice, tuple[str, ...]]:
    assert source.sound
    choice = choose(source.sound, tracks)
    return choice, track_remarks(source, choice)


@pytest.mark.parametrize("channels", [1, 2])
def test_an_ordinary_track_is_used_as_it_is_and_needs_no_remark(channels: int, tmp_path: Path) -> None:
    path = video(tmp_path / "video.mp4", *[VOICE] * channels)
    source, tracks = heard(path, tmp_path)
    assert tracks == TracksHeard()
    choice, remarks = chosen(source, tracks)
    assert (choice.sound.mix, remarks) == ((Mixed(1),), ())


def test_a_voice_that_cancels_itself_out_is_noticed(tmp_path: Path) -> None:
    choice, remarks = chosen(*heard(video(tmp_path / "video.mp4", VOICE, -VOICE), tmp_path))
    assert choice.sound.mix == (Mixed(1, (1000,), (0, -1000)),)
    assert remarks == ("The two channels of track 1 cancel each other out, so that one of them was inverted.",)


@pytest.mark.parametrize("kind", few(["mkv", "mov", "ts"], "mkv"))
def test_the_voice_is_found_on_another_track(kind: str, tmp_path: Path) -> None:
    silent, speaking = video(tmp_path / "silent.mkv", 0 * VOICE, 0 * VOICE), video(tmp_path / "voice.mkv", VOICE)
    maps = ("-map", "0", "-map", "1:a", "-metadata:s:a:1", "title=Mic", "-c", "copy")
    ffmpeg("-i", silent, "-i", speaking, *maps, tmp_path / f"video.{kind}")
    choice, remarks = chosen(*heard(tmp_path / f"video.{kind}", tmp_path))
    assert [mixed.stream for mixed in choice.sound.mix] == [2]
    assert remarks[0].startswith("Of the sound, track 2")
    assert remarks[1:] == (
        "Track 1 is left out: it is silent.",
        "To choose others, name their numbers in the option “tracks”.",
    )


@pytest.mark.parametrize(("count", "codec"), few(product([4, 9, 12, 16], CODECS), (4, "pcm"), (9, "opus")))
def test_a_voice_among_channels_without_a_layout_is_found(count: int, codec: str, tmp_path: Path) -> None:
    channels = [0 * VOICE] * count
    channels[count - 2] = VOICE
    choice, _ = chosen(*heard(video(tmp_path / "video.mkv", *channels, sound_codec=CODECS[codec]), tmp_path))
    weights = (*([0] * (count - 2)), 1000)
    assert choice.sound.mix == (Mixed(1, weights, weights),)


def test_stretches_lie_close_together_and_are_no_more_however_long_a_recording_is() -> None:
    assert listening_points(1_000, 2) == (0,)
    hour = listening_points(3_600_000, 2)
    assert len(hour) == 104
    assert (hour[0], hour[-1]) == (0, 3_600_000 - 2_880)
    assert len(listening_points(3_600_000, 16)) == 60
    assert len(listening_points(10 * 3_600_000, 2)) == 600


CASES = {
    "01_antiphase.mp4": (Mixed(1, (1000,), (0, -1000)),),
    "02_mute_first_track.mkv": (Mixed(2),),
    "04_ambisonic.mkv": (Mixed(1, (1000,), (1000,)),),
    "05_unknown_codec_first.mov": (Mixed(2),),
    "15_still_track_first.mkv": (Mixed(2),),
}


@pytest.mark.parametrize("name", few(CASES, "02_mute_first_track.mkv", "15_still_track_first.mkv"))
def test_recordings_as_people_have_them(name: str, corpus: Path, tmp_path: Path) -> None:
    recording, tools = corpus / "cases" / name, Tools(tmp_path, (corpus / "cases" / name,))
    source = probe(tools, recording, name=name, limits=MediaLimits())
    assert source.sound
    choice = choose(source.sound, listen_to_tracks(tools, recording, source))
    assert choice.sound.mix == CASES[name]
    assert track_remarks(source, choice)


def test_with_each_stretch_that_was_listened_to_it_shows_that_it_gets_further(tmp_path: Path) -> None:
    path, signs = video(tmp_path / "video.mp4", VOICE, -VOICE), []
    source = probed(path)
    listen_to_tracks(Tools(tmp_path, (path,), moved=lambda: signs.append(1)), path, source)
    assert len(signs) >= 2
