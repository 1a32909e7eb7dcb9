"""The table of the steps of a job, and what is derived from it."""

from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest
from places import folders_in
from pydantic import TypeAdapter

from video_automation.analysis.observer import Given, Observer
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import taken_up
from video_automation.jobs.model import Job
from video_automation.jobs.run.pipeline import Work, seen_by
from video_automation.jobs.run.progress import Report
from video_automation.jobs.run.steps import STAGES, STEPS, Step, overall_share, still_limit_s
from video_automation.media.probing.probe import MediaLimits
from video_automation.plan.params import Params
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.transcript import Transcript
from video_automation.web.schemas.answers import TaskAnswer

HOUR_MS = 3_600_000
PICTURE = Picture(0, "h264", 320, 180, Fraction(1), 0, Fraction(25), 50, variable=False, interlaced=False, transfer="sdr")
SOURCE = Source("video", "talk.mp4", "mov", 2_000, PICTURE, None)


def test_each_step_is_there_once_between_waiting_and_done() -> None:
    assert list(STAGES) == ["queued", *(step.name for step in STEPS), "done"]
    assert len(set(STAGES)) == len(STAGES)


def test_the_shares_of_all_steps_make_up_the_whole() -> None:
    percents = {step.name: 100 * (overall_share(step, 1) - overall_share(step, 0)) for step in STEPS}
    assert sum(percents.values()) == pytest.approx(100)
    assert {name for name, percent in percents.items() if percent <= 0} == {"clean"}, "which is done where it is asked for"


def test_a_step_begins_where_the_one_before_it_ends() -> None:
    assert (overall_share(STEPS[0], 0), overall_share(STEPS[-1], 1)) == (0, 1)
    assert [overall_share(step, 0) for step in STEPS[1:]] == [overall_share(step, 1) for step in STEPS[:-1]]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_has_a_sentence_that_can_tell_how_far_it_is(step: Step) -> None:
    assert step.doing
    assert step.doing[0].isupper()
    assert step.doing[-1].isalpha()
    assert Report(step.name).sentence == step.doing
    assert Report(step.name, 180, 480).sentence == f"{step.doing}, 3 of 8 minutes{' in all' if step.of_all else ''}"


def test_no_two_steps_are_told_in_the_same_words() -> None:
    assert len({step.doing for step in STEPS}) == len(STEPS)


def test_the_api_names_the_stages_of_the_table() -> None:
    assert TypeAdapter(TaskAnswer).json_schema()["properties"]["stage"]["enum"] == list(STAGES)
    assert TypeAdapter(Job).json_schema()["properties"]["stage"]["enum"] == list(STAGES)


def test_a_job_that_is_taken_up_is_at_the_first_step() -> None:
    assert taken_up(Job(id="1", owner="ann", filename="a.mp4", created_at=0), 0, "run").stage == STEPS[0].name


def test_the_steps_that_only_observe_come_before_the_plan_and_each_gives_a_kind_of_its_own() -> None:
    names = [step.name for step in STEPS]
    observing = [step for step in STEPS if step.observer]
    observers = [import_module(step.observer).OBSERVER for step in observing if step.observer]
    assert all(names.index(step.name) < names.index("plan") for step in observing)
    assert len({observer.kind for observer in observers}) == len(observers)
    assert all(isinstance(observer, Observer) and observer.version > 0 for observer in observers)


def test_a_transcript_is_for_those_who_need_words() -> None:
    wanted = import_module("video_automation.analysis.speech.transcription").OBSERVER.wanted
    nothing = Params(add_subtitles=False, create_shorts=False, generate_titles=False)
    assert wanted(Params())
    assert not wanted(nothing)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_may_stand_still_for_longer_only_if_it_is_silent_and_the_video_long(step: Step) -> None:
    assert still_limit_s(step, 120, None) == still_limit_s(step, 120, 0) == 120
    assert (still_limit_s(step, 120, HOUR_MS) > 120) is step.silent
    assert still_limit_s(step, 120, 12 * HOUR_MS) < 3600


def test_observations_are_found_by_their_kind() -> None:
    observed = Observations().and_also(Hearing((-60,)))
    assert observed[Hearing] == observed.get(Hearing) == Hearing((-60,))
    assert observed.get(Transcript) is None
    with pytest.raises(KeyError):
        observed[Transcript]


@dataclass(frozen=True, slots=True)
class Colour:
    """The observation of a step in these tests."""

    name: str


def test_what_a_step_observed_is_kept_until_its_version_or_its_inputs_change(tmp_path: Path) -> None:
    job = new_job(filename="talk.mp4", owner="ann", params=Params())
    workspace = folders_in(tmp_path).of(job.id)
    workspace.work.mkdir(parents=True)
    work, looked = Work(job, workspace, MediaLimits()), []

    def observe(given: Given, _: object) -> Colour:
        looked.append(given.params)
        return Colour(f"red {len(looked)}")

    first = Observer(Colour, 1, observe)
    for observer in (first, first, replace(first, version=2), replace(first, inputs=lambda _: ("night",)), first):
        seen_by(work, "listen", observer, SOURCE, Observations())
    assert len(looked) == 3
    assert seen_by(work, "listen", first, SOURCE, Observations()) == Colour("red 1")
