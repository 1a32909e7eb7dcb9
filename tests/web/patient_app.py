"""A small WSGI app on granian for tests of slow clients: it reads bodies, works as long as asked, sends large responses.

`python -m patient_app PORT SLOW_S STILL_S` serves it; connections that stall are closed after so many seconds.
"""

import os
import sys
from collections.abc import Iterable
from functools import partial
from threading import Event
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from video_automation.media.sandbox import die_with_parent
from video_automation.web.security.slow_clients import ConnectionTimeouts, watch


def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """The path is a number: a POST gives the size of its body, so many seconds after its end; a GET gives so many bytes."""
    number = float(environ["PATH_INFO"].strip("/") or 0)
    start("200 OK", [])
    if environ["REQUEST_METHOD"] == "GET":
        return (bytes(1000) for _ in range(int(number) // 1000))
    size = sum(len(block) for block in iter(lambda: environ["wsgi.input"].read(1 << 18), b""))
    Event().wait(number)
    return [b"%d" % size]


def watched(port: int, patience: ConnectionTimeouts, parent: int) -> Any:
    """Loads the app in the process that serves it."""
    die_with_parent(parent)
    watch(port, patience)
    return app


if __name__ == "__main__":
    port, patience = int(sys.argv[1]), ConnectionTimeouts(float(sys.argv[2]), float(sys.argv[3]), look_every_s=0.1)
    server = Granian("app", port=port, interface=Interfaces.WSGI, blocking_threads=16, log_enabled=False)
    server.serve(target_loader=partial(watched, port, patience, os.getpid()), wrap_loader=False)
