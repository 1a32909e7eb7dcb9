"""The estimate of when a waiting job starts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from video_automation.jobs.model import Job, State
from video_automation.jobs.run.estimate import starts_in_s, usual_s, work_share
from video_automation.jobs.run.steps import USUAL_WORK_SHARE

seconds = st.integers(0, 10_000)
runs = st.lists(seconds, max_size=6).map(tuple)


def job(state: State, started_at: float | None, ended_at: float | None) -> Job:
    return Job(id="1", owner="ann", filename="a.mp4", created_at=0, state=state, started_at=started_at, ended_at=ended_at)


def test_where_a_place_is_free_it_begins_at_once() -> None:
    assert starts_in_s(0, slots=1, running_s=(), usual_s=None) == 0
    assert starts_in_s(1, slots=4, running_s=(None, 50), usual_s=None) == 0


def test_the_next_begins_when_the_first_that_runs_ends() -> None:
    assert starts_in_s(0, slots=1, running_s=(60,), usual_s=None) == 60
    assert starts_in_s(0, slots=2, running_s=(90, 60), usual_s=None) == 60


def test_those_before_it_take_as_long_as_jobs_usually_do() -> None:
    assert starts_in_s(2, slots=1, running_s=(60,), usual_s=100) == 260
    assert starts_in_s(2, slots=2, running_s=(60, 90), usual_s=100) == 160
    assert starts_in_s(1, slots=1, running_s=(), usual_s=99.6) == 100


def test_of_one_that_does_not_say_how_long_it_will_be_the_usual_is_thought() -> None:
    assert starts_in_s(0, slots=1, running_s=(None,), usual_s=100) == 100


def test_more_at_work_than_there_are_places_must_end_first() -> None:
    assert starts_in_s(0, slots=1, running_s=(30, 10, 20), usual_s=None) == 30


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert starts_in_s(0, slots=0, running_s=(), usual_s=100) is None
    assert starts_in_s(0, slots=1, running_s=(None,), usual_s=None) is None
    assert starts_in_s(1, slots=1, running_s=(60,), usual_s=None) is None


@given(before=st.integers(0, 50), slots=st.integers(1, 5), running_s=runs, usual=seconds)
def test_one_that_waits_longer_begins_no_earlier_and_more_places_are_never_worse(
    before: int, slots: int, running_s: tuple[int, ...], usual: int
) -> None:
    told = starts_in_s(before, slots=slots, running_s=running_s, usual_s=usual)
    later = starts_in_s(before + 1, slots=slots, running_s=running_s, usual_s=usual)
    sooner = starts_in_s(before, slots=slots + 1, running_s=running_s, usual_s=usual)
    assert told is not None
    assert later is not None
    assert sooner is not None
    assert sooner <= told <= later <= told + max((usual, *running_s))


def test_the_usual_is_the_middle_one_of_those_that_are_done() -> None:
    took = [job(State.SUCCESS, 10, 10 + each) for each in (100, 5000, 200)]
    others = [job(State.FAILURE, 0, 1), job(State.SUCCESS, None, 9), job(State.PROGRESS, 5, None)]
    assert usual_s([*took, *others]) == 200
    assert usual_s(others) is None


def made(took_s: float, **changes: object) -> Job:
    """A finished job of a recording of 100 seconds, without a second try."""
    done = replace(job(State.SUCCESS, 10, 10 + took_s), duration_ms=100_000, rendered_revision=0)
    return replace(done, **changes)  # type: ignore[arg-type]


def test_the_work_on_a_second_of_video_takes_as_long_as_it_did_before() -> None:
    assert work_share([made(30), made(50), made(90)]) == 0.5


def test_what_was_edited_tried_again_or_did_not_end_well_tells_nothing_of_that() -> None:
    others = [made(1, rendered_revision=2), made(1, reopened_at=5.0), made(1, state=State.FAILURE), made(1, duration_ms=None)]
    assert work_share([made(30), *others]) == 0.3
    assert work_share(others) == work_share([]) == USUAL_WORK_SHARE
