"""The Celery application: how tasks are queued, received, limited, and returned to the queue."""

import os
import warnings
from typing import Any

from billiard import current_process
from celery import Celery, bootsteps
from celery.exceptions import CPendingDeprecationWarning
from celery.signals import setup_logging, worker_process_init

from video_automation.config import Settings
from video_automation.worker.presence import worker_name
from video_automation.worker.shutdown import Endings

_REAP_EVERY_S = 0.2


def publisher(settings: Settings) -> Celery:
    """The application of processes that only queue tasks. It does not wait long for Redis.

    It has no result backend: with one, a Celery client needs 19 seconds to notice that Redis is gone.
    """
    app = Celery("video_automation", broker=settings.celery_config.broker_url, set_as_current=False)
    app.conf.update(
        broker_transport_options=_transport(settings) | {"socket_timeout": 2, "socket_connect_timeout": 1},
        broker_connection_timeout=1,
    )
    return app


def application(settings: Settings) -> Celery:
    """The application of workers, and of `celery -A celery_app`."""
    given = settings.celery_config
    app = Celery("video_automation", broker=given.broker_url, backend=given.result_backend)
    app.conf.update(
        worker_pool=given.worker_pool,
        worker_concurrency=given.worker_concurrency,
        task_time_limit=given.task_time_limit,
        task_soft_time_limit=given.task_soft_time_limit,
        # One message a process, and not taken off the queue before its job has ended, whatever becomes of the process.
        worker_prefetch_multiplier=1,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        # True would skip the message of a reopened job delivered twice; a job that has ended comes back as it is anyway.
        worker_deduplicate_successful_tasks=False,
        # True would lose a job whose worker loses Redis: Celery cannot record that it gave the job back.
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_max_tasks_per_child=1,
        worker_soft_shutdown_timeout=2,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport(settings) | {"socket_timeout": 30},
        task_track_started=True,
        result_extended=True,
        result_expires=7 * 86_400,
        worker_redirect_stdouts=False,
    )
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)  # of the default of the setting we have just set
    app.steps["worker"].add(FastReap)
    app.steps["worker"].add(Endings)
    return app


def worker_arguments(settings: Settings) -> list[str]:
    """The command line of a worker, with the options that Celery reads only there."""
    autoscale = settings.celery_config.worker_autoscale
    return [
        *("--quiet", "worker", "--without-gossip", "--without-mingle"),  # 1 s of start-up, for what we have no use for
        "--without-heartbeat",  # nobody listens, and where Redis is gone it may keep the worker from ending
        *("-n", worker_name(os.getpid())),
        *((f"--autoscale={autoscale}",) if autoscale else ()),
    ]


class FastReap(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery has no types
    """Replaces ended pool processes immediately.

    A process's pipe closes before the process can be waited for; Celery then looks again after 5 s only, and with a fresh
    process for each task that would be 5 s of idleness a task.
    """

    requires = ("celery.worker.components:Pool", "celery.worker.components:Hub")

    def __init__(self, _worker: Any, **_: Any) -> None:
        self._timer: Any = None

    def start(self, worker: Any) -> None:
        """Starts looking, if the pool has processes."""
        if worker.hub and hasattr(worker.pool, "maintain_pool"):
            self._timer = worker.hub.call_repeatedly(_REAP_EVERY_S, worker.pool.maintain_pool)

    def stop(self, _worker: Any) -> None:
        """Stops looking."""
        if self._timer:
            self._timer.cancel()


def _transport(settings: Settings) -> dict[str, Any]:
    """Options of the Redis transport. The shortest `visibility_timeout` of all users of a queue applies, so all use these."""
    return {
        "visibility_timeout": 4 * settings.celery_config.task_time_limit,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _lead_a_group(**_: Any) -> None:
    """Gives a pool process its own process group: a time limit ends all it started, Ctrl-C does not reach it."""
    if current_process().name != "MainProcess":  # as it is in the solo pool
        os.setpgid(0, 0)


@setup_logging.connect  # type: ignore[untyped-decorator]
def _leave_logging_alone(**_: Any) -> None:
    """Tells Celery, by receiving this signal, that logging is set up already."""
