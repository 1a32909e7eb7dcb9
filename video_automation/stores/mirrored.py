"""A store that also writes each job to a file beside its recording, in case Redis comes back empty."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from redis import Redis

from video_automation.errors import DamagedError, TransientError, UnknownTaskError
from video_automation.jobs.locks import folder_held
from video_automation.jobs.model import Job, job_json
from video_automation.jobs.webhooks.receivers import NO_WEBHOOKS, Webhooks
from video_automation.jobs.workspace import Folders
from video_automation.stores.redis import RedisStore

log = logging.getLogger(__name__)


class MirroredStore(RedisStore):
    """A RedisStore whose jobs can be restored: everything but their progress is on disk no later than in Redis.

    Web and workers write the same record. Whoever has changed a job writes down what Redis has then, one at a time: so what is
    on disk never goes back, in whatever order those who changed it come to write.
    """

    def __init__(self, redis: Redis, folders: Folders, webhooks: Webhooks = NO_WEBHOOKS) -> None:
        super().__init__(redis, webhooks)
        self._folders = folders

    def add(self, job: Job) -> None:
        """Keeps a new job."""
        self.write_down(job.id, lambda: job)
        super().add(job)

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replaces a job by the result of `step`."""
        before: list[Job] = []

        def noted(job: Job) -> Job:
            before[:] = [job]
            return step(job)

        after = super().change(job_id, noted)
        if _lasting(after) != _lasting(before[0]):
            self.write_down(job_id, lambda: self._newest(after))
        return after

    def _newest(self, job: Job) -> Job:
        """The job as Redis has it now, or as it was changed to, should Redis be away again already."""
        with suppress(UnknownTaskError, TransientError, DamagedError):
            return self.get(job.id)
        return job

    def write_down(self, job_id: str, newest: Callable[[], Job]) -> None:
        """Writes the newest record beside the job's recording, one writer at a time."""
        place = self._folders.of(job_id)
        try:
            if place.upload.exists():  # else it was cleaned up
                with folder_held(place.upload):
                    place.storage.write(place.record, job_json(newest()))
        except OSError as error:  # a full disk must not keep a job from ending
            log.warning("%s cannot be written: %s", place.record, error)


def _lasting(job: Job) -> Job:
    """The lasting part of a job: everything but its progress."""
    return replace(job, stage="queued", stage_progress=0.0, progress=0, status="", eta_seconds=None)
