"""The first key of a service that others can reach, further keys, and what the service stores of them."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests
from instance import PATIENCE_S, ROOT, Instance, environment, eventually, running, settled, video


def command(data: Path, *words: str) -> str:
    """The output of `video-automation keys` for this service."""
    argv = (sys.executable, "-m", "video_automation", "keys", *words)
    env = environment(data, HOST="0.0.0.0")
    return subprocess.run(
        argv, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=PATIENCE_S
    ).stdout.strip()


def status(instance: Instance, path: str, key: str) -> int:
    bearer = {"Authorization": f"Bearer {key}"}
    return settled(lambda: requests.get(instance.address + path, headers=bearer, timeout=PATIENCE_S)).status_code


def test_it_opens_with_the_link_it_prints_and_with_keys_added_meanwhile(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(data, HOST="0.0.0.0") as instance:
        assert instance.program.stdout is not None
        link = instance.program.stdout.readline().split()[-1]
        assert link.startswith(f"{instance.address}/sign-in?key=va_")
        assert settled(lambda: instance.get("/tasks")).status_code == 401
        assert eventually(instance.healthy)
        browser = requests.Session()
        opened = settled(lambda: browser.get(link, headers={"Sec-Fetch-Site": "none"}, timeout=PATIENCE_S))
        assert opened.url == f"{instance.address}/"
        file = ("talk.mp4", video(tmp_path / "talk.mp4", 2).read_bytes())
        sent = settled(lambda: browser.post(f"{instance.address}/upload", files={"file": file}, timeout=PATIENCE_S))
        task = sent.json()["task_id"]

        anna = command(data, "add", "anna")
        assert (status(instance, "/tasks", anna), status(instance, f"/task/{task}", anna)) == (200, 404)
        assert status(instance, "/debug", anna) == 403
        command(data, "remove", "anna")
        assert status(instance, "/tasks", anna) == 401
        debug = settled(lambda: browser.get(f"{instance.address}/debug", timeout=PATIENCE_S)).text
        logs = settled(lambda: browser.get(f"{instance.address}/logs", timeout=PATIENCE_S)).text
    secret = link.partition("key=")[2]
    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    for place in (debug, logs, instance.log.read_text()):
        assert secret not in place
        assert anna not in place
    assert secret.encode() not in kept
    assert (data.stat().st_mode & 0o777, (data / "keys.json").stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.thorough
def test_short_keys_open_it_and_its_log_warns_of_them_without_telling_them(tmp_path: Path) -> None:
    with running(tmp_path / "data", API_KEYS="ann:hush-hush", ADMIN_KEY="hush-hush-too") as instance:
        assert status(instance, "/tasks", "hush-hush") == 200
        told = (tmp_path / "data" / "pipeline.log").read_text()
    assert told.count("Keys of fewer than 20 characters may be guessed. API_KEYS and ADMIN_KEY name such: 2.") == 1
    assert "hush" not in told + instance.log.read_text()
