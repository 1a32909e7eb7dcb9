"""Options of a job on the command line."""

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from media.films import make_film

from video_automation import __version__
from video_automation.cli import cli
from video_automation.plan.edit import plan_from_json
from video_automation.plan.params import CaptionParams, Params, SpeechParams


def test_switches_are_flags_and_everything_else_is_a_value(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=5)
    flags = ("--no-trim-silence", "--no-add-subtitles", "--no-burn-captions", "--no-remove-fillers")
    values = ("--language", "de", "--fillers", "äh, ähm")
    told = CliRunner().invoke(cli, ["plan", str(film), "--json", *flags, *values])
    assert told.exit_code == 0, told.output
    params = plan_from_json(told.stdout.encode()).params
    speech = SpeechParams(language="de", fillers=("äh", "ähm"))
    asked = replace(Params(), trim_silence=False, add_subtitles=False, speech=speech)
    assert params == replace(asked, captions=CaptionParams(burn_captions=False))


def test_of_several_films_one_that_cannot_be_used_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=5)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    told = CliRunner().invoke(cli, ["process", str(empty), str(film), "-o", str(tmp_path / "out"), "--no-add-subtitles"])
    assert told.exit_code == 3
    assert told.stderr == f"{empty}: This file is empty. [empty]\n"
    assert (tmp_path / "out/film/processed_film.mp4").is_file()


def test_help_says_what_each_option_is_for() -> None:
    told = " ".join(CliRunner().invoke(cli, ["process", "--help"]).output.split())
    assert "--trim-silence / --no-trim-silence Cut pauses down." in told
    assert "--aspect VALUE The shape of clips: 9:16, 1:1, 4:5, 16:9." in told


def test_the_version_is_told_by_option_and_by_command() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == CliRunner().invoke(cli, ["version"]).output == f"{__version__}\n"
