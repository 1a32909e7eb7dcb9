"""A queue for tests, which keeps its messages in a list."""

from dataclasses import dataclass, field

from video_automation.errors import TransientError


@dataclass
class ListQueue:
    """A queue that keeps its messages; if `broken`, it refuses them."""

    messages: list[str] = field(default_factory=list)
    broken: bool = False

    def publish(self, job_id: str) -> None:
        if self.broken:
            raise TransientError("The queue does not answer.", retry_after_s=7)
        self.messages.append(job_id)

    def publish_proxy(self, job_id: str) -> None:
        self.publish(job_id)
