"""The service manager with everything it manages: the real Redis, worker and web server."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from instance import (
    PATIENCE_S,
    ROOT,
    Instance,
    begin,
    descendants,
    environment,
    eventually,
    film,
    free_port,
    go_on,
    gone,
    halted,
    kill,
    line_within,
    running,
    settled,
    words_of,
)
from thorough import few


def refused(data: Path, **settings: str) -> str:
    """What `start_services.py` says when it does not start: one line."""
    argv = (sys.executable, "start_services.py")
    ended = subprocess.run(
        argv, cwd=ROOT, env=environment(data, **settings), capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert ended.returncode == 2, ended
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def stop(instance: Instance, number: int = signal.SIGTERM) -> None:
    """A service ends when told to; nothing of it is left and its exit code is 0."""
    family = descendants(instance.program.pid)
    instance.program.send_signal(number)
    assert instance.program.wait(PATIENCE_S) == 0
    assert eventually(lambda: all(map(gone, family))), [pid for pid in family if not gone(pid)]


def test_all_three_are_ready_and_stop_leaving_nothing(tmp_path: Path) -> None:
    with running(tmp_path / "data") as instance:
        assert eventually(instance.healthy), instance.get("/health").text
        stop(instance)


def test_the_ready_line_is_said_once_and_alone(tmp_path: Path) -> None:
    with running(tmp_path / "data") as instance:
        stop(instance, signal.SIGINT)
        assert instance.program.stdout is not None
        assert instance.program.stdout.read() == ""


@pytest.mark.parametrize("name", few(["worker", "serve", "redis-server"], "serve"))
def test_a_killed_service_comes_back(tmp_path: Path, name: str) -> None:
    with running(tmp_path / "data") as instance:
        first = instance.service(name)
        kill(first)
        assert eventually(lambda: instance.services(name) not in ((), (first,))), instance.log.read_text()
        assert eventually(instance.healthy), instance.log.read_text()


IMPATIENT = """
from video_automation import bootstrap
from video_automation.supervisor.manager import Patience
tell = lambda address, _: print("Video Automation is ready:", address)
raise SystemExit(bootstrap.run_services(tell, Patience(silent_s=15)))
"""


@pytest.mark.parametrize("name", few(["worker", "serve", "redis-server"], "worker"))
def test_a_service_that_runs_and_hangs_is_replaced(tmp_path: Path, name: str) -> None:
    with running(tmp_path / "data", words=("-c", IMPATIENT)) as instance:
        first = instance.service(name)
        os.kill(first, signal.SIGSTOP)  # it first: now it starts no other
        family = (first, *descendants(first))
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        assert eventually(lambda: all(map(gone, family)) and bool(instance.services(name))), instance.log.read_text()
        assert eventually(instance.healthy), instance.log.read_text()
        assert instance.log.read_text().count("no sign of life") == 1, "the others were left alone"


def test_a_service_told_to_drain_finishes_its_task_and_keeps_the_others(tmp_path: Path) -> None:
    source, short = film(tmp_path / "talk.mp4", seconds=25, size="640x360"), film(tmp_path / "other.mp4", seconds=4)
    settings = {"REDIS_URL": f"redis://localhost:{free_port()}/0"}
    drain = (sys.executable, "-m", "video_automation", "drain", "--wait")
    with running(tmp_path / "data", **settings) as instance:
        task = instance.upload(source, preset="slower")["task_id"]
        encoders = rendering(instance, task)
        family = descendants(instance.program.pid)
        draining = begin(drain, environment(tmp_path / "data", **settings), log=tmp_path / "drain.log")
        assert draining.stdout is not None
        assert eventually(lambda: instance.get("/health").status_code == 503), "no worker takes anything"
        other = instance.upload(short)["task_id"]
        go_on(encoders)
        assert line_within(draining, 2 * PATIENCE_S) == "Everything has ended."
        assert (instance.program.wait(PATIENCE_S), draining.wait(PATIENCE_S)) == (0, 0)
        draining.stdout.close()
        assert eventually(lambda: all(map(gone, family))), [pid for pid in family if not gone(pid)]
    with running(tmp_path / "data", **settings) as instance:
        assert (instance.state(task)["state"], instance.state(task)["attempts"]) == ("SUCCESS", 1)
        assert eventually(lambda: instance.state(other)["state"] == "SUCCESS"), instance.state(other)


def test_nothing_to_drain_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    argv = (sys.executable, "-m", "video_automation", "drain")
    (tmp_path / "data").mkdir()
    ended = subprocess.run(argv, cwd=ROOT, env=environment(tmp_path / "data"), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Nothing runs in this data folder.")


def rendering(instance: Instance, task: str) -> list[int]:
    """The processes that encode a task's film, stopped: it has no end until they go on."""
    found: list[int] = []

    def there() -> bool:
        if instance.state(task)["stage"] == "render":
            family = descendants(instance.program.pid)
            found.extend(pid for pid in family if any(word.startswith("ffmpeg-") for word in words_of(pid)) and halted(pid))
        return bool(found)

    assert eventually(there), instance.state(task)
    return found


def test_a_killed_worker_works_again_when_it_is_back(tmp_path: Path) -> None:
    with running(tmp_path / "data") as instance:
        kill(instance.service("worker"))
        task = instance.upload(film(tmp_path / "talk.mp4", seconds=4))["task_id"]
        assert eventually(lambda: instance.state(task)["state"] == "SUCCESS"), instance.state(task)


def test_a_task_at_work_is_handed_back_and_gone_on_with_at_the_next_start(tmp_path: Path) -> None:
    source = film(tmp_path / "talk.mp4", seconds=25, size="640x360")
    redis = f"redis://localhost:{free_port()}/0"
    with running(tmp_path / "data", REDIS_URL=redis) as instance:
        task = instance.upload(source, preset="slower")["task_id"]
        rendering(instance, task)
        stop(instance)
    with running(tmp_path / "data", REDIS_URL=redis) as instance:
        assert eventually(lambda: instance.state(task)["state"] == "SUCCESS", 2 * PATIENCE_S), instance.state(task)


def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    with running(tmp_path / "data") as instance:
        family = descendants(instance.program.pid)
        assert len(family) >= 4, "Redis, worker, its child, web"
        kill(instance.program.pid)
        assert eventually(lambda: all(gone(pid) for pid in family)), [pid for pid in family if not gone(pid)]


def test_two_instances_run_side_by_side(tmp_path: Path) -> None:
    with running(tmp_path / "one") as one, running(tmp_path / "two") as two:
        assert eventually(one.healthy)
        assert eventually(two.healthy)
        task = one.upload(film(tmp_path / "talk.mp4", seconds=4))["task_id"]
        assert settled(lambda: two.get(f"/task/{task}")).status_code == 404
        stop(two)
        assert eventually(lambda: one.state(task)["state"] == "SUCCESS"), one.state(task)


def test_a_redis_that_answers_already_is_used_and_left_alone(tmp_path: Path) -> None:
    redis = f"redis://localhost:{free_port()}/0"
    with running(tmp_path / "one", REDIS_URL=redis) as one, running(tmp_path / "two", REDIS_URL=redis) as two:
        assert "using the Redis server" in two.log.read_text()
        stop(two)
        assert eventually(one.healthy)


def test_a_taken_port_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = refused(tmp_path / "data", PORT=port, REDIS_URL=f"redis://localhost:{free_port()}")
    assert f"PORT: {port} is taken" in said


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "seven", "PORT: server.port: "),
        ("REDIS_URL", "localhost:6379", "REDIS_URL: "),
        ("VIDEO_AUTOMATION__SPEED", "9", "there is no such setting"),
        ("VIDEO_AUTOMATION__CELERY_CONFIG__TASK_SOFT_TIME_LIMIT", "9999", "must not be above task_time_limit"),
        ("DATA_FOLDER", "/proc/data", "data_folder: /proc/data cannot be written to"),
    ],
)
def test_a_wrong_setting_is_one_line_and_exit_code_2(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    settings = {"PORT": str(free_port()), "REDIS_URL": f"redis://localhost:{free_port()}"} | {name: value}
    assert sentence in refused(tmp_path / "data", **settings)


def test_a_data_folder_in_use_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with running(tmp_path / "data"):
        said = refused(tmp_path / "data", PORT=str(free_port()), REDIS_URL=f"redis://localhost:{free_port()}")
    assert "another instance works in" in said
