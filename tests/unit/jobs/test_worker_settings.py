"""How a worker's settings apply to each of its jobs."""

import os

import pytest

from video_automation.config import Settings
from video_automation.jobs.run.watchdog import TimeLimits
from video_automation.sections import CelerySettings
from video_automation.worker.celery_app import worker_arguments
from video_automation.worker.tasks import encoders_each, job_limits


@pytest.mark.parametrize(
    ("pool", "soft", "hard", "held"),
    [
        ("prefork", 1500, 1800, TimeLimits(soft_s=1500)),
        ("prefork", 1800, 1800, TimeLimits()),
        ("solo", 1500, 1800, TimeLimits(soft_s=1500, hard_s=1800)),
        ("threads", 1800, 1800, TimeLimits(hard_s=1800)),
    ],
)
def test_a_job_holds_itself_to_the_limits_its_pool_does_not(pool: str, soft: int, hard: int, held: TimeLimits) -> None:
    assert job_limits(CelerySettings(worker_pool=pool, task_soft_time_limit=soft, task_time_limit=hard)) == held


def test_jobs_at_a_time_share_the_processor_cores() -> None:
    cores = len(os.sched_getaffinity(0))
    assert encoders_each(CelerySettings()) == cores
    assert encoders_each(CelerySettings(worker_concurrency=cores)) == 1
    assert encoders_each(CelerySettings(worker_autoscale=f"{cores},1")) == 1


def test_autoscaling_is_handed_to_celery() -> None:
    given = Settings(celery_config=CelerySettings(worker_autoscale="4,1"))
    assert "--autoscale=4,1" in worker_arguments(given)
    assert not any("autoscale" in word for word in worker_arguments(Settings()))
