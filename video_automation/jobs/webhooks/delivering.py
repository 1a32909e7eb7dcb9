"""Sends the due deliveries of the outbox, one at a time, however many workers there are."""

import logging
import random
import time

from video_automation.jobs.ports import JobStore
from video_automation.jobs.webhooks.outbox import Attempt, Delivery, after_attempt
from video_automation.jobs.webhooks.receivers import Webhooks
from video_automation.jobs.webhooks.sending import send_webhook

log = logging.getLogger(__name__)

_AT_A_TIME = 50
"""Deliveries after which others may go on."""


def deliver_due(store: JobStore, webhooks: Webhooks, *, holder: str) -> None:
    """Sends what is due, unless another holder is doing so.

    What was sent is noted afterwards. Who is cut off in between has it sent again, under the same id: a message comes at least
    once.

    Raises:
        TransientError: the store does not answer.
    """
    outbox = store.outbox
    if outbox.next_due(time.time()) is None or not outbox.hold(holder):
        return
    try:
        for _ in range(_AT_A_TIME):
            due = outbox.next_due(time.time())
            if due is None or not outbox.hold(holder):
                return
            outbox.settle(attempted(webhooks, due))
    finally:
        outbox.release(holder)


def attempted(webhooks: Webhooks, due: Delivery) -> Delivery:
    """A delivery after another attempt."""
    attempt = sent_once(webhooks, due.url, due.body, message_id=due.id, of_upload=due.of_upload)
    after = after_attempt(due, attempt, time.time(), chance=random.random())
    if after.error:
        log.warning("%s of %s, attempt %d: %s", due.type, due.job_id, after.attempts, after.error)
    return after


def sent_once(webhooks: Webhooks, url: str, body: str, *, message_id: str, of_upload: bool) -> Attempt:
    """The outcome of sending a message to a receiver once, signed by the present settings."""
    secret = webhooks.secret_of(url, of_upload=of_upload)
    if secret is None:
        return Attempt(error="The settings do not name this receiver any more.", final=True)
    return send_webhook(url, body, secret=secret, message_id=message_id, private_networks=webhooks.private_networks)
