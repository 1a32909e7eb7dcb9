"""The receivers of webhooks, and the deliveries of a change of a job."""

import time
from dataclasses import dataclass
from uuid import uuid4

from video_automation.errors import RequestError
from video_automation.jobs.model import Job
from video_automation.jobs.webhooks.addresses import IPNetwork, check_webhook_url
from video_automation.jobs.webhooks.job_events import EventType, event_body, events_of
from video_automation.jobs.webhooks.outbox import Delivery


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver of the events of all tasks."""

    url: str
    secret: str
    events: tuple[EventType, ...] = ()
    """Which events it hears of; all where none is named."""


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The settings of webhooks."""

    receivers: tuple[Receiver, ...] = ()
    upload_secret: str | None = None
    """What is signed with that goes to the URL an upload names; without one, no upload may name any."""
    private_networks: tuple[IPNetwork, ...] = ()
    """Networks that are not public, and that webhooks may be sent to."""

    def secret_of(self, url: str, *, of_upload: bool) -> str | None:
        """The secret that signs messages to this URL; None if nothing may be sent there any more."""
        named = (one.secret for one in self.receivers if one.url == url)
        return next(named, self.upload_secret if of_upload else None)

    def check_upload(self, url: str) -> None:
        """Refuses a URL that an upload names. Raises RequestError."""
        if self.upload_secret is None:
            raise RequestError("webhook_url: this service sends no webhooks for single uploads.", code="no_webhooks")
        check_webhook_url(url, self.private_networks)


NO_WEBHOOKS = Webhooks()
"""Nobody hears of anything."""


def deliveries_of(webhooks: Webhooks, before: Job, after: Job) -> tuple[Delivery, ...]:
    """The deliveries of a change of a job, in order."""
    now, own = time.time(), after.webhook_url
    every = {one.url: one.events for one in webhooks.receivers} | ({own: ()} if own else {})
    return tuple(
        Delivery(
            id=f"msg_{uuid4().hex}",
            job_id=after.id,
            url=url,
            type=event,
            body=event_body(event, now, after, clip),
            of_upload=url == own,
            created_at=now,
            next_at=now,
        )
        for event, clip in (events_of(before, after) if every else ())
        for url, wanted in every.items()
        if not wanted or event in wanted
    )
