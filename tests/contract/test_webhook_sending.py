"""Sending one webhook over real sockets: its address, its time limits, TLS."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from ipaddress import ip_network
from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S
from receivers import SECRET, WebhookServer, receiving_webhooks

from video_automation.jobs.webhooks import sending
from video_automation.jobs.webhooks.addresses import IPNetwork
from video_automation.jobs.webhooks.outbox import Attempt

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def receiver() -> Iterator[WebhookServer]:
    with receiving_webhooks() as server:
        yield server


def sent_to(url: str, networks: tuple[IPNetwork, ...] = LOOPBACK) -> Attempt:
    return sending.send_webhook(url, "{}", secret=SECRET, message_id="msg_1", private_networks=networks)


def test_a_redirect_is_not_followed(receiver: WebhookServer) -> None:
    receiver.answer = lambda _: 307
    assert sent_to(receiver.url) == Attempt(307, "The receiver answered with status 307.")
    assert [one.path for one in receiver.messages] == ["/hook"]


def test_it_is_the_address_that_was_checked_that_is_connected_to(
    receiver: WebhookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    resolve = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: int, **options: int) -> object:
        """Resolves the host to loopback the first time, and to another address afterwards."""
        if host == "receiver.example":
            looked_up.append(host)
            host = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.2"
        return resolve(host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    named = (ip_network("127.0.0.1/32"),)
    assert sent_to(f"http://receiver.example:{receiver.port}/a?b=c", named) == Attempt(204)
    assert [(one.path, one.headers["host"]) for one in receiver.messages] == [("/a?b=c", f"receiver.example:{receiver.port}")]
    assert len(looked_up) == 1
    assert sent_to(f"http://receiver.example:{receiver.port}/", named).error == "The receiver's host has no public address."


@pytest.fixture
def listening() -> Iterator[Callable[[bytes], str]]:
    """A server that sends the same bytes until the client closes the connection; gives its URL."""
    over = threading.Event()
    threads: list[threading.Thread] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def speak(said: bytes) -> None:
            connection, _ = server.accept()
            with closing(connection):
                try:
                    while not over.wait(0.02):
                        connection.sendall(said)
                except OSError:
                    return

        def listen(said: bytes) -> str:
            threads.append(threading.Thread(target=speak, args=(said,)))
            threads[-1].start()
            return f"http://127.0.0.1:{server.getsockname()[1]}/"

        yield listen
        over.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("said", [b"", b"H", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_receiver_that_never_comes_to_its_answer_is_left(
    listening: Callable[[bytes], str], said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_S", 0.5)
    began = time.monotonic()
    assert "did not answer" in (sent_to(listening(said)).error or "")
    assert time.monotonic() - began < PATIENCE_S


def test_what_is_no_http_is_an_error_and_no_crash(listening: Callable[[bytes], str]) -> None:
    assert "did not answer" in (sent_to(listening(b"220 smtp\r\n")).error or "")


def test_a_host_that_nobody_knows_is_an_error() -> None:
    assert "did not answer" in (sent_to("https://receiver.invalid/").error or "")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for receiver.example, with its key."""
    if not shutil.which("openssl"):
        assert not os.environ.get("CI")
        pytest.skip("there is no openssl here")
    file = tmp_path / "both.pem"
    subject = ("-subj", "/CN=receiver.example", "-addext", "subjectAltName=DNS:receiver.example")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(file))
    made = subprocess.run(("openssl", "req", "-x509", *key, *subject), check=True, capture_output=True, timeout=PATIENCE_S)
    file.write_bytes(file.read_bytes() + made.stdout)
    return file


def test_a_receiver_by_tls_has_to_show_a_certificate_for_its_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *args, **options: resolve("127.0.0.1", *args, **options))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with receiving_webhooks(wrap=lambda plain: context.wrap_socket(plain, server_side=True)) as receiver:
        named, other = (f"https://{host}:{receiver.port}/" for host in ("receiver.example", "other.example"))
        assert "certificate verify failed" in (sent_to(named).error or "")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert sent_to(named) == Attempt(204)
        assert "certificate verify failed" in (sent_to(other).error or "")
    assert [one.headers["host"] for one in receiver.messages] == [f"receiver.example:{receiver.port}"]
