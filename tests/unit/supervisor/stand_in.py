"""Runs stand-in services under the supervisor: `stand_in.py FOLDER NAME=PYTHON_CODE...`; what happens is told line by line.

A service is ready once it has called `ready()`, and shows no sign of life after `hush()`; `say` writes a line. All have the
time a busy machine needs, but for one called "mute", which is soon given up, and one called "deaf", which is soon killed; of
one called "still" each sign of life is soon missed.
"""

import logging
import signal
import sys
from pathlib import Path

from video_automation.errors import SettingsError
from video_automation.supervisor.manager import RestartPolicy, Service, supervise

PRELUDE = """
import os, signal, subprocess, sys
from pathlib import Path
NAME, FLAG = sys.argv[1], Path(sys.argv[2])
def say(*words): os.write(1, (" ".join(map(str, (NAME, *words))) + "\\n").encode())
HUSHED = FLAG.with_suffix(".hushed")
def ready(): FLAG.touch()
def hush(): HUSHED.touch()
def end(*_): say("ends"); sys.exit(0)
signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGUSR1, lambda *_: (say("drains"), sys.exit(0)))
"""


def service(folder: Path, text: str) -> Service:
    name, code = text.split("=", 1)
    flag = folder / name
    hushed, refusing = flag.with_suffix(".hushed"), flag.with_suffix(".refusing")

    def alive(_: int) -> bool:
        if refusing.exists():
            raise SettingsError("It refuses to say.")
        return not hushed.exists()

    argv = (sys.executable, "-c", PRELUDE + code, name, str(flag))
    return Service(
        name,
        argv,
        lambda _: flag.exists(),
        alive,
        drain_signal=signal.SIGUSR1 if name == "drained" else None,
        stop_within_s=1.0 if name == "deaf" else 60.0,
    )


if __name__ == "__main__":
    logging.disable()  # only what the services say
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # also where the tests were started by nohup, which has it ignored
    services = tuple(service(Path(sys.argv[1]), text) for text in sys.argv[2:])
    start_within_s = 5.0 if services[0].name == "mute" else 120.0
    silent_s = 1.5 if services[0].name == "still" else 6.0
    told = supervise(
        services,
        on_ready=lambda: print("all ready", file=sys.stderr),
        patience=RestartPolicy(start_within_s, first_pause_s=0.01, stable_after_s=120.0, silent_s=silent_s),
    )
    sys.exit(told)
