"""Noise around voices is turned down, to the sample; voices, music and applause are left as they are."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from heard import SECOND, source_with
from numpy.typing import NDArray
from speech import RATE, spoken, video_of
from videos import make_video, read_sound

from video_automation.analysis.hearing import hear
from video_automation.analysis.noise_measuring import measure
from video_automation.editing.speech.cleaning import cleaned_ranges
from video_automation.jobs.ports import Rules
from video_automation.local import process_file
from video_automation.media.audio import noise_gains
from video_automation.media.audio.clean_sound import clean_samples
from video_automation.media.audio.kept_sound import drop_kept
from video_automation.media.audio.noise_gains import RECORD, keep_gains
from video_automation.media.audio.sound import keep_sound, samples
from video_automation.media.program import Tools
from video_automation.plan.params import LevelParams, Params
from video_automation.plan.source.recording import Source

Wave = NDArray[np.float32]
SECONDS = 16
COUNT = SECONDS * RATE
LOUD = 0.05
"""The level of speech in these sounds."""


def at_level(sound: Wave, level: float) -> Wave:
    return (sound * (level / np.sqrt(np.square(sound).mean()))).astype(np.float32)


def speech() -> Wave:
    """Two voices, equally loud, with a pause after each sentence or two."""
    parts: list[Wave] = []
    while sum(map(len, parts)) < COUNT:
        parts += [at_level(spoken(("en", "de")[len(parts) // 2 % 2]), LOUD), np.zeros(RATE, np.float32)]
    return np.concatenate(parts)[:COUNT]


def noise(seconds: float, level: float) -> Wave:
    """Pink noise, as of a fan."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(4).normal(0, 1, count))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / RATE), 50))
    return at_level(np.fft.irfft(spectrum, count).astype(np.float32), level)


def music(seconds: float, level: float) -> Wave:
    """A tune in three parts."""
    made, rng = np.zeros(round(seconds * RATE) + RATE), np.random.default_rng(2)
    for length, octave in ((0.5, 1), (1.0, 0.5), (0.25, 2)):
        for start in range(0, round(seconds * RATE), round(length * RATE)):
            time = np.arange(round(length * RATE)) / RATE
            pitch = 220 * octave * 2 ** (rng.choice((0, 2, 4, 5, 7, 9, 11)) / 12)
            tone = sum(np.sin(2 * np.pi * pitch * part * time) / part**1.5 for part in range(1, 7))
            made[start : start + len(time)] += tone * np.exp(-2 * time / length) * np.minimum(1, time / 0.01)
    return at_level(made[: round(seconds * RATE)].astype(np.float32), level)


def applause(seconds: float, level: float) -> Wave:
    """Many hands that clap."""
    made, rng = np.zeros(round(seconds * RATE)), np.random.default_rng(3)
    for start in rng.integers(0, len(made) - 1500, round(150 * seconds)):
        time = np.arange(1500) / RATE
        made[start : start + 1500] += rng.normal(0, 1, 1500) * np.exp(-time * rng.uniform(150, 400))
    return at_level(made.astype(np.float32), level)


def recording(sound: Wave, path: Path) -> tuple[Tools, Path, Source]:
    """A video with this sound, lossless, and the tools to read it."""
    video = make_video(
        path / "a.mkv",
        frames=len(sound) * 10 // RATE,
        rate=Fraction(10),
        size=(64, 36),
        sound=sound.reshape(len(sound), -1),
        sound_codec=("-c:a", "pcm_f32le"),
    )
    tools = Tools(path, (video,), sounds=path / "sounds")
    source = replace(source_with(video), duration_ms=len(sound) * 1000 // RATE)
    keep_sound(tools, video, source, on_progress=lambda _: None)
    return tools, video, source


def cleaned(sound: Wave, path: Path) -> Wave:
    """The sound as it comes out, one side, cleaned where that is decided."""
    tools, video, source = recording(sound, path)
    hearing = hear(tools, video, source, on_progress=lambda _: None)
    measured = measure(tools, video, source, hearing, on_progress=lambda _: None)
    places = [(one.start * RATE // 1000, one.end * RATE // 1000) for one in cleaned_ranges(hearing, measured)]
    with clean_samples(tools, video, source, [(0, len(sound))], places) as stream:
        return np.frombuffer(stream.read(), "<f4").reshape(-1, 2)[:, 0]


def si_sdr_db(wanted: Wave, heard: Wave) -> float:
    """How far the wanted sound, at whatever level, is above all else."""
    part = np.dot(wanted, heard) / np.dot(wanted, wanted) * wanted
    return float(10 * np.log10(np.square(part).sum() / np.square(heard - part).sum()))


def change_db(before: Wave, after: Wave) -> float:
    return float(10 * np.log10(np.square(after).mean() / np.square(before).mean()))


def test_speech_in_noise_gains_six_decibels_and_more(tmp_path: Path) -> None:
    noisy = speech() + noise(SECONDS, LOUD * 10 ** (-10 / 20))
    out = cleaned(noisy, tmp_path)
    assert len(out) == len(noisy)
    assert si_sdr_db(speech(), out) - si_sdr_db(speech(), noisy) >= 6


def test_a_whole_job_makes_the_voice_clean_and_leaves_it_in_its_place(tmp_path: Path) -> None:
    noisy = speech() + noise(SECONDS, LOUD * 10 ** (-10 / 20))
    video = video_of(noisy, path=tmp_path / "talk.mp4")
    clean = LevelParams(sound="clean")
    wanted = Params(trim_silence=False, add_subtitles=False, create_shorts=False, generate_titles=False, level=clean)
    made = process_file(video, tmp_path / "out", Rules(defaults=wanted), report=lambda _: None)
    out = read_sound(tmp_path / "out" / made.output_filename)[: len(noisy), 0]
    assert made.remarks == ()
    assert dict(made.stats.seconds)["clean"] > 0
    assert si_sdr_db(speech()[: len(out)], out) - si_sdr_db(speech(), noisy) >= 6
    alike = [np.dot(np.roll(speech()[: len(out)], late), out) for late in range(-10, 11)]
    assert np.argmax(alike) == 10, "not a sample early or late"
    said = speech()[: len(out)]
    rest = out - np.dot(said, out) / np.dot(said, said) * said
    assert change_db(rest[-6 * RATE :], rest[-RATE // 4 :]) < 4, "the noise does not come back at the end"


@pytest.mark.parametrize("seconds", [0.5, 1.5, 2.1])
def test_the_shortest_sound_is_measured(seconds: float, tmp_path: Path) -> None:
    tools, video, source = recording(noise(seconds, LOUD), tmp_path)
    hearing = hear(tools, video, source, on_progress=lambda _: None)
    measured = measure(tools, video, source, hearing, on_progress=lambda _: None)
    assert len(measured.levels_db) == len(measured.clean_db) == source.duration_ms // 100
    assert cleaned_ranges(hearing, measured) == ()


def test_speech_hardly_loses_where_the_noise_is_low(tmp_path: Path) -> None:
    hiss = noise(SECONDS, LOUD * 10 ** (-35 / 20))
    out = cleaned(speech() + hiss, tmp_path)
    assert abs(change_db(speech(), out)) <= 0.5
    pause = slice(len(spoken("en")) + RATE // 4, len(spoken("en")) + RATE * 3 // 4)
    assert change_db(hiss[pause], out[pause]) < -10, "but it is cleaned"


@pytest.mark.parametrize("made", [speech, lambda: music(SECONDS, LOUD), lambda: applause(SECONDS, LOUD)])
def test_clean_speech_music_and_applause_alone_are_left_as_they_are(made: Callable[[], Wave], tmp_path: Path) -> None:
    assert np.array_equal(cleaned(made(), tmp_path), made())


def test_music_under_speech_is_left_as_it_is(tmp_path: Path) -> None:
    both = speech() + music(SECONDS, LOUD / 4)
    assert np.array_equal(cleaned(both, tmp_path), both)


def test_applause_in_a_noisy_talk_keeps_its_level(tmp_path: Path) -> None:
    half, claps = COUNT // 2, applause(5, 2 * LOUD)
    said = np.concatenate((speech()[:half], np.zeros_like(claps), speech()[:half]))
    hum = noise(len(said) / RATE, LOUD / 4)
    said[half : half + len(claps)] += claps
    out = cleaned(said + hum, tmp_path)
    inside = slice(half + RATE, half + 4 * RATE)
    assert abs(change_db((said + hum)[inside], out[inside])) <= 1
    assert change_db((said + hum)[:half], out[:half]) < -0.1, "the talk is cleaned"


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tools, Path, Source]:
    """Six seconds of noise with a click at 3 s, louder on the left."""
    sound = noise(6, 0.02)
    sound[3 * SECOND] = 0.9
    return recording(np.stack((sound, sound / 2), axis=1), tmp_path_factory.mktemp("sides"))


def heard(given: tuple[Tools, Path, Source], *stretches: tuple[int, int], places: list[tuple[int, int]]) -> Wave:
    with clean_samples(*given, stretches, places) as stream:
        return np.frombuffer(stream.read(), "<f4").reshape(-1, 2)


def test_any_stretch_is_what_it_is_in_the_whole(sides: tuple[Tools, Path, Source]) -> None:
    places = [(0, 2 * SECOND), (4 * SECOND + 7, 6 * SECOND)]
    whole = heard(sides, (0, 6 * SECOND), places=places)
    assert whole.shape == (6 * SECOND, 2)
    stretches = [(0, 1), (17, 30_001), (95_999, 200_000), (200_000, 288_000)]
    parts = heard(sides, *stretches, places=places)
    assert np.allclose(parts, np.concatenate([whole[start:end] for start, end in stretches]), atol=1e-6)
    assert np.allclose(whole[:, 1], whole[:, 0] / 2, atol=1e-6), "a voice stays where it is between the sides"


def test_outside_the_stretches_to_clean_each_sample_is_as_it_was(sides: tuple[Tools, Path, Source]) -> None:
    places = [(0, 2 * SECOND), (4 * SECOND, 6 * SECOND)]
    out = heard(sides, (0, 6 * SECOND), places=places)
    with samples(*sides, [(0, 6 * SECOND)]) as stream:
        before = np.frombuffer(stream.read(), "<f4").reshape(-1, 2)
    kept = slice(2 * SECOND + 480, 4 * SECOND - 480)
    assert np.allclose(out[kept], before[kept], atol=1e-6)
    assert np.abs(out[:, 0]).argmax() == 3 * SECOND
    turned_down = change_db(before[SECOND : SECOND * 3 // 2], out[SECOND : SECOND * 3 // 2])
    assert -18.5 < turned_down < -10, "never further than the bound"
    assert np.array_equal(heard(sides, (5, 500), places=[]), before[5:500])


def test_an_interrupted_search_for_noise_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise_gains, "STRETCH_RECORDS", 20)
    tools, video, source = recording(noise(6, 0.02), tmp_path)

    class EndedError(Exception):
        """The work is handed on."""

    def saved() -> None:
        raise EndedError

    with pytest.raises(EndedError):
        keep_gains(replace(tools, saved=saved), video, source)
    (begun,) = (tmp_path / "sounds").glob("*.begun")
    first = begun.read_bytes()
    assert len(first) == 20 * RECORD
    begun.write_bytes(first + b"half of a stretch")
    shares: list[float] = []
    file = keep_gains(tools, tmp_path / "gone.mkv", source, on_progress=shares.append)
    assert file.stat().st_size == 70 * RECORD, "of the kept sound: the video itself is not read again"
    assert shares == sorted(shares)
    assert shares[0] >= 20 / 70, "the first stretch is not heard again"
    whole = file.read_bytes()
    assert whole.startswith(first)
    drop_kept(tools)
    assert list((tmp_path / "sounds").iterdir()) == [file], "what was found outlasts the kept sound"
    assert keep_gains(tools, tmp_path / "gone.mkv", source) == file


def test_a_recording_without_sound_has_no_noise(tmp_path: Path) -> None:
    video = video_of(noise(1, 0.02), path=tmp_path / "a.mp4")
    tools, source = Tools(tmp_path, (video,)), replace(source_with(video), sound=None)
    hearing = hear(tools, video, source, on_progress=lambda _: None)
    assert cleaned_ranges(hearing, measure(tools, video, source, hearing, on_progress=lambda _: None)) == ()
