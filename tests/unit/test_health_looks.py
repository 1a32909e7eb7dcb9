"""Looking at parts that answer, do not, or hang."""

from collections.abc import Iterator
from threading import Event

import pytest

from video_automation.errors import TransientError
from video_automation.web import looking
from video_automation.web.looking import Seen, look, parts


@pytest.fixture
def hung() -> Iterator[Event]:
    """What a check that hangs waits for."""
    event = Event()
    yield event
    event.set()


def test_every_part_says_a_fact() -> None:
    def broken() -> str:
        raise TransientError("It is broken.")

    assert look(parts({"good": lambda: "fine", "bad": broken})) == {
        "good": Seen(ok=True, fact="fine"),
        "bad": Seen(ok=False, fact="It is broken."),
    }


def test_a_part_that_hangs_says_so_and_holds_up_no_other(hung: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_FIRST_PATIENCE_S", 0.05)
    found = look(parts({"hangs": lambda: str(hung.wait()), "works": lambda: "fine"}))
    assert found == {"hangs": Seen(ok=False, fact="It has not answered for 0 seconds."), "works": Seen(ok=True, fact="fine")}


def test_what_was_seen_before_holds_for_a_while_and_no_longer(hung: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["fine"])
    at = parts({"part": lambda: next(answers, None) or str(hung.wait())})
    assert look(at)["part"].ok
    assert look(at)["part"].ok
    monkeypatch.setattr(looking, "_TRUSTED_S", 0)
    assert not look(at)["part"].ok
