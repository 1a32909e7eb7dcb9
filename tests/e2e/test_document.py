"""The commands and snippets of the set-up document run as they are written, and responses have the documented shapes.

The document uses the usual Redis address, so these tests need port 6379.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from instance import PATIENCE_S, ROOT, begin, environment, eventually, free_port, running, settled, video

TEXT = (ROOT / "docs/celery-redis-setup.md").read_text()


def section(title: str) -> str:
    """The text below a heading, up to the next heading of its level or above (`# ` alone is a comment in a command block)."""
    level, rest = re.split(rf"^(#+) {re.escape(title)}.*$", TEXT, flags=re.MULTILINE)[1:3]
    return re.split(rf"^#{{2,{len(level)}}} ", rest, flags=re.MULTILINE)[0]


def block(title: str, number: int = 0, *, kind: str = "") -> str:
    """The fenced block with this number below a heading, among those of its kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```", section(title), flags=re.MULTILINE | re.DOTALL)[number]


def commands(title: str) -> list[str]:
    return [line for line in block(title, kind="bash").splitlines() if line and not line.startswith("#")]


def shape(title: str) -> dict[str, Any]:
    """The documented JSON response of a call."""
    told: dict[str, Any] = json.loads(block(title).split("Returns:\n")[1])
    return told


def usual_port_is_free() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", 6379)) != 0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not usual_port_is_free():
        sentence = "port 6379 is taken: the document's commands cannot be tried here"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    return tmp_path_factory.mktemp("document")


@pytest.fixture(scope="module")
def env(place: Path) -> dict[str, str]:
    return environment(place / "data", PORT=str(free_port()))


@pytest.fixture(scope="module")
def address(place: Path, env: dict[str, str]) -> Iterator[str]:
    """Runs the three terminals of "Development Mode"; gives the address of the web server."""
    terminals = commands("Option 2")
    assert [line.split()[-1] for line in terminals] == ["redis-server", "start_worker.py", "dev_start.py"]
    started = []
    try:
        for line in terminals:
            where = place if line == "redis-server" else ROOT  # it writes its data into its working folder
            started.append(begin(("bash", "-c", f"exec {line}"), env, cwd=where, log=place / "log"))
        told = f"http://127.0.0.1:{env['PORT']}"
        assert eventually(lambda: healthy(told)), (place / "log").read_text()
        yield told
    finally:
        for program in reversed(started):
            os.killpg(program.pid, 9)
            program.wait()
            assert program.stdout is not None
            program.stdout.close()


def healthy(address: str) -> bool:
    try:
        return requests.get(f"{address}/health", timeout=PATIENCE_S).status_code == 200
    except OSError:
        return False


def ran(command: str, env: dict[str, str]) -> str:
    """The output of a command line, which must succeed. It is repeated, since `celery inspect` waits only a second."""
    give_up = time.monotonic() + PATIENCE_S
    while True:
        ended = subprocess.run(["bash", "-c", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        if ended.returncode == 0:
            return ended.stdout
        assert time.monotonic() < give_up, ended


def upload(address: str, source: Path, **options: str) -> requests.Response:
    file = ("video.mp4", source.read_bytes())
    return settled(lambda: requests.post(f"{address}/upload", files={"file": file}, data=options, timeout=PATIENCE_S))


def state(address: str, task_id: str) -> dict[str, Any]:
    told: dict[str, Any] = got(f"{address}/task/{task_id}").json()
    return told


def got(url: str) -> requests.Response:
    return settled(lambda: requests.get(url, timeout=PATIENCE_S))


def posted(url: str) -> requests.Response:
    return settled(lambda: requests.post(url, timeout=PATIENCE_S))


def test_the_debug_commands_answer_while_a_task_runs(address: str, env: dict[str, str], place: Path) -> None:
    ping, active, stats = commands("Debug Commands")
    source = video(place / "long.mp4", seconds=90, size="640x360")
    task = upload(address, source, preset="veryslow").json()["task_id"]
    assert eventually(lambda: state(address, task)["stage"] == "render"), state(address, task)
    assert ran(ping, env) == "PONG\n"
    assert task in ran(active, env)
    assert "prefetch_count" in ran(stats, env)
    assert state(address, task)["state"] == "PROGRESS", "it ran all the while"
    assert posted(f"{address}/task/{task}/cancel").status_code == 202


def test_the_test_of_the_redis_connection_prints_true(address: str, env: dict[str, str]) -> None:
    assert ran(commands("Testing")[0], env) == "True\n"


def test_the_test_of_the_worker_prints_its_sentence(env: dict[str, str]) -> None:
    assert ran(commands("Testing")[1], env) == "Celery app loaded successfully\n"


def test_the_calls_return_the_documented_shapes(address: str, place: Path) -> None:
    told = upload(address, video(place / "short.mp4", seconds=4))
    assert told.status_code == 202
    task = told.json()["task_id"]
    assert told.json().items() >= (shape("Upload Video") | {"task_id": task}).items()

    running_ = state(address, task)
    documented = shape("Check Task Status")
    assert running_["state"] in documented["state"].split("|")
    assert {key: type(running_[key]) for key in documented} == {key: type(value) for key, value in documented.items()}

    assert eventually(lambda: state(address, task)["state"] == "SUCCESS"), state(address, task)
    result = got(f"{address}/task/{task}/result")
    assert result.status_code == 200
    assert result.json().items() >= shape("Get Task Result").items()

    cleanup = posted(f"{address}/task/{task}/cleanup")
    assert cleanup.status_code == 202
    assert cleanup.json().items() >= shape("Cleanup Files").items()


@pytest.mark.parametrize("path", ["/logs", "/health", "/debug"])
def test_the_monitoring_addresses_answer(address: str, path: str) -> None:
    assert f"`{path}`" in section("Monitoring and Logging")
    assert eventually(lambda: requests.get(address + path, timeout=PATIENCE_S).status_code == 200)


def test_the_log_is_where_the_document_says(address: str, place: Path) -> None:
    assert "`pipeline.log`" in section("Monitoring and Logging")
    assert (place / "data/pipeline.log").stat().st_size > 0


def test_a_task_added_by_the_recipe_is_run_by_the_service(tmp_path: Path) -> None:
    define, call, check = (block("Adding New Tasks", number, kind="python") for number in range(3))
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("video_automation", "config", "celery_app.py", "start_services.py"):
        source = ROOT / name
        without = shutil.ignore_patterns("__pycache__")  # other tests may write there meanwhile
        shutil.copytree(source, copy / name, ignore=without) if source.is_dir() else shutil.copy(source, copy)
    with (copy / "celery_app.py").open("a") as module:
        module.write(f"\n\n{define}")
    redis = f"redis://localhost:{free_port()}/0"
    program = (
        f"from celery_app import my_new_task\nparam1, param2 = 1, 'two'\n{call}{check}print(result.get(timeout={PATIENCE_S}))\n"
    )
    with running(tmp_path / "data", cwd=copy, REDIS_URL=redis):
        caller = [sys.executable, "-c", program]
        ended = subprocess.run(
            caller,
            cwd=copy,
            env=environment(tmp_path / "data", REDIS_URL=redis),
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * PATIENCE_S,
        )
    assert ended.stdout == "{'status': 'SUCCESS', 'result': 'data'}\n", ended
