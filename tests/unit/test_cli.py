"""Options of a job on the command line."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from media.videos import make_video
from models import model_folder

from video_automation import __version__
from video_automation.cli import cli
from video_automation.errors import RequestError
from video_automation.plan.edit import plan_from_json
from video_automation.plan.params import CaptionParams, Params, SpeechParams


@pytest.fixture
def multilingual(tmp_path: Path) -> dict[str, str]:
    """Environment settings with a model that knows 99 languages."""
    return {"VIDEO_AUTOMATION__TRANSCRIPTION__MODEL": str(model_folder(tmp_path / "whisper", 99))}


def test_a_language_the_model_does_not_know_is_refused_before_any_work(tmp_path: Path, multilingual: dict[str, str]) -> None:
    told = CliRunner().invoke(cli, ["process", "missing.mp4", "-o", str(tmp_path), "--language", "tlh"], env=multilingual)
    assert isinstance(told.exception, RequestError)
    assert told.exception.sentence == "The speech model in use (whisper) does not know Klingon. It knows 99 languages."
    assert told.exception.code == "unknown_language"


def test_switches_are_flags_and_everything_else_is_a_value(tmp_path: Path, multilingual: dict[str, str]) -> None:
    video = make_video(tmp_path / "video.mp4", frames=5)
    flags = ("--no-trim-silence", "--no-add-subtitles", "--no-burn-captions", "--no-remove-fillers")
    values = ("--language", "German", "--fillers", "äh, ähm", "--glossary", "Gutenberg, Johann Fust")
    told = CliRunner().invoke(cli, ["plan", str(video), "--json", *flags, *values], env=multilingual)
    assert told.exit_code == 0, told.output
    params = plan_from_json(told.stdout.encode()).params
    speech = SpeechParams(language="de", glossary=("Gutenberg", "Johann Fust"), fillers=("äh", "ähm"))
    asked = replace(Params(), trim_silence=False, add_subtitles=False, speech=speech)
    assert params == replace(asked, captions=CaptionParams(burn_captions=False))


def test_of_several_videos_one_that_cannot_be_used_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=5)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    told = CliRunner().invoke(cli, ["process", str(empty), str(video), "-o", str(tmp_path / "out"), "--no-add-subtitles"])
    assert told.exit_code == 3
    assert (
        told.stderr
        == f"{empty}: This file is empty: nothing of it has arrived. Copy or export it again, and upload that. [empty]\n"
    )
    assert (tmp_path / "out/video/processed_video.mp4").is_file()


def test_help_says_what_each_option_is_for() -> None:
    told = " ".join(CliRunner().invoke(cli, ["process", "--help"]).output.split())
    assert "--trim-silence / --no-trim-silence Cut pauses down." in told
    assert "--aspect VALUE The shape of clips: 9:16, " in told


def test_the_version_is_told_by_option_and_by_command() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == CliRunner().invoke(cli, ["version"]).output == f"{__version__}\n"
