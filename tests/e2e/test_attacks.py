"""A few of the attacks of `python -m benchmarks.attacks`: files that point elsewhere, read beside secrets and a listener."""

import subprocess
import sys

from instance import ROOT


def test_files_that_point_elsewhere_are_refused_and_nothing_is_fetched() -> None:
    argv = (sys.executable, "-m", "benchmarks.attacks", "pointed")
    ran = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "connections and packets: 0 (has to be 0)" in ran.stdout
