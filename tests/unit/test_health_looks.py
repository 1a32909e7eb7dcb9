"""Health checks of parts that work, fail or hang."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from e2e.instance import PATIENCE_S, eventually

from video_automation.errors import TransientError
from video_automation.web.server import health_checks
from video_automation.web.server.health_checks import Seen, check_results, checks_named


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the first result be awaited long enough on a slow machine."""
    monkeypatch.setattr(health_checks, "FIRST_CHECK_S", PATIENCE_S)
    monkeypatch.setattr(health_checks, "TRUSTED_S", PATIENCE_S)


@pytest.fixture
def hung() -> Iterator[Event]:
    """The event that a hanging check waits for."""
    event = Event()
    yield event
    event.set()


def failing(error: Exception) -> str:
    raise error


def test_every_part_says_a_fact() -> None:
    checks = {
        "good": lambda: "fine",
        "bad": lambda: failing(TransientError("It is broken.")),
        "gone": lambda: failing(FileNotFoundError("no such folder")),
    }
    assert check_results(checks_named(checks)) == {
        "good": Seen(ok=True, fact="fine"),
        "bad": Seen(ok=False, fact="It is broken."),
        "gone": Seen(ok=False, fact="It cannot be looked at: no such folder"),
    }


def test_a_part_that_hangs_from_the_first_holds_up_no_other(hung: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_checks, "FIRST_CHECK_S", 0.05)
    of = checks_named({"hangs": lambda: str(hung.wait()), "works": lambda: "fine"})
    found = {"hangs": Seen(ok=False, fact="It has not answered yet."), "works": Seen(ok=True, fact="fine")}
    assert eventually(lambda: check_results(of) == found)


def test_what_was_seen_before_holds_for_a_while_and_no_longer(hung: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_checks, "LOOK_EVERY_S", 0)
    asked, answers = Event(), iter(["fine"])

    def answer() -> str:
        if (first := next(answers, None)) is None:
            asked.set()
        return first or str(hung.wait())

    of = checks_named({"part": answer})
    assert check_results(of)["part"].ok
    assert asked.wait(PATIENCE_S)
    assert check_results(of)["part"] == Seen(ok=True, fact="fine")
    monkeypatch.setattr(health_checks, "TRUSTED_S", 0)
    found = check_results(of)["part"]
    assert not found.ok
    assert re.fullmatch(r"It has not answered for \d+ seconds\.", found.fact)


def test_a_part_is_looked_at_again_without_being_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_checks, "LOOK_EVERY_S", 0.01)
    looks, third = iter(range(3)), Event()

    def look() -> str:
        if next(looks, None) is None:
            third.set()
            third.wait()
        return "fine"

    check_results(checks_named({"part": look}))
    assert third.wait(PATIENCE_S)
