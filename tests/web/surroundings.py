"""What the web app finds around it in these tests: a queue that keeps its messages, workers and Redis as told."""

from dataclasses import dataclass, field

from video_automation.errors import TransientError

MAX_UPLOAD = 200_000
FILM_BYTES = bytes(range(256)) * 40


@dataclass
class ListQueue:
    """A queue that keeps its messages; `broken`, it takes none."""

    messages: list[str] = field(default_factory=list)
    broken: bool = False

    def publish(self, job_id: str) -> None:
        if self.broken:
            raise TransientError("The queue does not answer.", retry_after_s=7)
        self.messages.append(job_id)


@dataclass
class Surroundings:
    """What the service finds around it."""

    workers: tuple[str, ...] = ("worker-1",)
    redis_answers: bool = True

    def ping(self) -> None:
        if not self.redis_answers:
            raise TransientError("Redis does not answer.")

    def present(self) -> tuple[str, ...]:
        self.ping()
        return self.workers
