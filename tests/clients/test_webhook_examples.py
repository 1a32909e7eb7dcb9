"""The receivers in `examples`, run as programs, get real webhooks."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import IO

import pytest
import requests
from e2e.instance import PATIENCE_S, eventually
from ports import free_port
from receivers import SECRET
from tried import missing

from video_automation.jobs.webhooks.outbox import Attempt
from video_automation.jobs.webhooks.sending import send_webhook
from video_automation.jobs.webhooks.signing import signed_headers
from video_automation.media.sandbox import die_with_parent

EXAMPLES = Path(__file__).parents[2] / "examples"
LOOPBACK = (ip_network("127.0.0.0/8"),)
BODY = '{"type":"task.succeeded","timestamp":"2026-01-01T00:00:00.000+00:00","data":{"task_id":"ünï"}}'
OTHER_SECRET = "whsec_" + "b3RoZXIg" * 4


def command(name: str) -> list[str]:
    if name.endswith(".py"):
        return [sys.executable, str(EXAMPLES / name)]
    if not shutil.which("node"):
        missing("no node here: install Node.js to try the receiver in JavaScript")
    return ["node", str(EXAMPLES / name)]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def begun(name: str) -> Iterator[tuple[int, IO[str]]]:
    """Runs a receiver; gives its port and its output."""
    port, parent = free_port(), os.getpid()
    program = subprocess.Popen(
        [*command(name), str(port)],
        env=os.environ | {"WEBHOOK_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509
    )
    with program:
        try:
            assert eventually(lambda: listens(port))
            assert program.stdout
            yield port, program.stdout
        finally:
            program.kill()


@pytest.fixture(params=["receive_webhooks.py", "receive_webhooks.mjs"], scope="module")
def receiver(request: pytest.FixtureRequest) -> Iterator[tuple[int, IO[str]]]:
    with begun(request.param) as found:
        yield found


def sent(port: int, *, secret: str = SECRET, message_id: str = "msg_1", body: str = BODY) -> Attempt:
    url = f"http://127.0.0.1:{port}/"
    return send_webhook(url, body, secret=secret, message_id=message_id, private_networks=LOOPBACK)


def test_a_genuine_message_is_taken_and_one_that_comes_twice_counts_once(receiver: tuple[int, IO[str]]) -> None:
    port, printed = receiver
    assert [sent(port).status for _ in range(2)] == [204, 204]
    assert sent(port, message_id="msg_2", body=BODY.replace("succeeded", "failed")).status == 204
    assert [printed.readline() for _ in range(2)] == ["task.succeeded ünï\n", "task.failed ünï\n"]


def test_a_message_signed_with_another_secret_is_refused(receiver: tuple[int, IO[str]]) -> None:
    assert sent(receiver[0], secret=OTHER_SECRET).status == 401


@pytest.mark.parametrize(
    ("changes", "age_s"),
    [
        ({"webhook-id": "msg_other"}, 0),
        ({"webhook-timestamp": "soon"}, 0),
        ({"webhook-signature": ""}, 0),
        ({"webhook-signature": "v1,ünï"}, 0),
        ({}, 3600),
        ({}, -3600),
    ],
)
def test_a_message_that_was_changed_or_is_old_is_refused(
    receiver: tuple[int, IO[str]], changes: dict[str, str], age_s: int
) -> None:
    signed = signed_headers(SECRET, message_id="msg_1", at_s=int(time.time()) - age_s, body=BODY.encode())
    assert posted(receiver[0], BODY.encode(), signed | changes) == 401


def test_a_body_that_was_changed_is_refused(receiver: tuple[int, IO[str]]) -> None:
    signed = signed_headers(SECRET, message_id="msg_1", at_s=int(time.time()), body=BODY.encode())
    assert posted(receiver[0], BODY.encode(), signed) == 204
    assert posted(receiver[0], BODY.replace("succeeded", "failed").encode(), signed) == 401


def posted(port: int, body: bytes, headers: dict[str, str]) -> int:
    encoded = {name: value.encode() for name, value in headers.items()}
    return requests.post(f"http://127.0.0.1:{port}/", data=body, headers=encoded, timeout=PATIENCE_S).status_code


def test_one_of_several_signatures_is_enough(receiver: tuple[int, IO[str]]) -> None:
    body = b'{"type":"webhook.test","data":{}}'
    old, new = (
        signed_headers(secret, message_id="msg_3", at_s=int(time.time()), body=body) for secret in (OTHER_SECRET, SECRET)
    )
    headers = new | {"webhook-signature": f"{old['webhook-signature']} {new['webhook-signature']}"}
    assert posted(receiver[0], body, headers) == 204
