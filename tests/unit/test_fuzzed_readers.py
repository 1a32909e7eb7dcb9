"""Every reader of ours fed with nonsense: it reads, or says in a sentence of ours that it cannot; nothing else comes out."""

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from naughty import HOSTILE, JSON, NAUGHTY, fuzzed

from video_automation.config import ENV_PREFIX, SHORT_NAMES, Settings, load
from video_automation.editing.correction import corrected_cues
from video_automation.errors import PipelineError, SettingsError, TransientError
from video_automation.jobs import advice, clips, manifest
from video_automation.jobs.manifest import Artifact, Manifest, Stats
from video_automation.jobs.model import Job, job_from_json, job_json
from video_automation.jobs.options import OPTIONS, params_with
from video_automation.jobs.workspace import Folders
from video_automation.plan.edit import EditPlan, plan_from_json, plan_json
from video_automation.plan.params import EncodeParams, Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source import Picture, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.supervisor import resp
from video_automation.supervisor.redis_server import is_local
from video_automation.supervisor.resp import RefusedError
from video_automation.web import forms

DEEP = "[" * 3000
TEXT = st.one_of(HOSTILE, JSON.map(json.dumps), st.just(DEEP), st.just("[[1, 1" + "0" * 400 + "]]"))


def refusal(read: Callable[[], object]) -> PipelineError | None:
    """What is said about what cannot be read, a sentence for a person; None where it can."""
    try:
        read()
    except PipelineError as error:
        assert "pydantic" not in error.sentence  # noqa: PT017
        assert len(error.sentence) < 10_000  # noqa: PT017
        return error
    return None


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """A text of ours with a piece of it replaced; or some other JSON, or none at all."""
    at = st.integers(0, len(whole))
    pieces = st.sampled_from(("", '"', "null", "-1", "1e999", "9" * 5000, '"\\ud800"', "[]", "{}", '"1/0"', DEEP))
    cut = st.builds(lambda a, length, piece: whole[:a] + piece.encode() + whole[a + length :], at, st.integers(0, 40), pieces)
    values = st.builds(lambda value, piece: _replaced(json.loads(whole), value, piece), st.integers(0, 10**6), JSON)
    return st.one_of(cut, values, JSON.map(lambda value: json.dumps(value).encode()), st.binary(max_size=40))


def _replaced(value: object, at: int, by: object) -> bytes:
    """A JSON value with one value somewhere in it replaced."""
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
    source = Source("film", "my talk.mp4", "mp4", 10_000, picture, None, 0)
    film = Rendition("a.mp4", Timeline("film", picture.rate, (FrameSpan(0, 200),)), 640, 360, None, -2.0, EncodeParams())
    return EditPlan(source, (film,), Params())


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
def test_a_manifest_and_the_wishes_of_a_job_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    file = tmp_path / "manifest.json"
    manifest.write(MADE, file)
    file.write_bytes(data.draw(damaged(file.read_bytes())))
    with suppress(PipelineError):
        manifest.read(file)
    place = Folders(tmp_path, tmp_path, tmp_path).of(JOB.id)
    place.upload.mkdir(exist_ok=True)
    place.recuts.write_bytes(data.draw(damaged(b'{"short_01": {"start_ms": 1, "title": "x", "style": "pop"}}')))
    with suppress(PipelineError):
        place.wishes()


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
        ("aspect", "2:1", "aspect: must be '9:16', '1:1', '4:5' or '16:9' (it was '2:1')."),
        ("language", "EN", "language: a language is named by two or three small letters, as in “en” (it was 'EN')."),
        ("fillers", "x" * 99, "fillers: must have at most 40 characters (it was '" + "x" * 79 + "…)."),
        ("target_lufs", "nan", "target_lufs: must be at most -5 (it was 'nan')."),
        ("clips", "5-3", "clips: a range ends after its start, and starts no earlier than the film (it was '5-3')."),
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
    error = refusal(lambda: clips._wish(values))
    if error:
        assert (error.status, error.code) == (400, "wrong_clip")
    else:
        assert len((clips._wish(values).title or "").splitlines()) <= 1


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
    read = partial(corrected_cues, text, rate=Fraction(25), frames=frames, line_length=42)
    error = refusal(read)
    if error:
        assert (error.status, error.code) == (400, "broken_captions")
        return
    cues = read()
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


URLS = st.one_of(HOSTILE, st.builds("{}://{}{}".format, st.sampled_from(("redis", "rediss", "x")), HOSTILE, HOSTILE))


@fuzzed
@given(URLS)
@example("redis://a..b:1")
@example("redis://h\0st:1")
@example("redis://[::1")
def test_an_address_of_redis_is_one_or_refused(url: str) -> None:
    with suppress(SettingsError):
        is_local(url)


REPLIES = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda parts, end: b"".join(parts) + end,
        st.lists(
            st.sampled_from(
                (b"+OK\r\n", b"-ERR\r\n", b":1\r\n", b":x\r\n", b"$3\r\nabc\r\n", b"$-1\r\n", b"$-5\r\n", b"$x\r\n", b"*2\r\n",
                 b"*-1\r\n",
                 b"*" + b"9" * 30 + b"\r\n", b"$999999999999\r\n", b"*1\r\n" * 2000, b":" + b"1" * 5000 + b"\r\n")
            ),
            max_size=4,
        ),
        st.binary(max_size=5),
    ),
)  # fmt: skip


@fuzzed
@given(REPLIES)
def test_an_answer_of_redis_is_read_or_refused(reply: bytes) -> None:
    with suppress(RefusedError):
        resp._reply(io.BytesIO(reply))


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port at which somebody answers nonsense."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer_once, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _answer_once(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"$99999999999\r\nHTTP/1.1 400\r\n")


def test_another_server_in_the_place_of_redis_is_told_from_it(nobody: int) -> None:
    with pytest.raises(RefusedError, match="no Redis server"):
        resp.call(resp.address(f"redis://127.0.0.1:{nobody}"), "PING")


@pytest.mark.parametrize("url", ["redis://a..b:1", "redis://x:%FF%00@127.0.0.1:1", f"redis://{'a' * 70}.b:1"])
def test_a_name_no_host_can_have_is_told(url: str) -> None:
    with pytest.raises((SettingsError, TransientError)):
        resp.call(resp.address(url), "PING")


def multipart(boundary: str, parts: list[tuple[str, bytes]], end: bytes) -> bytes:
    heads = (f"--{boundary}\r\n{head}\r\n\r\n".encode(errors="surrogatepass") + body + b"\r\n" for head, body in parts)
    return b"".join(heads) + end


HEADS = st.one_of(
    HOSTILE,
    HOSTILE.map('Content-Disposition: form-data; name="{}"'.format),
    HOSTILE.map('Content-Disposition: form-data; name="file"; filename="{}"'.format),
    HOSTILE.map("Content-Disposition: form-data; name=file; filename*=UTF-8''{}".format),
)
BODIES = st.builds(
    multipart,
    st.just("x"),
    st.lists(st.tuples(HEADS, st.binary(max_size=30)), max_size=4),
    st.sampled_from((b"", b"--x--\r\n")),
)
TYPES = st.one_of(st.sampled_from(("multipart/form-data; boundary=x", 'multipart/form-data; boundary="x"')), HOSTILE)


@fuzzed
@given(st.one_of(BODIES, st.binary(max_size=80)), TYPES, st.one_of(st.none(), st.integers(-9, 10**12)))
def test_a_form_is_read_or_refused(body: bytes, content_type: str, length: int | None) -> None:
    with suppress(PipelineError):
        for part in forms.parts(io.BytesIO(body), content_type=content_type, length=length):
            if part.filename is None:
                part.text()


def _wrapped(content: object) -> object:
    return {"choices": [{"message": {"content": content}}]}


def _titled(text: object) -> object:
    return _wrapped(json.dumps({"titles": [text], "clips": [{"name": "a", "title": text}]}))


FORMS = st.sampled_from((_wrapped, _titled, lambda value: value, lambda value: _wrapped(json.dumps(value))))


@fuzzed
@given(st.one_of(st.binary(max_size=40), st.builds(lambda form, value: json.dumps(form(value)).encode(), FORMS, JSON)))
@example(json.dumps(_wrapped("{" + DEEP + "}")).encode())
@example(json.dumps(_wrapped('{"titles": ["\ud800"], "clips": []}')).encode())
def test_a_language_models_answer_is_read_or_refused_and_holds_plain_titles(reply: bytes) -> None:
    if refusal(lambda: advice._answer(reply)):
        return
    answer = advice._answer(reply)
    for text in (*answer.titles, *(named.title for named in answer.clips)):
        assert len(text.splitlines()) == 1
        assert not set(text) & set("<>\x00\x1b\x9b\u202e")


def test_no_naughty_title_of_a_language_model_holds_markup() -> None:
    for text in NAUGHTY:
        with suppress(TransientError):
            answer = advice._answer(json.dumps(_titled(text)).encode())
            assert not set(answer.titles[0]) & set("<>\x00\x1b\x9b\u202e\n")
