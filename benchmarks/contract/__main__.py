"""`python -m benchmarks.contract [SECONDS]` runs schemathesis for so long against each of three services of its own.

One service is open; of the two that need a key, one gets requests with a user's key, the other without a key.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.service import ended, running, uploaded
from benchmarks.talks import talk

_HERE = Path(__file__).parent
_USUAL_S = "300"
_KEY = "a-key-that-nobody-guesses"
_WITH_KEYS = {
    "API_KEYS": f"ann:{_KEY}",
    "VIDEO_AUTOMATION__ACCESS__UPLOADS_PER_MINUTE": "100000",
    "VIDEO_AUTOMATION__ACCESS__WRONG_KEYS_PER_MINUTE": "10000",
    "VIDEO_AUTOMATION__ACCESS__REQUESTS_PER_MINUTE": "1000000",
}
"""The settings of a service that needs a key, with rates too high to matter here."""


def main() -> int:
    seconds = (*sys.argv[1:], _USUAL_S)[0]
    return max(
        _run("open", {}, key="", named="", seconds=seconds),
        _run("with a key", _WITH_KEYS, key=_KEY, named=_KEY, seconds=seconds),
        _run("without a key", _WITH_KEYS, key=_KEY, named="", seconds=seconds),
    )


def _run(what: str, settings: dict[str, str], *, key: str, named: str, seconds: str) -> int:
    """Tests one service with two finished tasks; gives the exit code. `key` opens it, requests are sent with `named`."""
    print(f"== {what}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        video = talk(folder, minutes=0.5, size="160x90").video
        with running(folder, **settings) as (address, _, _):
            for _ in range(2):
                ended(address, uploaded(address, video, key), key)
            own = {
                "SCHEMATHESIS_HOOKS": "benchmarks.contract.hooks",
                "CONTRACT_SERVICE": address,
                "CONTRACT_KEY": key,
                "CONTRACT_VIDEO": str(talk(folder, minutes=0.05, size="160x90").video),
            }
            program = (sys.executable, "-m", "schemathesis.cli", "--config-file", _HERE / "schemathesis.toml", "run")
            options = ("--max-time", seconds, "--checks", "all", "--continue-on-failure", "--request-timeout", "60")
            header = ("--header", f"Authorization: Bearer {named}") if named else ()
            argv = (*program, f"{address}/openapi.json", *options, *header)
            return subprocess.run(argv, env=os.environ | own, check=False).returncode


sys.exit(main())
