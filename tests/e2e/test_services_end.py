"""However the services end, none of their processes stays, and no task is lost."""

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
    free_port,
    go_on,
    gone,
    halted,
    kill,
    line_within,
    refused,
    running,
    words_of,
)
from redis_server import patient


@pytest.mark.thorough
def test_a_service_told_to_drain_finishes_its_task_keeps_the_others_and_leaves_a_redis_that_it_found(
    tmp_path: Path, redis_url: str, medium_video: Path, short_video: Path
) -> None:
    drain = (sys.executable, "-m", "video_automation", "drain", "--wait")
    with running(tmp_path / "data", REDIS_URL=redis_url) as instance:
        assert "using the Redis server" in instance.log.read_text()
        task, encoders = at_work(instance, medium_video)
        family = descendants(instance.program.pid)
        draining = begin(drain, environment(tmp_path / "data", REDIS_URL=redis_url), log=tmp_path / "drain.log")
        assert draining.stdout is not None
        assert eventually(lambda: instance.get("/health").status_code == 503), "no worker takes anything"
        other = instance.upload(short_video)["task_id"]
        go_on(encoders)
        assert line_within(draining, 2 * PATIENCE_S) == "Everything has ended."
        assert (instance.program.wait(PATIENCE_S), draining.wait(PATIENCE_S)) == (0, 0)
        draining.stdout.close()
        assert eventually(lambda: all(map(gone, family))), [pid for pid in family if not gone(pid)]
    with patient(redis_url) as client:
        assert client.ping()
    with running(tmp_path / "data", REDIS_URL=redis_url) as instance:
        assert (instance.state(task)["state"], instance.state(task)["attempts"]) == ("SUCCESS", 1)
        assert eventually(lambda: instance.state(other)["state"] == "SUCCESS"), instance.state(other)


def test_nothing_to_drain_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    argv = (sys.executable, "-m", "video_automation", "drain")
    (tmp_path / "data").mkdir()
    ended = subprocess.run(argv, cwd=ROOT, env=environment(tmp_path / "data"), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Nothing runs in this data folder.")


def test_a_task_at_work_is_handed_back_and_gone_on_with_by_the_next_one_beside_which_none_starts_and_which_nothing_outlives(
    tmp_path: Path, medium_video: Path
) -> None:
    redis = f"redis://localhost:{free_port()}/0"
    with running(tmp_path / "data", REDIS_URL=redis) as instance:
        task, _ = at_work(instance, medium_video)
        instance.stop()
    with running(tmp_path / "data", REDIS_URL=redis) as instance:
        said = refused(tmp_path / "data", PORT=str(free_port()), REDIS_URL=f"redis://localhost:{free_port()}")
        assert "another instance works in" in said
        assert eventually(lambda: instance.state(task)["state"] == "SUCCESS", 2 * PATIENCE_S), instance.state(task)
        family = descendants(instance.program.pid)
        assert len(family) >= 4, "Redis, worker, its child, web"
        kill(instance.program.pid)
        assert eventually(lambda: all(gone(pid) for pid in family)), [pid for pid in family if not gone(pid)]


def at_work(instance: Instance, source: Path) -> tuple[str, list[int]]:
    """A running task, and the processes that encode its video, halted so that it cannot end.

    A task that is done before they are found is uploaded again.
    """
    found: list[int] = []
    while not found:
        task = instance.upload(source, preset="fast")["task_id"]

        def there(task: str = task) -> bool:
            told = instance.state(task)
            if told["stage"] == "render":
                family = descendants(instance.program.pid)
                found.extend(pid for pid in family if any(word.startswith("ffmpeg-") for word in words_of(pid)) and halted(pid))
            return bool(found) or told["state"] == "SUCCESS"

        assert eventually(there), instance.state(task)
    return task, found
