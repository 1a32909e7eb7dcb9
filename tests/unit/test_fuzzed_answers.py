"""Fuzzes the readers of what others send (forms, a server in place of Redis, language models): each reads or refuses it."""

import io
import json
from contextlib import suppress

import pytest
from e2e.instance import PATIENCE_S
from hypothesis import example, given
from hypothesis import strategies as st
from naughty import DEEP, HOSTILE, JSON, NAUGHTY, fuzzed, refusal
from ports import impostor

from video_automation.errors import PipelineError, SettingsError, TransientError
from video_automation.jobs.run import llm_advice
from video_automation.plan.edits import EDITS, edits_from
from video_automation.supervisor import redis_command
from video_automation.supervisor.redis_command import RefusedError
from video_automation.supervisor.redis_server import is_local_redis
from video_automation.web.uploads import form_reader

URLS = st.one_of(HOSTILE, st.builds("{}://{}{}".format, st.sampled_from(("redis", "rediss", "x")), HOSTILE, HOSTILE))


@fuzzed
@given(URLS)
@example("redis://a..b:1")
@example("redis://h\0st:1")
@example("redis://[::1")
def test_an_address_of_redis_is_one_or_refused(url: str) -> None:
    with suppress(SettingsError):
        is_local_redis(url)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"HTTP/1.1 400\r\n",
        b":x\r\n",
        b"$x\r\n",
        b"*1\r\n" * 2000,
        b"*" + b"9" * 30 + b"\r\n",
        b"-ERR no\r\n",
    ],
)
def test_another_server_in_the_place_of_redis_is_told_from_it(nonsense: bytes) -> None:
    with impostor(nonsense) as port, pytest.raises(RefusedError):
        redis_command.send_command(redis_command.redis_address(f"redis://127.0.0.1:{port}"), "PING", timeout_s=PATIENCE_S)


@pytest.mark.parametrize("url", ["redis://a..b:1", "redis://x:%FF%00@127.0.0.1:1", f"redis://{'a' * 70}.b:1"])
def test_a_name_no_host_can_have_is_told(url: str) -> None:
    with pytest.raises((SettingsError, TransientError)):
        redis_command.send_command(redis_command.redis_address(url), "PING")


def sent(op: str, **keys: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.fixed_dictionaries({"op": st.just(op)}, optional=keys)


MOMENTS = st.one_of(st.integers(), st.integers(0, 9_000), st.floats(), st.none())
WORDS = st.one_of(st.lists(st.integers(-1, 9), min_size=2, max_size=2), JSON)
TEXTS = st.one_of(HOSTILE, JSON)
EDITS_SENT = st.one_of(
    sent("cut", start_ms=MOMENTS, end_ms=MOMENTS, words=WORDS),
    sent("keep", start_ms=MOMENTS, end_ms=MOMENTS, words=WORDS),
    sent("correct", words=WORDS, text=TEXTS),
    sent("replace", find=TEXTS, **{"with": TEXTS}),
    sent("captions", vtt=TEXTS, cues=JSON),
    sent("clip_add", start_ms=MOMENTS, end_ms=MOMENTS, title=TEXTS),
    sent("clip_set", clip=TEXTS, start_ms=MOMENTS, title=TEXTS, style=TEXTS, layout=TEXTS, caption_position=TEXTS),
    sent("clip_drop", clip=TEXTS),
    sent("thumbnail_set", clip=TEXTS, at_ms=MOMENTS, headline=TEXTS),
    sent("speaker", speaker=JSON, name=TEXTS, words=WORDS, merge=WORDS),
    sent("text", titles=st.one_of(st.lists(TEXTS, max_size=3), JSON), description=TEXTS, chapters=JSON),
    sent("options", options=JSON, crf=JSON),
    st.dictionaries(HOSTILE, JSON, max_size=3),
    JSON,
)


@fuzzed
@given(st.one_of(st.lists(EDITS_SENT, max_size=3), JSON))
@example([{"op": "options", "options": [None]}])
@example([{"op": "\ud800"}])
def test_edits_are_read_or_refused_and_what_is_read_is_kept_as_it_is(values: object) -> None:
    error = refusal(lambda: edits_from(values))
    if error:
        assert (error.status, error.code) == (400, "wrong_edit")
        error.sentence.encode()
        return
    read = edits_from(values)
    assert EDITS.validate_json(EDITS.dump_json(read, by_alias=True)) == read


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
        for part in form_reader.form_fields(io.BytesIO(body), content_type=content_type, length=length, most=1 << 20):
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
    if refusal(lambda: llm_advice.answer_in(reply)):
        return
    answer = llm_advice.answer_in(reply)
    for text in (*answer.titles, *(named.title for named in answer.clips)):
        assert len(text.splitlines()) == 1
        assert not set(text) & set("<>\x00\x1b\x9b\u202e")


def test_no_naughty_title_of_a_language_model_holds_markup() -> None:
    for text in NAUGHTY:
        with suppress(TransientError):
            answer = llm_advice.answer_in(json.dumps(_titled(text)).encode())
            assert not set(answer.titles[0]) & set("<>\x00\x1b\x9b\u202e\n")
