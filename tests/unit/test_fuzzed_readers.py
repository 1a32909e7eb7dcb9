"""Fuzzes every reader: it reads the input, or raises one of our errors with a sentence, and nothing else."""

import json
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from naughty import DEEP, HOSTILE, JSON, fuzzed, refusal
from places import folders_in, on_disk, write_manifest

from video_automation.config import ENV_PREFIX, SHORT_NAMES, Settings, load
from video_automation.editing.captions.correction import corrected_cues
from video_automation.errors import PipelineError, SettingsError
from video_automation.jobs.lifecycle import reclipping
from video_automation.jobs.model import Job, job_from_json, job_json
from video_automation.jobs.policy.options import OPTIONS, params_with
from video_automation.jobs.revisions.stored import history_of
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats
from video_automation.plan.edit import EditPlan, plan_from_json, plan_json
from video_automation.plan.edits import ClipSet
from video_automation.plan.history import Entry, History, history_json
from video_automation.plan.params import EncodeParams, Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

TEXT = st.one_of(HOSTILE, JSON.map(json.dumps), st.just(DEEP), st.just("[[1, 1" + "0" * 400 + "]]"))


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """A valid JSON text with a part replaced, or other JSON, or something that is no JSON."""
    at = st.integers(0, len(whole))
    pieces = st.sampled_from(("", '"', "null", "-1", "1e999", "9" * 5000, '"\\ud800"', "[]", "{}", '"1/0"', DEEP))
    cut = st.builds(lambda a, length, piece: whole[:a] + piece.encode() + whole[a + length :], at, st.integers(0, 40), pieces)
    values = st.builds(lambda value, piece: _replaced(json.loads(whole), value, piece), st.integers(0, 10**6), JSON)
    return st.one_of(cut, values, JSON.map(lambda value: json.dumps(value).encode()), st.binary(max_size=40))


def _replaced(value: object, at: int, by: object) -> bytes:
    """A JSON value in which one inner value is replaced."""
    places: list[tuple[object, object]] = []

    def walk(inner: object) -> None:
        items = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
        for key, part in items:
            places.append((inner, key))
            walk(part)

    walk(value)
    holder, key = places[at % len(places)]
    holder[key] = by  # type: ignore[index]
    return json.dumps(value).encode()


def plan() -> EditPlan:
    picture = Picture(0, "h264", 640, 360, Fraction(1), 0, Fraction(25), 250, variable=False, interlaced=False, transfer="sdr")
    source = Source("video", "my talk.mp4", "mp4", 10_000, picture, None, 0)
    video = Rendition("a.mp4", Timeline("video", picture.rate, (FrameSpan(0, 200),)), 640, 360, None, -2.0, EncodeParams())
    return EditPlan(source, (video,), Params())


PLAN = plan_json(plan())
JOB = Job(id="00000000-0000-4000-8000-000000000001", owner="local", filename="a.mp4", created_at=1.0)
MADE = Manifest("a.mp4", (Artifact("a.mp4", "video", "video/mp4"),), Stats(1, 1, 0, 0, (("render", 1.5),)))


@fuzzed
@given(damaged(PLAN))
def test_a_plan_is_read_or_refused(text: bytes) -> None:
    with suppress(PipelineError):
        _ = plan_from_json(text).main.timeline.frames


@fuzzed
@given(damaged(job_json(JOB)))
def test_a_record_of_a_job_is_read_or_refused(text: bytes) -> None:
    with suppress(PipelineError):
        job_json(job_from_json(text))


@fuzzed
@given(data=st.data())
def test_a_manifest_and_the_edits_of_a_job_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    file = tmp_path / "manifest.json"
    write_manifest(MADE, file)
    file.write_bytes(data.draw(damaged(file.read_bytes())))
    with suppress(PipelineError):
        manifest.read_manifest(file)
    place = on_disk(folders_in(tmp_path), JOB.id)
    place.decisions.mkdir(parents=True, exist_ok=True)
    history = History((Entry(1, "edit", (ClipSet(clip="1-2", start_ms=1, title="x", style="pop"),), 1.0, "ann"),))
    (place.decisions / "history.json").write_bytes(data.draw(damaged(history_json(history))))
    with suppress(PipelineError):
        history_of(place.workspace, replace(JOB, history="history.json"))


NAMES = st.sampled_from(tuple(OPTIONS))


@fuzzed
@given(st.dictionaries(st.one_of(NAMES, NAMES, HOSTILE), TEXT, max_size=3))
@example({"clips": DEEP})
@example({"clips": "[[1, 1" + "0" * 400 + "]]"})
@example({"fillers": "a" * 4000})
@example({"language": "\ud800"})
def test_options_are_taken_or_refused_by_name(options: dict[str, str]) -> None:
    error = refusal(lambda: params_with(Params(), options))
    if error:
        assert error.status == 400
        assert error.code == "unknown_option" or any(f"{name}: " in error.sentence for name in options)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("crf", "loud", "crf: must be a whole number (it was 'loud')."),
        ("crf", "99", "crf: must be at most 40 (it was '99')."),
        ("trim_silence", "maybe", "trim_silence: must be true or false (it was 'maybe')."),
        ("layout", "wide", "layout: must be 'auto', 'crop', 'fit' or 'stack' (it was 'wide')."),
        (
            "language",
            "?",
            "language: a language is given by its English name or its code, as in “Spanish” or “es” (it was '?').",
        ),
        ("fillers", "x" * 99, "fillers: must have at most 40 characters (it was '" + "x" * 79 + "…)."),
        ("target_lufs", "nan", "target_lufs: must be at most -5 (it was 'nan')."),
        ("clips", "5-3", "clips: a range ends after its start, and starts no earlier than the video (it was '5-3')."),
    ],
)
def test_a_wrong_option_is_told_so_that_a_person_can_put_it_right(name: str, text: str, said: str) -> None:
    with pytest.raises(PipelineError) as caught:
        params_with(Params(), {name: text})
    assert caught.value.sentence == said


def test_a_list_may_be_sent_as_json_or_with_commas() -> None:
    assert params_with(Params(), {"fillers": '["um", "äh"]'}).speech.fillers == ("um", "äh")
    assert params_with(Params(), {"fillers": "um, äh"}).speech.fillers == ("um", "äh")


@fuzzed
@given(st.dictionaries(st.one_of(st.sampled_from(("start", "end", "title", "style", "layout")), HOSTILE), TEXT, max_size=3))
def test_wishes_about_a_clip_are_taken_or_refused(values: dict[str, str]) -> None:
    error = refusal(lambda: reclipping.wished(values))
    if error:
        assert (error.status, error.code) == (400, "wrong_clip")
    else:
        assert len((reclipping.wished(values).title or "").splitlines()) <= 1


CLOCK = st.builds("{:02}:{:02}.{:03}".format, st.integers(0, 70), st.integers(0, 70), st.integers(0, 999))
CAPTION = st.builds("{} --> {}{}\n{}\n\n".format, CLOCK, CLOCK, st.sampled_from(("", " line:0", "\t", "x")), HOSTILE)
FILES = st.builds(
    lambda head, parts: head + "".join(parts),
    st.sampled_from(("", "WEBVTT\n\n", "\ufeffWEBVTT", "1\n", "NOTE ")),
    st.lists(st.one_of(CAPTION, HOSTILE), max_size=6),
)


@fuzzed
@given(FILES, st.integers(1, 5_000))
def test_captions_are_read_or_refused_and_each_is_on_lines_of_its_own(text: str, frames: int) -> None:
    read = partial(corrected_cues, text, rate=Fraction(25), frames=frames, line_length=42, language="en")
    error = refusal(read)
    if error:
        assert (error.status, error.code) == (400, "broken_captions")
        return
    cues = read().cues
    assert all(0 <= cue.span.start < cue.span.end <= frames for cue in cues)
    assert all(len(line.splitlines()) == 1 and line == line.strip() for cue in cues for line in cue.lines)


VARIABLES = st.one_of(st.sampled_from((*SHORT_NAMES, ENV_PREFIX, f"{ENV_PREFIX}CLIPS__CLIPS", f"{ENV_PREFIX}ADVISOR")), HOSTILE)


@fuzzed
@given(data=st.data())
def test_settings_are_taken_or_refused_whatever_file_and_environment_hold(tmp_path: Path, data: st.DataObject) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(data.draw(damaged(json.dumps(Settings().model_dump(mode="json")).encode())))
    for given_file in (file, tmp_path / "none.json"):
        environment = data.draw(st.dictionaries(VARIABLES, TEXT, max_size=3))
        if not refusal(partial(load, given_file, environment)):
            settings = load(given_file, environment)
            _ = settings.rules, settings.input, settings.output


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("REDIS_URL", "rediss://me:s3cret"),
        ("REDIS_URL", "redis://me:s3cret/x@host"),
        ("OPENAI_API_KEY", "s3cret" * 200),
        ("OPENAI_BASE_URL", "ftp://me:s3cret@host"),
        (f"{ENV_PREFIX}ADVISOR", "s3cret"),
    ],
)
def test_a_wrong_secret_is_not_repeated(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "none.json", {variable: value})
    assert "s3cret" not in caught.value.sentence
