"""Every error raised on purpose.

    PipelineError
    ├── InputError              422  what was sent cannot be used; never retried
    │   ├── RequestError        400  the request itself is wrong
    │   │   └── VersionError    412  it speaks a version of the protocol that is not spoken here
    │   ├── KeyNeededError      401  no key, or a wrong one
    │   ├── PasswordNeededError 401  the password of a share link is missing, or wrong
    │   ├── ForbiddenError      403  this key does not open that
    │   ├── ChecksumError       460  the bytes that arrived are not those that were sent
    │   ├── UnsupportedError    415  not a video this service reads
    │   ├── TooLargeError       413  larger, longer or wider than allowed
    │   ├── UnknownTaskError    404  no such task for this caller
    │   ├── StateError          409  the task is in no state for this
    │   │   └── StaleError      409  the plan was changed by somebody else meanwhile
    │   └── GoneError           410  its files were cleaned up
    ├── TransientError          503  may work later: a service does not answer
    │   ├── QueueFullError      429  too many tasks wait
    │   ├── TooManyRequestsError 429  this caller asks too often
    │   ├── QuotaError          429  this caller has used up what their key allows
    │   └── UnderWayError       409  the same is being done already
    │       └── LockedError     423  another request has it just now
    ├── ToolError               500  a program failed: name, exit status, end of its log
    ├── LimitError              500  took longer or more than allowed
    │   └── NoSpaceError        507  the disk has no room
    ├── JobCancelledError       409  somebody asked for the end
    ├── LostError               500  the job is in other hands
    ├── StalledError            500  the work does not move any more
    ├── TimeUpError             500  a task has worked for as long as it may at a time
    ├── PlanError               500  a rule of the plan is broken: a bug of ours
    ├── DamagedError            500  what was kept cannot be read any more
    └── SettingsError           500  a setting is wrong: file, key and remedy

An error is a sentence for a person and a stable code for a program. It survives pickle, since it may cross from a
worker's child to its parent.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class PipelineError(Exception):
    """Something this program says about itself, rather than a crash."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "internal_error"

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.default_code

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive, (type(self), self.sentence, self.__dict__.copy()))


def _revive(kind: type[PipelineError], sentence: str, state: dict[str, object]) -> PipelineError:
    error = kind.__new__(kind)
    Exception.__init__(error, sentence)
    error.__dict__.update(state)
    return error


class InputError(PipelineError):
    """What was sent cannot be used; trying again changes nothing."""

    status = 422
    default_code = "unusable_input"


class RequestError(InputError):
    """The request itself is wrong."""

    status = 400
    default_code = "bad_request"


class KeyNeededError(InputError):
    """The caller has no key, or one that opens nothing."""

    status = 401
    default_code = "key_needed"


class PasswordNeededError(InputError):
    """The password of a share link is missing, or wrong."""

    status = 401
    default_code = "password_needed"


class ForbiddenError(InputError):
    """The caller's key does not open this."""

    status = 403
    default_code = "forbidden"


class VersionError(RequestError):
    """It speaks a version of the protocol that is not spoken here."""

    status = 412
    default_code = "wrong_version"


class ChecksumError(InputError):
    """The bytes that arrived are not those that were sent; the status is that of the tus protocol."""

    status = 460
    default_code = "wrong_checksum"


class UnsupportedError(InputError):
    """The content is not of a kind this service reads."""

    status = 415
    default_code = "unsupported_media"


class TooLargeError(InputError):
    """Larger, longer or wider than allowed."""

    status = 413
    default_code = "too_large"


class UnknownTaskError(InputError):
    """There is no such task, or it is not the caller's."""

    status = 404
    default_code = "unknown_task"


class StateError(InputError):
    """The task is in no state for what was asked."""

    status = 409
    default_code = "wrong_state"


class StaleError(StateError):
    """The plan has a newer revision than the one a change was made for; `since` tells what came between, as plain values."""

    default_code = "stale_revision"

    def __init__(self, sentence: str, *, revision: int, since: Sequence[Mapping[str, object]]) -> None:
        super().__init__(sentence)
        self.revision = revision
        self.since = since


class GoneError(InputError):
    """The files of the task were cleaned up."""

    status = 410
    default_code = "cleaned_up"


class TransientError(PipelineError):
    """May well work later: a service we need does not answer."""

    status = 503
    default_code = "unavailable"

    def __init__(self, sentence: str, *, code: str | None = None, retry_after_s: int = 10) -> None:
        super().__init__(sentence, code=code)
        self.retry_after_s = retry_after_s


class QueueFullError(TransientError):
    """Too many tasks are waiting already."""

    status = 429
    default_code = "queue_full"


class TooManyRequestsError(TransientError):
    """The caller asks too often."""

    status = 429
    default_code = "too_many_requests"


class QuotaError(TransientError):
    """The caller has used up what their key allows."""

    status = 429
    default_code = "quota"


class UnderWayError(TransientError):
    """The same is being done already, for somebody who asked before."""

    status = 409
    default_code = "under_way"


class LockedError(UnderWayError):
    """Another request has it just now."""

    status = 423
    default_code = "locked"


class ToolError(PipelineError):
    """A program failed; its name, exit status and the end of its log are kept for our logs, and stand in no sentence."""

    default_code = "tool_failed"

    def __init__(self, program: str, exit_status: int, log_tail: str) -> None:
        super().__init__(
            f"The work failed in {program}, a program this service works with; the task's log tells how. Try again; if it "
            "fails again, convert the video to MP4 and upload that."
        )
        self.program, self.exit_status, self.log_tail = program, exit_status, log_tail

    def __str__(self) -> str:
        return f"{self.program} ended with status {self.exit_status}: {self.log_tail.strip() or 'it said nothing'}"


class LimitError(PipelineError):
    """The work took longer, or more, than it may."""

    default_code = "limit_exceeded"


class NoSpaceError(LimitError):
    """The disk has no room for it."""

    status = 507
    default_code = "no_space"

    def __init__(self, sentence: str = "", *, code: str | None = None) -> None:
        super().__init__(sentence or "The disk is full. Clean up finished tasks, or make room, then try again.", code=code)


class JobCancelledError(PipelineError):
    """Somebody asked for the end of this job."""

    status = 409
    default_code = "cancelled"


class LostError(PipelineError):
    """The job is in other hands by now, or in nobody's: what this run makes of it counts no more."""

    default_code = "lost"


class StalledError(PipelineError):
    """The work has not moved for a long time; another attempt may well do it."""

    default_code = "stalled"


class TimeUpError(PipelineError):
    """A task has worked for as long as it may at a time: the next one goes on, where this one finished anything."""

    default_code = "soft_time_limit"


class PlanError(PipelineError):
    """A rule of the plan is broken: a bug of ours, never the user's fault."""

    default_code = "plan_broken"


class DamagedError(PipelineError):
    """What was kept cannot be read any more: a disk's fault, or a bug of ours."""

    default_code = "damaged"


class SettingsError(PipelineError):
    """A setting is wrong; the sentence names the file, the key and the remedy."""

    default_code = "wrong_setting"
