"""The errors that several calls have in common, with their codes, for `@Call`."""

from typing import Final

from video_automation.errors import GoneError, NoSpaceError, QueueFullError, QuotaError, UnderWayError
from video_automation.web.openapi.endpoint_docs import Errors

NO_RESULT: Final = ("not_done", "cancelled", "the code of what failed")
"""The codes of a StateError about a task without a result."""
QUEUED_AGAIN: Final[Errors] = {
    GoneError: (),
    QueueFullError: (),
    QuotaError: ("quota_waiting", "quota_bytes"),
    UnderWayError: (),
    NoSpaceError: (),
}
"""The errors of a call that puts a task into the queue again."""
NEW_TASK: Final[Errors] = {
    UnderWayError: (),
    QueueFullError: (),
    QuotaError: ("quota_films", "quota_minutes", "quota_waiting", "quota_bytes"),
    NoSpaceError: (),
}
"""The errors of a call that makes a task."""
WRONG_WISHES: Final = ("wrong_option", "unknown_language", "unknown_preset", "wrong_webhook", "private_webhook", "no_webhooks")
"""The codes of a RequestError about the options of a new task."""
