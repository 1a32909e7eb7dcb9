"""Runs schemathesis against a service of its own: `python -m benchmarks.contract [seconds]`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.films import talk
from benchmarks.service import ended, running, uploaded

_HERE = Path(__file__).parent
_USUAL_S = "300"


def main() -> int:
    """Some tasks are there from the start: two that are done."""
    seconds = (*sys.argv[1:], _USUAL_S)[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = talk(folder, minutes=0.05, size="160x90").film
        with running(folder) as (address, _, _):
            for _ in range(2):
                ended(address, uploaded(address, film))
            own = {"SCHEMATHESIS_HOOKS": "benchmarks.contract.hooks", "CONTRACT_SERVICE": address, "CONTRACT_FILM": str(film)}
            program = (sys.executable, "-m", "schemathesis.cli", "--config-file", _HERE / "schemathesis.toml", "run")
            options = ("--max-time", seconds, "--checks", "all", "--continue-on-failure", "--request-timeout", "60")
            return subprocess.run((*program, f"{address}/openapi.json", *options), env=os.environ | own, check=False).returncode


sys.exit(main())
