"""Progress, and the time left."""

import json
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.jobs.lifecycle.transitions import asked_to_end, succeeded, taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.run.progress import Report, TimeLeft, first_estimate, with_progress
from video_automation.jobs.run.steps import STEP_AT, Extent

pytestmark = pytest.mark.pure
STAGES = ("probe", "listen", "plan", "render", "assemble")
RUNNING = taken_up(Job(id="1", owner="ann", filename="a.mp4", created_at=0), 0, "run")
reports = st.builds(Report, st.sampled_from(STAGES), st.floats(0, 500), st.floats(0, 500))


@given(st.lists(reports))
def test_progress_never_goes_back_whatever_is_reported(said: list[Report]) -> None:
    job, highest = RUNNING, 0
    for report in said:
        job = with_progress(job, report, None)
        assert highest <= job.progress <= 99
        assert 0 <= job.stage_progress <= 1
        highest = job.progress
    again = taken_up(job, 1, "run")
    assert again.progress == highest
    assert succeeded(again, 2, output_filename="x.mp4").progress == 100


def test_the_whole_is_the_stages_one_after_the_other() -> None:
    wholes = [Report(stage, done, 10).whole for stage in STAGES for done in (0, 5, 10)]
    assert wholes == sorted(wholes)
    assert (wholes[0], wholes[-1]) == (0, 1)


def test_the_sentence_says_how_many_seconds_of_how_many() -> None:
    assert Report("transcribe", 42.2, 310).sentence == "Transcribing, 42 of 310 seconds"
    assert Report("transcribe", 311, 310).sentence == "Transcribing, 310 of 310 seconds"
    assert Report("probe").sentence == "Looking at the video"


def test_the_seconds_of_a_step_that_goes_through_the_clips_too_are_said_to_be_of_all() -> None:
    assert Report("render", 42, 178).sentence == "Rendering, 42 of 178 seconds in all"
    assert Report("look", 1, 1000).sentence == "Looking for faces, 0 of 17 minutes in all"


def test_a_job_that_is_to_stop_tells_no_time_left() -> None:
    stopping = asked_to_end(replace(RUNNING, eta_seconds=180), 5)
    assert stopping.eta_seconds is None
    assert with_progress(stopping, Report("render", 1, 2), 90).eta_seconds is None


def test_an_ended_job_shows_no_more_progress() -> None:
    done = succeeded(RUNNING, 2, output_filename="x.mp4")
    assert with_progress(done, Report("render", 1, 2), 5) == done


def test_a_run_that_comes_to_where_the_one_before_was_shows_nothing_of_the_way() -> None:
    before = with_progress(RUNNING, Report("render", 51, 100), 70)
    for report in (Report("probe"), Report("listen", 100, 100), Report("render", 0, 100), Report("render", 40, 100)):
        assert with_progress(before, report, None) == before
    assert with_progress(before, Report("render", 52, 100), None) == replace(
        before, stage_progress=0.52, progress=before.progress + 1, status="Rendering, 52 of 100 seconds in all"
    )


def test_a_job_that_is_to_stop_goes_on_saying_so() -> None:
    job = replace(RUNNING, cancel_requested=True, status="Stopping.")
    assert with_progress(job, Report("render", 1, 2), None).status == "Stopping."


EXTENT = Extent(recording_s=1000, speech_s=1000, passages_s=200, videos_s=1400)
"""Of a job on a talk of 1000 seconds."""
LATER_S = STEP_AT["assemble"].usual_s(EXTENT)
"""What usually comes after rendering."""
RUNNING_S = STEP_AT["render"].usual_s(EXTENT) - STEP_AT["render"].start_ms / 1000
"""How long rendering usually goes on once it has started."""


def run(slower: float, *, already: float = 0.0, until: float) -> tuple[TimeLeft, float]:
    """Renders so many times slower than usual, where a share was done by an earlier attempt; gives the estimate, and when."""
    now, done = 0.0, already
    at = first_estimate(Report("look", 50, 50), now)
    while now < until:
        at = at.after(Report("render", 100 * done, 100), now, EXTENT)
        now, done = now + 0.5, done + 0.5 / (slower * RUNNING_S)
    return at, now - 0.5


def test_there_is_no_estimate_without_ground() -> None:
    at, now = run(1.0, until=1.5)
    assert at.eta(now) is None


def test_there_is_no_estimate_while_it_is_not_known_how_much_there_is_to_do() -> None:
    at = first_estimate(Report("probe"), 0.0)
    for now in range(100):
        at = at.after(Report("probe"), now, None)
    assert at.eta(100) is None


@pytest.mark.parametrize("slower", [0.2, 1.0, 5.0])
@pytest.mark.parametrize("already", [0.0, 0.5])
def test_a_steady_speed_gives_the_right_time_and_what_an_earlier_attempt_has_done_is_no_speed(
    slower: float, already: float
) -> None:
    """Within the tenth by which what is shown may differ from the estimate, a twentieth for the speed that was expected, and a
    second for the samples and for rounding.
    """
    done = already + 0.3
    at, now = run(slower, already=already, until=(done - already) * slower * RUNNING_S)
    left = (1 - done) * slower * RUNNING_S + slower * LATER_S
    assert abs(at.eta(now) - left) <= 1 + 0.15 * left


def test_a_machine_that_was_slow_so_far_is_expected_to_go_on_so() -> None:
    """The first half of the work was three times slower than usual: so will the rest be, of which nothing was measured."""
    now, at = 0.0, first_estimate(Report("probe"), 0.0)
    for stage in ("probe", "listen", "transcribe"):
        at = at.after(Report(stage), now, EXTENT)
        now += 3 * STEP_AT[stage].usual_s(EXTENT)
    at = at.after(Report("look"), now, EXTENT).after(Report("look"), now, EXTENT)
    left = 3 * sum(STEP_AT[stage].usual_s(EXTENT) for stage in ("look", "render", "assemble"))
    assert abs(at.eta(now) - left) <= 0.1 * left


def test_a_silent_step_that_waits_for_somebody_else_makes_the_machine_no_slower() -> None:
    now, at = 0.0, first_estimate(Report("probe"), 0.0)
    for stage in ("probe", "listen", "transcribe"):
        at = at.after(Report(stage), now, EXTENT)
        now += STEP_AT[stage].usual_s(EXTENT)
    at = at.after(Report("plan"), now, EXTENT).after(Report("look"), now + 60, EXTENT).after(Report("look"), now + 60, EXTENT)
    left = sum(STEP_AT[stage].usual_s(EXTENT) for stage in ("look", "render", "assemble"))
    assert abs(at.eta(now + 60) - left) <= 0.1 * left


@dataclass(frozen=True)
class Series:
    """A real job, sampled once or twice a second by `python -m benchmarks.recorded`.

    The extents of `talk_on_a_busy_machine`, which is the older one, were calculated afterwards.
    """

    extents: list[tuple[float, float, float, float, float]]
    """When more was known of how much there was to do, and that: the values of an `Extent`."""
    samples: list[tuple[float, str, float, float]]
    """The seconds since it began, and the report then: its stage, the seconds done, and those in all. The last is its end."""

    @property
    def end(self) -> float:
        """How many seconds it took."""
        return self.samples[-1][0]


SERIES = {
    file.stem: Series(**json.loads(file.read_text()))
    for file in sorted((Path(__file__).parent / "recorded_progress").iterdir())
}


def told(series: Series, *, faster: float = 1.0) -> list[tuple[float, int]]:
    """When a time left was told, and which, by a machine so many times as fast as the one of the series."""
    first, *others = [(at / faster, Report(stage, done, total)) for at, stage, done, total in series.samples[:-1]]
    left, found = first_estimate(first[1], first[0]), []
    for at, report in others:
        known = [Extent(*extent) for since, *extent in series.extents if since / faster <= at]
        left = left.after(report, at, known[-1] if known else None)
        if (seconds := left.eta(at)) is not None:
            found.append((at, seconds))
    return found


@pytest.mark.parametrize("faster", [0.3, 1.0, 3.0])
@pytest.mark.parametrize("name", SERIES)
def test_the_time_left_of_a_recorded_run_is_calm(name: str, faster: float) -> None:
    seen = told(SERIES[name], faster=faster)
    for (before, left), (at, seconds) in pairwise(seen):
        assert seconds - (left - (at - before)) <= 2 + 0.15 * left, "it rises step by step, not at once"
    assert turns(seen) <= 3, "it does not go to and fro"


def turns(seen: list[tuple[float, int]]) -> int:
    """How often the end that is told moves on after it came nearer, or comes nearer after it moved on, each time clearly."""
    anchor, directions = sum(seen[0]), []
    for at, seconds in seen:
        moved = at + seconds - anchor
        if abs(moved) > max(5, 0.15 * seconds):
            directions.append(moved > 0)
            anchor = at + seconds
    return sum(a != b for a, b in pairwise(directions))


@pytest.mark.parametrize("name", SERIES)
def test_the_time_left_of_a_recorded_run_is_honest(name: str) -> None:
    """It is told from the first quarter on at the latest, and then is off by a quarter of the whole at most.

    A quarter is what the load of a shared machine changes from step to step. A time that is the same all along is off by more
    than a third at one of its ends. Towards the end it is off by no more than what is left, and 10 s.
    """
    series = SERIES[name]
    seen = told(series)
    assert seen[0][0] <= series.end / 4
    for at, seconds in seen:
        left = series.end - at
        assert abs(seconds - left) <= min(0.25 * series.end, left + 10)


@given(st.lists(st.tuples(reports, st.floats(0, 100)), max_size=30))
def test_an_estimate_is_none_or_a_whole_number_of_seconds_from_one_on(said: list[tuple[Report, float]]) -> None:
    now, at = 0.0, first_estimate(Report("probe"), 0.0)
    for report, took in said:
        now += took
        at = at.after(report, now, EXTENT)
        assert at.eta(now) is None or at.eta(now) >= 1
    assert RUNNING.state is State.PROGRESS
