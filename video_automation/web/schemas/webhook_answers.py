"""The answers about webhooks as types, as `web.schemas.answers` has those about tasks."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from video_automation.web.schemas.answers import DateTime, TaskId, described

DeliveryState = Literal["waiting", "delivered", "given_up"]
HttpStatus = Annotated[int, Field(ge=100, le=999)]
HttpUrl = Annotated[str, Field(json_schema_extra={"format": "uri"})]


@described
class DeliveryAnswer(TypedDict):
    """One event of a task, on its way to one receiver."""

    id: str
    """The `webhook-id` it is sent with."""
    type: str
    """Which event it is."""
    url: HttpUrl
    """Where it is sent."""
    state: DeliveryState
    attempts: Annotated[int, Field(ge=0)]
    """How often it was sent."""
    created_at: DateTime | None
    """When the event was."""
    last_attempt_at: DateTime | None
    next_attempt_at: DateTime | None
    """Null once it is delivered or given up."""
    status: HttpStatus | None
    """The HTTP status that the last attempt was answered with, if it was."""
    error: str | None
    """Why the last attempt failed, as a sentence."""


@described
class DeliveriesAnswer(TypedDict):
    """The deliveries of a task."""

    task_id: TaskId
    deliveries: list[DeliveryAnswer]
    """Newest last: up to 100 that are over, then those that wait."""


@described
class TriedAnswer(TypedDict):
    """How a receiver took a test event."""

    url: HttpUrl
    ok: bool
    status: HttpStatus | None
    """The HTTP status it answered with, if it did."""
    error: str | None
    """Why it failed, as a sentence."""


@described
class WebhookTestAnswer(TypedDict):
    """How the receivers of the settings took a test event."""

    receivers: list[TriedAnswer]
