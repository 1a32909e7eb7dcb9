"""The Redis server that the supervisor starts: a real one, on a free port."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S
from ports import free_port, impostor

from video_automation.config import Settings
from video_automation.errors import SettingsError
from video_automation.sections import CelerySettings
from video_automation.supervisor import redis_server, services
from video_automation.supervisor.redis_command import RefusedError, redis_address, send_command
from video_automation.supervisor.redis_server import (
    answers,
    is_local_redis,
    lives,
    server_argv,
    server_settings,
    without_password,
)
from video_automation.supervisor.redis_tools import reply_text


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the server enough time on a slow machine."""
    for asks in (send_command, answers):
        monkeypatch.setitem(asks.__kwdefaults__, "timeout_s", PATIENCE_S)


@pytest.fixture
def port() -> int:
    return free_port()


@contextmanager
def running(url: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    server = subprocess.Popen(server_argv(url, folder))
    try:
        while not answers(url):
            assert server.poll() is None, (folder / "redis.log").read_text()
        yield server
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize("url", ["redis://localhost:6379/0", "redis://127.0.0.1", "redis://127.0.0.9:1", "redis://[::1]:6379"])
def test_a_server_on_the_loopback_address_is_ours_to_start(url: str) -> None:
    assert is_local_redis(url)


@pytest.mark.parametrize("url", ["redis://redis:6379/0", "redis://10.0.0.7", "rediss://localhost", "redis://example.org:6379"])
def test_a_server_elsewhere_is_not_ours_to_start(url: str) -> None:
    assert not is_local_redis(url)


@pytest.mark.parametrize(
    "url", ["localhost:6379", "http://localhost", "redis://", "redis://localhost:port", "redis://localhost/x"]
)
def test_what_is_no_redis_url_is_a_setting_error_that_shows_a_right_one(url: str) -> None:
    with pytest.raises(SettingsError, match="redis://localhost:6379/0"):
        answers(url)


def test_a_url_is_shown_without_its_password() -> None:
    assert without_password("redis://default:se%40cret@cache.example:7000/2") == "cache.example:7000"


def test_nobody_answers_where_nobody_listens(port: int) -> None:
    assert not answers(f"redis://127.0.0.1:{port}/0")


def test_what_it_was_told_is_there_after_it_was_killed(port: int, tmp_path: Path) -> None:
    url = f"redis://localhost:{port}/3"
    folder = tmp_path / 'a folder with "quotes"'
    with running(url, folder) as server:
        assert send_command(redis_address(url), "SET", "key", "välue") == b"OK"
        server.kill()
        server.wait()
    with running(url, folder):
        assert send_command(redis_address(url), "GET", "key") == "välue".encode()
        assert send_command(redis_address(url), "CONFIG", "GET", "maxmemory-policy") == [b"maxmemory-policy", b"noeviction"]
        assert send_command(redis_address(url), "CONFIG", "GET", "appendfsync") == [b"appendfsync", b"everysec"]


def test_it_listens_on_the_loopback_address_alone() -> None:
    for url in ("redis://localhost", "redis://127.0.0.1", "redis://[::1]"):
        bound = server_settings(redis_address(url), Path("/data")).splitlines()[0]
        assert set(bound.split()[1:]) <= {"127.0.0.1", "::1", "-::1"}


def test_a_password_is_asked_for_and_written_where_only_we_read(port: int, tmp_path: Path) -> None:
    url, folder = f"redis://:se%22cret@127.0.0.1:{port}/0", tmp_path / "redis"
    with running(url, folder):
        assert stat.S_IMODE((folder / "redis.conf").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with pytest.raises(SettingsError, match="NOAUTH"):
            answers(f"redis://127.0.0.1:{port}/0")


def test_a_server_that_refuses_lives_and_one_that_is_stopped_does_not(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(f"redis://:secret@127.0.0.1:{port}/0", tmp_path) as server:
        assert lives(f"redis://127.0.0.1:{port}/0"), "without the password"
        server.send_signal(signal.SIGSTOP)
        monkeypatch.setitem(send_command.__kwdefaults__, "timeout_s", 1.0)
        assert not lives(f"redis://127.0.0.1:{port}/0")
        server.send_signal(signal.SIGCONT)
    assert not lives(f"redis://127.0.0.1:{port}/0")


def test_a_user_of_its_own_is_refused_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="names a user"):
        server_argv("redis://anna:secret@localhost", tmp_path)


def test_something_else_on_the_port_is_a_setting_error() -> None:
    with impostor() as port, pytest.raises(SettingsError, match="no Redis server"):
        answers(f"redis://127.0.0.1:{port}")


def test_one_that_is_slow_to_answer_at_first_is_used_and_no_second_one_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asks in (send_command, answers):
        monkeypatch.setitem(asks.__kwdefaults__, "timeout_s", 0.05)
    monkeypatch.setattr(services, "FIRST_LOOK_S", PATIENCE_S)
    with impostor(b"+PONG\r\n", late_s=0.5) as port:
        settings = Settings(data_folder=tmp_path, celery_config=CelerySettings(broker_url=f"redis://127.0.0.1:{port}"))
        assert services.redis_services(settings) == ()


def test_scripts_called_redis_server_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "redis-server"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_server.find().name == "redis-server"
    assert redis_server.find() != script


def test_a_server_of_the_system_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy("/bin/true", tmp_path / "valkey-server")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_server.find() == tmp_path / "valkey-server"


def cli(*words: str) -> "subprocess.CompletedProcess[str]":
    code = "from video_automation.supervisor.redis_tools import redis_cli_main; redis_cli_main()"
    environment = {**os.environ, "PATH": "/nowhere"}
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment, check=False)


def test_the_small_client_says_pong(port: int, tmp_path: Path) -> None:
    with running(f"redis://localhost:{port}", tmp_path):
        assert cli("-p", str(port), "ping").stdout == "PONG\n"
        assert cli("-h", "localhost", "-p", str(port), "-n", "4", "set", "-key", "1").stdout == "OK\n"
        assert cli("-u", f"redis://127.0.0.1:{port}/4", "keys", "*").stdout == "-key\n"
        wrong = cli("-p", str(port), "no-such-command")
    assert "unknown command" in wrong.stderr
    assert wrong.returncode == 1


def test_the_small_client_says_who_does_not_answer(port: int) -> None:
    refused = cli("-p", str(port), "ping")
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_answers_are_shown_as_lines() -> None:
    assert reply_text([b"a", [1, None], b"b"]) == "a\n1\n\nb"


def test_an_error_of_the_server_is_raised_with_its_text(port: int, tmp_path: Path) -> None:
    url = f"redis://localhost:{port}"
    with running(url, tmp_path), pytest.raises(RefusedError, match="unknown command"):
        send_command(redis_address(url), "NOTHING")
