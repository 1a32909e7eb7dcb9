"""Ports for tests: one where nobody answers, and one where somebody does who is not expected."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from socketserver import BaseRequestHandler, TCPServer


@contextmanager
def held_port() -> Iterator[int]:
    """A port nobody listens on, and that the system gives to no other program within the block.

    A server that sets SO_REUSEADDR, as servers do, can listen on it.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])


class _Impostor(BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(1000)
        time.sleep(self.server.late_s)
        self.request.sendall(self.server.answer)


@contextmanager
def impostor(answer: bytes = b"HTTP/1.1 400 Bad Request\r\n\r\n", *, late_s: float = 0) -> Iterator[int]:
    """A port at which somebody gives this answer to whatever is asked, so many seconds later."""
    with TCPServer(("127.0.0.1", 0), _Impostor) as server:
        server.answer, server.late_s = answer, late_s
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
