"""Joins the parts: picks the store, the queue and the applications that the settings ask for.

Each process loads what it runs: the supervisor and the worker no Flask.
"""

import logging
import os
import select
import signal
import socket
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from video_automation import __version__, config, logs
from video_automation.access.keys import LOCAL_OWNER, SHORTEST_SAFE, Key, Keyring, digest, new_secret
from video_automation.access.repositories import Access
from video_automation.config import Settings
from video_automation.jobs.ports import Backend
from video_automation.jobs.workspace import Folders
from video_automation.media.program import warn_once
from video_automation.storage.local_files import LocalStorage
from video_automation.stores.key_file import KeyFile, secret
from video_automation.stores.mirrored import MirroredStore
from video_automation.stores.owners_file import owners_files
from video_automation.stores.redis import RedisPresence, connect, ping
from video_automation.stores.redis_access import RedisSessions, RedisThrottle
from video_automation.stores.redis_once import RedisOnce
from video_automation.supervisor import services, signals
from video_automation.supervisor.checks import check_folders, page_address, user
from video_automation.supervisor.manager import USUAL_POLICY, RestartPolicy
from video_automation.worker.celery_app import application, publisher, worker_arguments
from video_automation.worker.maintenance import tended
from video_automation.worker.presence import announced, is_there
from video_automation.worker.queue import CeleryQueue

if TYPE_CHECKING:
    from celery import Celery
    from flask import Flask

log = logging.getLogger(__name__)

FIRST_KEY = "first"
_MB = 1_000_000


@lru_cache(1)
def settings() -> Settings:
    """The settings in force for this process."""
    return config.load()


def redis_backend(given: Settings) -> Backend:
    """The jobs in Redis, and the queue to workers."""
    redis = connect(given.celery_config.broker_url)
    storage = LocalStorage(given.input, given.output)
    folders = Folders(storage, given.input, given.work, given.output)
    glossaries, presets, brands = owners_files(given.data)
    return Backend(
        store=MirroredStore(redis, folders, given.rules.webhooks),
        queue=CeleryQueue(publisher(given)),
        folders=folders,
        rules=given.rules,
        once=RedisOnce(redis),
        glossaries=glossaries,
        presets=presets,
        brands=brands,
        slots=RedisPresence(redis).slots,
    )


def redis_access(given: Settings) -> Access:
    """Who may use the service: everybody where it listens on the loopback address only and nobody has set a key."""
    redis, file = connect(given.celery_config.broker_url), key_file(given)
    return Access(
        is_open=is_open(given, file.keys()),
        keys=lambda: Keyring((*given.access.keys, *file.keys())),
        sessions=RedisSessions(redis),
        throttle=RedisThrottle(redis),
        secret=secret(given.data / "secret"),
        rates=given.access.rates,
    )


def is_open(given: Settings, filed: tuple[Key, ...]) -> bool:
    """Whether everybody who reaches the service may use it; the key made by itself for a wider address does not count."""
    return given.server.is_local and not given.access.keys and all(key.name == FIRST_KEY for key in filed)


def key_file(given: Settings) -> KeyFile:
    """Where `video-automation keys` keeps keys."""
    return KeyFile(given.data / "keys.json")


def first_key(given: Settings) -> str | None:
    """The secret of a key made now, since one is needed and there is none; None where there is, or none is needed."""
    file = key_file(given)
    if given.server.is_local or given.access.keys or file.keys():
        return None
    made = new_secret()
    file.change(lambda keys: (*keys, Key(FIRST_KEY, LOCAL_OWNER, digest(made), operator=True)))
    return made


def presence(given: Settings) -> RedisPresence:
    """Which workers are there."""
    return RedisPresence(connect(given.celery_config.broker_url))


@lru_cache(1)
def worker_application() -> "Celery":
    """The Celery application with its task, one for a process."""
    from video_automation.worker.tasks import add_tasks  # noqa: PLC0415  # loads the analysis, which only workers need

    given = settings()
    app = application(given)
    if Path("celery_app.py").exists():
        app.conf.include = ("celery_app",)  # tasks somebody added there
    add_tasks(app, redis_backend(given), given.celery_config)
    return app


def run_worker() -> int:
    """Works on what is queued until told to end; gives the exit code."""
    given = _begun()
    warn_once()
    with tended(redis_backend(given)), announced(presence(given), given.celery_config):
        worker_application().worker_main(worker_arguments(given))
    return 0


def run_web(on_first_key: Callable[[str, str], None], *, reload: bool = False) -> None:
    """Serves the pages and the API until told to end; with `reload`, anew whenever the code changes, for development.

    `on_first_key` hears the address of the pages and the secret of a key, where one had to be made.
    """
    from video_automation.web.server.serve import run_server, serve_reloading  # noqa: PLC0415

    given = _begun()
    if given.access.guessable:
        log.warning(
            "Keys of fewer than %d characters may be guessed. API_KEYS and ADMIN_KEY name such: %d. “keys add” makes others.",
            SHORTEST_SAFE,
            given.access.guessable,
        )
    made = first_key(given)
    if made:
        on_first_key(page_address(given.server.host, given.server.port), made)
    if reload:
        serve_reloading(web_app, given.server.host, given.server.port)
    else:
        run_server(given.server.host, given.server.port, given.server.threads)


def run_services(on_ready: Callable[[str, str | None], None], patience: RestartPolicy = USUAL_POLICY) -> int:
    """Runs Redis where none answers, a worker and the web server until told to end; gives the exit code.

    `on_ready` hears the address of the pages when all are at work, and the secret of a key, where one had to be made.
    """
    given = _begun()
    made = first_key(given)
    there = is_there(presence(given), socket.gethostname())
    return services.supervise_services(
        given, worker_there=there, on_ready=lambda address: on_ready(address, made), patience=patience
    )


def drain_services(*, wait: bool) -> bool:
    """Has the services of this data folder end once the tasks at work are done; False where none run. Waits for it on wish."""
    pid = user(settings().data)
    if pid is None:
        return False
    handle = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(handle, signals.DRAIN)
        if wait:
            select.select([handle], [], [])
    finally:
        os.close(handle)
    return True


def _begun() -> Settings:
    """The settings of a service that starts; its folders are there and its log is open. Raises SettingsError."""
    given = settings()
    check_folders(given)
    logs.start_logging(log_file(given))
    file = config.SETTINGS_FILE.absolute()
    if not file.exists():
        log.warning("There is no %s: settings are the defaults and those of the environment", file)
    return given


def web_app() -> "Flask":
    """The web app, for the server to load."""
    from video_automation.web.api.operations import Health  # noqa: PLC0415
    from video_automation.web.server import health_checks  # noqa: PLC0415
    from video_automation.web.server.flask_app import create_app  # noqa: PLC0415

    given = settings()
    logs.start_logging(log_file(given))
    redis = connect(given.celery_config.broker_url)
    health = Health(
        redis=lambda: ping(redis),
        workers=RedisPresence(redis).present,
        folder=given.data,
        reserve=given.limits.reserve_mb * _MB,
    )
    app = create_app(
        redis_backend(given), redis_access(given), health, settings=given, version=__version__, log_file=log_file(given)
    )
    health_checks.begin_checks(app.extensions["health"])
    return app


def log_file(given: Settings) -> Path:
    """The log all processes of the service share."""
    return given.data / "pipeline.log"
