"""A few of the attacks of `python -m benchmarks.attacks`: files that refer to secrets and to a listener."""

import subprocess
import sys

import pytest
from instance import ROOT


@pytest.mark.thorough
def test_files_that_point_elsewhere_are_refused_and_nothing_is_fetched() -> None:
    argv = (sys.executable, "-m", "benchmarks.attacks", "pointed")
    ran = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, stdin=subprocess.DEVNULL)
    rows = [row for row in ran.stdout.splitlines() if "each answered" not in row]  # the time does not matter here
    assert [row for row in rows if row.endswith("MISSED")] == [], ran.stdout + ran.stderr
    for what in ("connections and packets", "files with a secret in them"):
        assert f"pointed: {what}: 0 (has to be 0)" in rows, ran.stdout + ran.stderr
