"""The three services of one machine, in the order they need each other: Redis, a worker, the web server."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import video_automation
from video_automation.config import Settings
from video_automation.supervisor import checks, signals
from video_automation.supervisor.manager import RestartPolicy, Service, supervise
from video_automation.supervisor.redis_server import answers, is_local_redis, lives, server_argv, without_password

log = logging.getLogger(__name__)

WORKER_GRACE_S = 8.5
"""A worker told to end hands its task back to the queue in less; see `worker_soft_shutdown_timeout`."""
_LONGEST_PAUSE_S = 30.0
FIRST_LOOK_S = 10.0
"""A busy Redis must not be taken for absent, and another started on its port. Where nobody listens, we hear so at once."""


def supervise_services(
    settings: Settings, *, worker_there: Callable[[int], bool], on_ready: Callable[[str], None], patience: RestartPolicy
) -> int:
    """Runs Redis where it is needed, a worker and the web server until told to end; gives the exit code.

    `worker_there` tells whether a process is a live worker; `on_ready` receives the address of the pages once all services run.

    Raises:
        SettingsError: they cannot run with these settings. Nothing was started.
    """
    host, port = settings.server.host, settings.server.port
    with checks.sole_user(settings.data), signals.signals_held():
        checks.check_port(host, port)
        redis = redis_services(settings)
        if redis is None:
            return 0
        return supervise(
            (*redis, worker_service(worker_there), web_service(host, port)),
            on_ready=lambda: on_ready(checks.page_address(host, port)),
            patience=patience,
        )


def redis_services(settings: Settings) -> tuple[Service, ...] | None:
    """The Redis server to run here: none where one answers already; None if the end was asked for before one elsewhere did.

    Raises:
        SettingsError: the URL is wrong, or what answers there cannot be used.
    """
    url = settings.celery_config.broker_url
    if answers(url, timeout_s=FIRST_LOOK_S):
        log.info("using the Redis server that answers at %s", without_password(url))
        return ()
    if is_local_redis(url):
        argv = server_argv(url, settings.data / "redis")
        return (Service("redis", argv, ready=lambda _: answers(url), alive=lambda _: lives(url)),)
    return () if _appeared(url) else None


def _appeared(url: str) -> bool:
    """Waits for a server on another machine, with growing pauses; False if a signal asks for the end first."""
    pause = 0.5
    while not answers(url):
        log.warning("Redis does not answer at %s: asking again in %.1f seconds", without_password(url), pause)
        if signals.wait(pause) in (*signals.ASKED, signals.DRAIN):
            return False
        pause = min(2 * pause, _LONGEST_PAUSE_S)
    return True


def worker_service(there: Callable[[int], bool]) -> Service:
    """A worker. Asked to end, it returns its task to the queue; asked to drain, it finishes it first."""
    return Service(
        "worker",
        _ours("worker"),
        ready=there,
        alive=there,
        env=_environment(),
        drain_signal=signal.SIGUSR1,
        stop_within_s=WORKER_GRACE_S,
    )


def web_service(host: str, port: int) -> Service:
    """The web server."""

    def serves(_: int) -> bool:
        return checks.web_answers(host, port)

    return Service("web", _ours("serve"), ready=serves, alive=serves, env=_environment())


def _ours(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "video_automation", command)


def _environment() -> dict[str, str]:
    """The environment in which a child finds this package, installed or not."""
    root = str(Path(video_automation.__file__).parents[1])
    return {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
