"""The types of the responses about webhooks."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from video_automation.web.schemas.answers import DateTime, TaskId, described

DeliveryState = Literal["waiting", "delivered", "given_up"]
HttpStatus = Annotated[int, Field(ge=100, le=999)]
HttpUrl = Annotated[str, Field(json_schema_extra={"format": "uri"})]


@described
class DeliveryAnswer(TypedDict):
    """An event of a task that is sent to one receiver."""

    id: str
    """The `webhook-id` header it is sent with."""
    type: str
    """The name of the event."""
    url: HttpUrl
    """The receiver."""
    state: DeliveryState
    attempts: Annotated[int, Field(ge=0)]
    """How often it was sent so far."""
    created_at: DateTime | None
    """When the event happened."""
    last_attempt_at: DateTime | None
    next_attempt_at: DateTime | None
    """Null once it is delivered or given up."""
    status: HttpStatus | None
    """The HTTP status of the receiver's last response; null if there was none."""
    error: str | None
    """Why the last attempt failed, as a sentence."""


@described
class DeliveriesAnswer(TypedDict):
    """The deliveries of a task."""

    task_id: TaskId
    deliveries: list[DeliveryAnswer]
    """Newest last: up to 100 that have ended, then those that wait."""


@described
class TriedAnswer(TypedDict):
    """How a receiver responded to a test event."""

    url: HttpUrl
    ok: bool
    status: HttpStatus | None
    """The HTTP status of the receiver's response; null if there was none."""
    error: str | None
    """Why the attempt failed, as a sentence."""


@described
class WebhookTestAnswer(TypedDict):
    """How the receivers in the settings responded to a test event."""

    receivers: list[TriedAnswer]
