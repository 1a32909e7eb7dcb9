"""A server that receives webhooks, responds as a test wants, and keeps the messages."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # from the example in the specification


@dataclass(frozen=True)
class Message:
    """A received message: its path, its headers by names in lower case, its body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebhookServer:
    """A running receiver."""

    port: int
    answer: Callable[[Message], int] = lambda _: 204
    """Gives the status of the response to a message."""
    messages: list[Message] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.messages]


@contextmanager
def receiving_webhooks(port: int = 0, wrap: Callable[[Any], Any] = lambda socket: socket) -> Iterator[WebhookServer]:
    """Runs a receiver on this port of the loopback address, or on any free port for 0, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            message = Message(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            receiver.messages.append(message)
            self.send_response(receiver.answer(message))
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Logs nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.socket = wrap(server.socket)
    receiver = WebhookServer(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
