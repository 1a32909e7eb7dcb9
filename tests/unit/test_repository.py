"""Rules the whole repository keeps."""

import pickle
import re
import subprocess
from pathlib import Path

import pytest

from video_automation import errors
from video_automation.errors import PipelineError, ToolError

ROOT = Path(__file__).parents[2]
LONGEST_MODULE = 300


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def family(kind: type[PipelineError]) -> list[type[PipelineError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in family(child))]


ERRORS = family(PipelineError)


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {file.relative_to(ROOT): len(file.read_text().splitlines()) for file in tracked() if file.suffix == ".py"}
    assert {file: length for file, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    modules = [file for file in tracked() if file.suffix == ".py" and file.is_relative_to(ROOT / "video_automation")]
    assert [file for file in modules if not file.read_text().startswith('"""')] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    home = re.compile(rf"(?<![\w.])/(?:home|root|Users)/\w|{re.escape(str(ROOT))}\b")
    texts = [
        file
        for file in tracked()
        if file.suffix in {".py", ".md", ".toml", ".json", ".yml", ".txt", ".html", ".js", ".css", ""}
    ]
    assert [file for file in texts if home.search(file.read_text(errors="ignore"))] == []


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_status_a_code_and_a_place_in_the_drawing(kind: type[PipelineError]) -> None:
    assert kind.__name__.endswith("Error")
    assert 400 <= kind.status <= 599
    assert re.fullmatch(r"[a-z_]+", kind.default_code)
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_survives_pickle(kind: type[PipelineError]) -> None:
    error = ToolError("ffmpeg", 1, "no such filter") if kind is ToolError else kind("A sentence.", code="a_code")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.__dict__) == (kind, str(error), error.__dict__)
