"""Runs stand-in services under the supervisor: `stand_in.py FOLDER NAME=PYTHON_CODE...`. It prints what happens.

A service is ready once it calls `ready()`, sends no more heartbeats after `hush()`, and prints a line with `say`. The limits
are long enough for a slow machine, but short for three names: "mute" must be ready soon, "deaf" must end soon when it is asked
to, "still" must send its heartbeats often.
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
    logging.disable()  # print only what the services say
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup would make the services ignore it
    services = tuple(service(Path(sys.argv[1]), text) for text in sys.argv[2:])
    start_within_s = 5.0 if services[0].name == "mute" else 120.0
    silent_s = 1.5 if services[0].name == "still" else 6.0
    told = supervise(
        services,
        on_ready=lambda: print("all ready", file=sys.stderr),
        patience=RestartPolicy(start_within_s, first_pause_s=0.01, stable_after_s=120.0, silent_s=silent_s),
    )
    sys.exit(told)
