"""Every error has a status, a code and a sentence, and crosses from one process to another."""

import pickle

import pytest

from video_automation import errors
from video_automation.errors import PipelineError, QueueFullError, StaleError, ToolError

pytestmark = pytest.mark.pure

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, PipelineError)]


def made(kind: type[PipelineError]) -> PipelineError:
    if kind is ToolError:
        return ToolError("ffmpeg", 8, "what it said")
    if kind is StaleError:
        return StaleError("A sentence.", revision=3, since=({"op": "undo"},))
    return kind("A sentence.", code="a_code")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_pickle_whole(kind: type[PipelineError]) -> None:
    error = made(kind)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)
    assert copy.sentence == error.sentence


def test_what_a_program_said_is_for_the_log_and_in_no_sentence() -> None:
    error = ToolError("ffmpeg", 8, "what it said")
    assert str(error) == "ffmpeg ended with status 8: what it said"
    assert "said" not in error.sentence
    assert "status" not in error.sentence


def test_what_an_error_knows_beyond_its_sentence_survives_too() -> None:
    assert pickle.loads(pickle.dumps(QueueFullError("Full.", retry_after_s=7))).retry_after_s == 7
    copy = pickle.loads(pickle.dumps(ToolError("ffmpeg", -9, "the end")))
    assert (copy.program, copy.exit_status, copy.log_tail) == ("ffmpeg", -9, "the end")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_has_an_http_status_and_a_code_of_its_own(kind: type[PipelineError]) -> None:
    assert 400 <= kind.status < 600
    assert [other.default_code for other in KINDS].count(kind.default_code) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_tree_at_the_top_of_the_module_shows_every_error_with_its_status(kind: type[PipelineError]) -> None:
    (line,) = [
        line for line in (errors.__doc__ or "").splitlines() if kind.__name__ in line.split() and line.startswith("    ")
    ]
    assert kind is PipelineError or str(kind.status) in line


def test_only_what_was_sent_is_the_senders_fault() -> None:
    for kind in KINDS:
        assert (kind.status < 500) == issubclass(
            kind,
            errors.InputError
            | errors.QueueFullError
            | errors.TooManyRequestsError
            | errors.QuotaError
            | errors.UnderWayError
            | errors.JobCancelledError,
        )
