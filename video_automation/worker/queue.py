"""The sending side of the queue of jobs."""

from celery import Celery
from kombu.exceptions import OperationalError

from video_automation.errors import TransientError
from video_automation.jobs.ports import HELD_S

TASK, PROXY_TASK = "process_video_task", "make_proxy_task"
_ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
"""A connection that Redis has closed meanwhile is noticed when it is used; the second is a new one."""


class CeleryQueue:
    """A JobQueue of Celery messages; the id of the Celery task is the id of the job."""

    def __init__(self, publisher: Celery) -> None:
        self._app = publisher

    def publish(self, job_id: str) -> None:
        """Calls a worker for this job."""
        self._send(TASK, job_id, task_id=job_id)

    def publish_proxy(self, job_id: str) -> None:
        """Calls a worker to make the proxy of this job. The call expires."""
        self._send(PROXY_TASK, job_id, expires=HELD_S)

    def _send(self, task: str, job_id: str, **how: object) -> None:
        try:
            self._app.send_task(task, args=(job_id,), retry=True, retry_policy=_ONCE_MORE, **how)
        except OperationalError as error:
            raise TransientError(f"The queue (Redis) does not answer ({error}).") from error
