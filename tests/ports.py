"""Ports for tests: a free port, and a port with an unexpected server."""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from socketserver import BaseRequestHandler, TCPServer

PORTS = range(20_000, 32_768)
"""Ports below those that the system assigns by itself."""


def free_port() -> int:
    """A port where nobody listens, and that no other test gets while this process runs."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, socket.socket(socket.AF_UNIX) as claim:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                claim.bind(f"\0video-automation-test-{port}")
                probe.bind(("", port))
            except OSError:
                continue
            claim.detach()  # the socket stays open, so the port stays ours
            return port


class _Impostor(BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(1000)
        time.sleep(self.server.late_s)
        self.request.sendall(self.server.answer)


@contextmanager
def impostor(answer: bytes = b"HTTP/1.1 400 Bad Request\r\n\r\n", *, late_s: float = 0) -> Iterator[int]:
    """A port with a server that sends this response to everything, after `late_s` seconds."""
    with TCPServer(("127.0.0.1", 0), _Impostor) as server:
        server.answer, server.late_s = answer, late_s
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
