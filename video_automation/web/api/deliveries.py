"""The API on webhooks: the deliveries of a task, and a test of all receivers."""

import time
from uuid import uuid4

from flask import Blueprint

from video_automation.jobs.webhooks.delivering import sent_once
from video_automation.jobs.webhooks.job_events import TEST_EVENT, body_of
from video_automation.jobs.webhooks.outbox import Delivery
from video_automation.web.api.context import backend, caller, check_operator, owned
from video_automation.web.api.responses import Ok
from video_automation.web.api.serializers import moment
from video_automation.web.schemas.webhook_answers import (
    DeliveriesAnswer,
    DeliveryAnswer,
    DeliveryState,
    TriedAnswer,
    WebhookTestAnswer,
)

blueprint = Blueprint("webhooks", __name__)


@blueprint.get("/task/<job_id>/deliveries")
def listed(job_id: str) -> Ok[DeliveriesAnswer]:
    """The webhook deliveries of a task, done and waiting. Only operators see those to the receivers in the settings."""
    job, everything = owned(job_id), caller().operator
    told = (one for one in backend().store.outbox.told(job.id) if everything or one.of_upload)
    return Ok({"task_id": job.id, "deliveries": [_shown(one) for one in told]})


@blueprint.post("/webhooks/test")
def try_receivers() -> Ok[WebhookTestAnswer]:
    """Sends a test event once to each receiver in the settings, and reports how each responded."""
    check_operator()
    return Ok({"receivers": [_tried(one.url) for one in backend().rules.webhooks.receivers]})


def _shown(delivery: Delivery) -> DeliveryAnswer:
    over: DeliveryState = "given_up" if delivery.error else "delivered"
    return {
        "id": delivery.id,
        "type": delivery.type,
        "url": delivery.url,
        "state": "waiting" if delivery.next_at is not None else over,
        "attempts": delivery.attempts,
        "created_at": moment(delivery.created_at),
        "last_attempt_at": moment(delivery.last_at),
        "next_attempt_at": moment(delivery.next_at),
        "status": delivery.status,
        "error": delivery.error,
    }


def _tried(url: str) -> TriedAnswer:
    body = body_of(TEST_EVENT, time.time(), {})
    attempt = sent_once(backend().rules.webhooks, url, body, message_id=f"msg_{uuid4().hex}", of_upload=False)
    return {"url": url, "ok": attempt.error is None, "status": attempt.status, "error": attempt.error}
