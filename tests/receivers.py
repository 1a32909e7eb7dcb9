"""A server that webhooks are sent to, which answers as a test wants and keeps what came."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # the one of the specification's example


@dataclass(frozen=True)
class Message:
    """What came: the path it was sent to, its headers by their small names, its body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebhookServer:
    """One that is at work."""

    port: int
    answer: Callable[[Message], int] = lambda _: 204
    """Gives the status of each answer."""
    messages: list[Message] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.messages]


@contextmanager
def receiving_webhooks(port: int = 0, wrap: Callable[[Any], Any] = lambda socket: socket) -> Iterator[WebhookServer]:
    """A server on this port of the loopback address, or on any that is free, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            message = Message(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            receiver.messages.append(message)
            self.send_response(receiver.answer(message))
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

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
