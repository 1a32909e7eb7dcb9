"""The order in which jobs of several owners run."""

from video_automation.jobs.lifecycle.fair_queue import Ticket, turns


def order(waiting: str, working: str = "") -> str:
    """The owners in the order in which their jobs run; the jobs came in the order of the letters."""
    return "".join(ticket.owner for ticket in turns((Ticket(i, owner, str(i)) for i, owner in enumerate(waiting)), working))


def test_the_jobs_of_one_owner_go_as_they_came() -> None:
    tickets = [Ticket(3.0, "ann", "x"), Ticket(1.0, "ann", "z"), Ticket(2.0, "ann", "y")]
    assert [ticket.job_id for ticket in turns(tickets, ())] == ["z", "y", "x"]


def test_who_has_many_videos_does_not_keep_others_waiting() -> None:
    assert order("aaaab") == "abaaa"
    assert order("aabbc") == "abcab"


def test_who_is_being_worked_for_has_had_a_turn() -> None:
    assert order("ab", working="a") == "ba"
    assert order("aab", working="aa") == "baa"
