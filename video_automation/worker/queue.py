"""The queue of jobs, for who fills it."""

from celery import Celery
from kombu.exceptions import OperationalError

from video_automation.errors import TransientError

TASK = "process_video_task"
_ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
"""A connection that Redis has closed meanwhile is noticed when it is used; the second is a new one."""


class CeleryQueue:
    """A JobQueue of Celery messages; the id of the Celery task is the id of the job."""

    def __init__(self, publisher: Celery) -> None:
        self._app = publisher

    def publish(self, job_id: str) -> None:
        """Has some worker take this job up."""
        try:
            self._app.send_task(TASK, args=(job_id,), task_id=job_id, retry=True, retry_policy=_ONCE_MORE)
        except OperationalError as error:
            raise TransientError(f"The queue (Redis) does not answer ({error}).") from error
