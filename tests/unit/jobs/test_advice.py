"""A language model's advice, from a server that responds well, badly, slowly or not at all."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from e2e.instance import PATIENCE_S

from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.jobs.ports import Advisor
from video_automation.jobs.run.llm_advice import Advice, ask_advisor
from video_automation.jobs.run.step_cache import kept
from video_automation.plan.clip import Clip
from video_automation.plan.packaging import Title
from video_automation.plan.source.transcript import Sentence, Word

SAID = ("Clay pots keep roots cool.", "Ants farm aphids like cows.", "Ladybirds eat fifty aphids every day.")
CLIPS = (
    Clip("short_01", 0, 5_000, "Clay pots keep roots cool", 80),
    Clip("short_02", 5_000, 16_000, "Ants farm aphids like cows", 70),
)
TITLES = (Title("Ants farm aphids like cows", 70, "Said."), Title("Clay pots keep roots cool", 60, "Said."))
GOOD: dict[str, Any] = {
    "titles": ["Why ants farm aphids", "Cool roots in clay pots"],
    "clips": [
        {"name": "short_02", "title": "How ladybirds stop aphids"},
        {"name": "short_01", "title": "Clay pots for cool roots"},
    ],
}
Reply = Callable[[BaseHTTPRequestHandler], None]


def spoken() -> Talk:
    words = [line.split() for line in SAID]
    starts = [sum(len(line) for line in words[:i]) for i in range(len(words))]
    sentences = [
        Sentence(tuple(Word(1000 * (start + i), 1000 * (start + i) + 900, word, 90) for i, word in enumerate(line)), "en")
        for start, line in zip(starts, words, strict=True)
    ]
    return talk(sentences, "en")


@contextmanager
def server(reply: Reply) -> Iterator[tuple[str, list[tuple[str, str | None, Any]]]]:
    """A server on this machine with this reply, and its requests: path, key, body."""
    asked: list[tuple[str, str | None, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, self.headers["Authorization"], json.loads(body)))
            try:
                reply(self)
            except OSError:  # the client has gone
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Logs nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}/v1", asked
        finally:
            http.shutdown()
            thread.join()


def sends(body: bytes, status: int = 200, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def says(content: str) -> Reply:
    return sends(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())


def advice(reply: Reply) -> Advice:
    with server(reply) as (url, _):
        return ask_advisor(Advisor(url, "small"), spoken(), CLIPS, TITLES, limit_s=PATIENCE_S)


def test_good_advice_is_followed_and_said_so() -> None:
    followed = advice(says(json.dumps(GOOD)))
    assert followed.clips == (
        replace(CLIPS[1], name="short_01", title="How ladybirds stop aphids"),
        replace(CLIPS[0], name="short_02", title="Clay pots for cool roots"),
    )
    assert [title.text for title in followed.titles] == GOOD["titles"]
    assert followed.remarks == ("Clips are in the order, and titles in the words, of small.",)


def test_talk_around_the_answer_does_no_harm() -> None:
    assert advice(says(f"Sure!\n```json\n{json.dumps(GOOD)}\n```")).clips[0].title == "How ladybirds stop aphids"


def test_it_is_asked_once_with_the_key_and_what_is_said_in_each_clip() -> None:
    with server(says(json.dumps(GOOD))) as (url, asked):
        ask_advisor(Advisor(f"{url}/", "small", "secret"), spoken(), CLIPS, TITLES, limit_s=PATIENCE_S)
    ((path, key, body),) = asked
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer secret", "small")
    assert json.loads(body["messages"][1]["content"])["clips"][0]["said"] == SAID[0]


def changed(**values: Any) -> str:
    return json.dumps(GOOD | values)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("I would rather not.", "gave no answer that can be used"),
        ("{", "gave no answer that can be used"),
        ("[]", "gave no answer that can be used"),
        (changed(clips=None), "gave no answer that can be used"),
        (changed(clips=GOOD["clips"][:1]), "left something out, or made something up"),
        (changed(clips=[*GOOD["clips"], {"name": "short_03", "title": "Clay pots keep cool"}]), "made something up"),
        (changed(clips=[GOOD["clips"][0]] * 2), "left something out"),
        (changed(titles=["Why ants farm aphids"]), "left something out"),
        (changed(titles=["Why ants farm aphids", "Ants"]), "gave a title of 1 words"),
        (changed(titles=["Why ants farm aphids", "Clay pots " * 5]), "gave a title of 10 words"),
        (changed(titles=["Why ants farm aphids", "Why ANTS farm aphids"]), "gave one title twice"),
        (changed(titles=["Why ants farm aphids", "Doctors hate this bizarre diet"]), "what nobody said"),
        (changed(clips=[GOOD["clips"][0], GOOD["clips"][1] | {"title": "How ladybirds eat ants"}]), "what nobody said"),
        (changed(titles=["Why ants farm aphids", "Clay pots\nkeep roots cool"]), "gave no answer that can be used"),
        (changed(titles=["Why ants farm aphids", "<b>Clay pots keep cool</b>"]), "gave no answer that can be used"),
    ],
)
def test_a_lying_or_broken_answer_changes_nothing_and_is_said_so(content: str, sentence: str) -> None:
    kept = advice(says(content))
    assert (kept.clips, kept.titles) == (CLIPS, TITLES)
    (remark,) = kept.remarks
    assert sentence in remark
    assert remark.endswith("Clips and titles are our own choice.")


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (sends(b"no JSON"), "gave no answer"),
        (sends(b'{"choices": []}'), "gave no answer"),
        (sends(b'{"choices": [{"message": {"content": null}}]}'), "gave no answer"),
        (sends(b"[" * 100_000), "gave no answer"),
        (sends(b" " * 300_000), "gave no answer"),
        (sends(b"", 401), "refused with status 401"),
        (sends(b"", 500), "refused with status 500"),
        (sends(b"", 302, Location="http://127.0.0.1:9/"), "refused with status 302"),
        (lambda handler: handler.connection.close(), "cannot be reached"),
    ],
)
def test_a_broken_server_changes_nothing_and_is_said_so(reply: Reply, sentence: str) -> None:
    kept = advice(reply)
    assert (kept.clips, kept.titles) == (CLIPS, TITLES)
    assert sentence in kept.remarks[0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "file:///etc", "http://[", "localhost:8000", ""])
def test_where_nobody_answers_nothing_changes(url: str) -> None:
    kept = ask_advisor(Advisor(url, "small"), spoken(), CLIPS, TITLES)
    assert (kept.clips, kept.titles) == (CLIPS, TITLES)
    assert len(kept.remarks) == 1


def test_an_answer_is_kept_and_a_failure_is_not(tmp_path: Path) -> None:
    answers = iter((sends(b"", 503), sends(b"no JSON"), says(json.dumps(GOOD))))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        next(answers)(handler)

    with server(answer) as (url, asked):
        runs = [
            ask_advisor(
                *(Advisor(url, "small"), spoken(), CLIPS, TITLES),
                limit_s=PATIENCE_S,
                keep=lambda ask: kept(tmp_path, Advice, ("video",), ask),
            )
            for _ in range(5)
        ]
    assert [run.titles == TITLES for run in runs] == [True, True, False, False, False]
    assert runs[2] == runs[3] == runs[4]
    assert len(asked) == 3


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"])
def test_a_slow_answer_is_not_waited_for_however_it_is_slow(first: bytes) -> None:
    over, waited_for = Event(), Event()

    def dribble(handler: BaseHTTPRequestHandler) -> None:
        until = time.monotonic() + PATIENCE_S
        handler.wfile.write(first)
        while not over.wait(0.05):
            handler.wfile.write(b"X")
            if time.monotonic() > until:
                waited_for.set()
                break

    with server(dribble) as (url, _):
        kept = ask_advisor(Advisor(url, "small"), spoken(), CLIPS, TITLES, limit_s=0.4)
        over.set()
    assert not waited_for.is_set()
    assert kept.clips == CLIPS
    assert kept.remarks[0].startswith("The language model ")
