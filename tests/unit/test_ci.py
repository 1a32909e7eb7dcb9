"""What continuous integration installs before the tests."""

import os
import shutil
import subprocess
from pathlib import Path

RUN = Path(__file__).parents[2] / ".ci" / "run"


def test_each_missing_program_is_installed_by_itself_so_that_one_that_cannot_be_keeps_out_no_other(tmp_path: Path) -> None:
    """The machine has curl and npm, and cannot have caddy; what would change it only writes down what it is told."""
    for name in ("curl", "npm", "make"):
        program(tmp_path / name, "exit 0")
    program(tmp_path / "apt-get", 'echo "$*" >> "$0.told"; case "$*" in *caddy*) exit 100; esac')
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(
        ["/bin/sh", str(RUN)], env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True, check=True, timeout=60
    )
    told = (tmp_path / "apt-get.told").read_text().splitlines()
    assert told[0] == "-qq update"
    assert [line.split()[-1] for line in told[1:]] == [
        "tesseract-ocr",
        "nginx-light",
        "caddy",
        "openssl",
        "chromium-headless-shell",
    ]
    assert "caddy" in done.stdout
    assert "openssl" not in done.stdout


def program(place: Path, script: str) -> None:
    """A program that does so."""
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
