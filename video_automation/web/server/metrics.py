"""Numbers for operators' monitoring, in Prometheus' text format. Every web process gives the same numbers."""

import platform
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from flask import Blueprint, current_app
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from video_automation.errors import TransientError, UnknownTaskError
from video_automation.jobs.ports import Backend
from video_automation.web.api.context import backend, check_operator
from video_automation.web.api.operations import Health
from video_automation.web.api.responses import PlainText
from video_automation.web.server.health_checks import Seen, check_results

_PREFIX: Final = "video_automation"


def blueprint(health: Health, *, version: str) -> Blueprint:
    """The route `/metrics`."""
    metrics = Blueprint("metrics", __name__)

    @metrics.get("/metrics")
    def measured() -> PlainText:
        """Tasks, queue, workers, disk and health in numbers, in Prometheus' text format."""
        check_operator()
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Shared(backend(), health, check_results(current_app.extensions["health"]), version))
        return PlainText(generate_latest(registry), CONTENT_TYPE_LATEST)

    return metrics


class _Shared(Collector):
    """Collects what all processes of the service share, at the time of the request; leaves out what does not respond."""

    def __init__(self, jobs: Backend, health: Health, parts: Mapping[str, Seen], version: str) -> None:
        self._jobs, self._health, self._parts, self._version = jobs, health, parts, version

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily(
            f"{_PREFIX}_build", "What runs here.", {"version": self._version, "python": platform.python_version()}
        )
        up = GaugeMetricFamily(f"{_PREFIX}_up", "Whether a part of the service works.", labels=("part",))
        for name, part in self._parts.items():
            up.add_metric((name,), part.ok)
        yield up
        with suppress(OSError):
            disk = shutil.disk_usage(self._health.folder)
            yield _gauge("disk_free_bytes", "Bytes free on the disk the data is on.", disk.free)
            yield _gauge("disk_total_bytes", "Bytes of the disk the data is on.", disk.total)
        with suppress(TransientError):
            yield from _of_tasks(self._jobs)
        with suppress(TransientError):
            yield _gauge("workers", "Workers that are there.", len(self._health.workers()))
            yield _gauge("slots", "Tasks all workers can have at a time.", self._jobs.slots())


def _of_tasks(jobs: Backend) -> Iterator[Metric]:
    queue = jobs.store.queue()
    tasks = GaugeMetricFamily(f"{_PREFIX}_tasks", "Tasks that have not ended.", labels=("state",))
    tasks.add_metric(("waiting",), len(queue))
    tasks.add_metric(("running",), len(jobs.store.running()))
    yield tasks
    yield _gauge("queue_wait_seconds", "How long the task whose turn is next has waited.", _waited_s(jobs, queue))


def _waited_s(jobs: Backend, queue: tuple[str, ...]) -> float:
    with suppress(UnknownTaskError):  # the task was removed meanwhile
        return max(0.0, time.time() - jobs.store.get(queue[0]).queued_at) if queue else 0.0
    return 0.0


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{_PREFIX}_{name}", what, value)
