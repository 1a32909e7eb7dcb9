"""The supervisor with the real Redis, worker and web server. See also test_services_end.py."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from instance import Instance, descendants, eventually, free_port, gone, kill, refused, running, settled
from thorough import few

IMPATIENT = """
from video_automation import bootstrap
from video_automation.supervisor.manager import RestartPolicy
tell = lambda address, _: print("Video Automation is ready:", address)
raise SystemExit(bootstrap.run_services(tell, RestartPolicy(silent_s=15)))
"""


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One that goes on whatever becomes of its services, and soon notices that one hangs."""
    with running(tmp_path_factory.mktemp("services") / "data", words=("-c", IMPATIENT)) as instance:
        yield instance


def test_each_service_that_is_killed_comes_back_and_a_task_sent_meanwhile_is_done(
    instance: Instance, short_video: Path
) -> None:
    for name in ("redis-server", "serve"):
        killed(instance, name)
        assert eventually(instance.healthy), instance.log.read_text()
    kill(instance.service("worker"))
    task = instance.upload(short_video)["task_id"]
    assert eventually(lambda: instance.state(task)["state"] == "SUCCESS"), instance.state(task)
    assert eventually(instance.healthy), instance.log.read_text()


def killed(instance: Instance, name: str) -> None:
    """Kills a service, which another process then takes the place of."""
    first = instance.service(name)
    kill(first)
    assert eventually(lambda: instance.services(name) not in ((), (first,))), instance.log.read_text()


@pytest.mark.parametrize("name", few(["worker", "serve", "redis-server"], "worker"))
def test_a_service_that_runs_and_hangs_is_replaced(instance: Instance, name: str) -> None:
    before = hung(instance)
    first = instance.service(name)
    os.kill(first, signal.SIGSTOP)  # it first: now it starts no other
    family = (first, *descendants(first))
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    assert eventually(lambda: all(map(gone, family)) and bool(instance.services(name))), instance.log.read_text()
    assert eventually(instance.healthy), instance.log.read_text()
    assert hung(instance) == before + 1, "the others were left alone"


def hung(instance: Instance) -> int:
    """How many services were replaced since nothing was heard of them."""
    return instance.log.read_text().count("no sign of life")


@pytest.mark.thorough
def test_two_instances_run_side_by_side_each_says_once_that_it_is_ready_and_stops_leaving_nothing(
    tmp_path: Path, short_video: Path
) -> None:
    with running(tmp_path / "one") as one, running(tmp_path / "two") as two:
        for instance in (one, two):
            assert eventually(instance.healthy), instance.get("/health").text
        task = one.upload(short_video)["task_id"]
        assert settled(lambda: two.get(f"/task/{task}")).status_code == 404
        two.stop(signal.SIGINT)
        assert eventually(lambda: one.state(task)["state"] == "SUCCESS"), one.state(task)
        one.stop(signal.SIGTERM)
        for instance in (one, two):
            assert instance.program.stdout is not None
            assert instance.program.stdout.read() == ""


def test_a_taken_port_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = refused(tmp_path / "data", PORT=port, REDIS_URL=f"redis://localhost:{free_port()}")
    assert f"PORT: {port} is taken" in said


LIMITS = ("VIDEO_AUTOMATION__CELERY_CONFIG__TASK_SOFT_TIME_LIMIT", "9999", "must not be above task_time_limit")
FOLDER = ("DATA_FOLDER", "/proc/data", "data_folder: /proc/data cannot be written to")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    few(
        [
            ("PORT", "seven", "PORT: server.port: "),
            ("REDIS_URL", "localhost:6379", "REDIS_URL: "),
            ("VIDEO_AUTOMATION__SPEED", "9", "there is no such setting"),
            LIMITS,
            FOLDER,
        ],
        LIMITS,
        FOLDER,
    ),
)
def test_a_wrong_setting_is_one_line_and_exit_code_2(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    settings = {"PORT": str(free_port()), "REDIS_URL": f"redis://localhost:{free_port()}"} | {name: value}
    assert sentence in refused(tmp_path / "data", **settings)
