"""Rules the whole repository keeps."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_MODULE = 300


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


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
