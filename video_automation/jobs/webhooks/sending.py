"""Sends one webhook to a checked address, within ten seconds, without following redirects."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import urlsplit

from video_automation import __version__
from video_automation.jobs.webhooks.addresses import IPNetwork, host_and_port, reachable_addresses
from video_automation.jobs.webhooks.outbox import Attempt
from video_automation.jobs.webhooks.signing import signed_headers

TIMEOUT_S = 10.0
"""How long a receiver has from the first packet to the head of its answer."""
_GONE = 410
"""The status by which a receiver says that it wants no more."""


def send_webhook(url: str, body: str, *, secret: str, message_id: str, private_networks: tuple[IPNetwork, ...]) -> Attempt:
    """Sends a signed message to a URL once and returns the outcome. Only the status of the answer is read."""
    sent, (host, port) = body.encode(), host_and_port(url)
    headers = signed_headers(secret, message_id=message_id, at_s=int(time.time()), body=sent) | {
        "Content-Type": "application/json",
        "User-Agent": f"video-automation/{__version__}",
    }
    try:
        addresses = reachable_addresses(host, port, private_networks)
        if not addresses:
            return Attempt(error="The receiver's host has no public address.")
        with _connected(addresses, url) as connection:
            connection.request("POST", _target(url), sent, headers)
            with connection.getresponse() as answer:
                status = answer.status
    except (OSError, ValueError, HTTPException) as error:
        return Attempt(error=f"The receiver did not answer: {str(error) or type(error).__name__}.")
    refused = None if status // 100 == 2 else f"The receiver answered with status {status}."
    return Attempt(status, refused, final=status == _GONE)


@contextmanager
def _connected(addresses: tuple[str, ...], url: str) -> Iterator[HTTPConnection]:
    """A connection to the first of these addresses that takes one, whatever the host's name leads to meanwhile.

    It ends after ten seconds, however slowly the other side speaks.
    """
    host, port = host_and_port(url)
    give_up = time.monotonic() + TIMEOUT_S
    opened = _opened(addresses, port)
    try:
        if urlsplit(url).scheme == "https":
            context = ssl.create_default_context()
            opened = context.wrap_socket(opened, server_hostname=host, do_handshake_on_connect=False)
        ending = Timer(give_up - time.monotonic(), _end, (opened,))
        ending.daemon = True
        ending.start()
        try:
            if isinstance(opened, ssl.SSLSocket):
                opened.do_handshake()
            connection = HTTPConnection(host, port, timeout=TIMEOUT_S)
            connection.default_port = 443 if isinstance(opened, ssl.SSLSocket) else 80
            connection.sock = opened
            yield connection
        finally:
            ending.cancel()
    finally:
        opened.close()


def _end(opened: socket.socket) -> None:
    """Ends a connection at which another thread waits; nothing where it has ended already."""
    with suppress(OSError):
        socket.socket.shutdown(opened, socket.SHUT_RDWR)  # ssl forgets its state first, which the other thread still reads


def _opened(addresses: tuple[str, ...], port: int) -> socket.socket:
    """A connection to the first of the addresses that takes one. Raises OSError."""
    *others, last = addresses
    for address in others:
        try:
            return socket.create_connection((address, port), TIMEOUT_S / len(addresses))
        except OSError:
            continue
    return socket.create_connection((last, port), TIMEOUT_S / len(addresses))


def _target(url: str) -> str:
    """The path and the query of a URL, as a request names them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
