"""Asks a language model about clips and titles. It may reorder and reword them, nothing else."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import word_count, word_root
from video_automation.editing.publishing.keyphrases import content_words
from video_automation.errors import TransientError
from video_automation.jobs.ports import Advisor
from video_automation.plan.clip import Clip
from video_automation.plan.packaging import Title
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of

_MOST_BYTES = 200_000
_FEWEST_WORDS, _MOST_WORDS = 3, 9
_TASK = """\
You help to publish a talk. You get its titles and its clips, each with what is said in it. Answer with JSON alone:
{"titles": [...], "clips": [{"name": "...", "title": "..."}, ...]}
Give as many titles as you got, best first, and every clip by its name exactly once, the one most worth watching first.
A title has 3 to 9 words in the language of the talk, each title differs, and it says nothing that is not said in the talk
or the clip."""

AdvisedText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>]+$"),
]


@dataclass(frozen=True, slots=True)
class Advice:
    """Clips and titles as they are to be, and what a person should know about how they came about."""

    clips: tuple[Clip, ...]
    titles: tuple[Title, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    title: AdvisedText


@dataclass(frozen=True, slots=True)
class _Answer:
    titles: Annotated[tuple[AdvisedText, ...], Field(max_length=10)]
    clips: Annotated[tuple[_Named, ...], Field(max_length=50)]


_ANSWER = TypeAdapter(_Answer)


def ask_advisor(
    advisor: Advisor,
    talk: Talk,
    clips: Sequence[Clip],
    titles: Sequence[Title],
    *,
    limit_s: float = 10,
    keep: Callable[[Callable[[], Advice]], Advice] = lambda ask: ask(),
) -> Advice:
    """Clips in the order, and clips and titles in the words, that a language model proposes; ours, with a remark, if it fails.

    It is asked once, and has `limit_s` seconds for all of it. `keep` gives the advice that an earlier run has kept or, where
    none has, asks and keeps that. Of a failure it hears nothing but the error: the next run asks anew.
    """

    def ask() -> Advice:
        answer = answer_in(_reply(advisor, _question(talk, clips, titles), limit_s))
        return _followed(advisor, answer, talk, clips, titles)

    try:
        return keep(ask)
    except TransientError as error:
        return Advice(tuple(clips), tuple(titles), (f"{error.sentence} Clips and titles are our own choice.",))


def _question(talk: Talk, clips: Sequence[Clip], titles: Sequence[Title]) -> str:
    passages = [{"name": clip.name, "title": clip.title, "said": joined(_said_in(talk, clip))} for clip in clips]
    return json.dumps({"titles": [title.text for title in titles], "clips": passages}, ensure_ascii=False)


def _said_in(talk: Talk, clip: Clip) -> list[str]:
    words = (word for sentence in talk.sentences for word in sentence.words)
    return [word.text for word in words if clip.start_ms <= word.start_ms and word.end_ms <= clip.end_ms]


def _reply(advisor: Advisor, question: str, limit_s: float) -> bytes:
    """What the endpoint answers, within the limit however slowly it sends.

    Raises:
        TransientError: it does not answer, or not well.
    """
    replies: SimpleQueue[bytes | TransientError] = SimpleQueue()
    Thread(target=lambda: replies.put(_exchange(advisor, question, limit_s)), daemon=True).start()
    try:
        reply = replies.get(timeout=limit_s)
    except Empty:
        raise TransientError(f"The language model did not answer within {limit_s:g} s.") from None
    if isinstance(reply, TransientError):
        raise reply
    return reply


def _exchange(advisor: Advisor, question: str, limit_s: float) -> bytes | TransientError:
    """What the endpoint answers. No redirect is followed: the key goes to the address it was given for, and nowhere else."""
    import httpx  # noqa: PLC0415  # few services ask a model, and a worker would load it for nothing

    address = f"{advisor.base_url.rstrip('/')}/chat/completions"
    messages = [{"role": "system", "content": _TASK}, {"role": "user", "content": question}]
    body = {"model": advisor.model, "temperature": 0, "messages": messages}
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {advisor.key}"} if advisor.key else {})
    try:
        with httpx.stream("POST", address, json=body, headers=headers, timeout=limit_s) as response:
            if not response.is_success:
                return TransientError(f"The language model refused with status {response.status_code}.")
            return _first_bytes(response.iter_raw())
    except httpx.UnsupportedProtocol:
        return TransientError("The address of the language model is none of http or https.")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return TransientError("The language model cannot be reached.")


def _first_bytes(blocks: Iterable[bytes]) -> bytes:
    """All bytes of these blocks, or the first of them where there are more than an answer may have."""
    read = bytearray()
    for block in blocks:
        read += block
        if len(read) >= _MOST_BYTES:
            break
    return bytes(read[:_MOST_BYTES])


def answer_in(reply: bytes) -> _Answer:
    """The answer in a reply.

    Raises:
        TransientError: there is none as it was asked for.
    """
    try:
        content = json.loads(reply)["choices"][0]["message"]["content"]
        return _ANSWER.validate_json(content[content.index("{") : content.rindex("}") + 1])
    except (ValueError, LookupError, TypeError, AttributeError, ValidationError, RecursionError):
        raise TransientError("The language model gave no answer that can be used.") from None


def _followed(advisor: Advisor, answer: _Answer, talk: Talk, clips: Sequence[Clip], titles: Sequence[Title]) -> Advice:
    """The clips and titles as the answer has them.

    Raises:
        TransientError: it names what there is not, or a title says what nobody said.
    """
    known = {clip.name: clip for clip in clips}
    if sorted(named.name for named in answer.clips) != sorted(known) or len(answer.titles) != len(titles):
        raise TransientError("The language model left something out, or made something up.")
    everything = [word.text for sentence in talk.sentences for word in sentence.words]
    for named in answer.clips:
        _check(named.title, _said_in(talk, known[named.name]), talk)
    for text in answer.titles:
        _check(text, everything, talk)
    worded = [named.title.casefold() for named in answer.clips]
    if len(set(worded)) < len(worded) or len(set(map(str.casefold, answer.titles))) < len(answer.titles):
        raise TransientError("The language model gave one title twice.")
    return Advice(
        tuple(
            replace(known[named.name], name=place.name, title=named.title)
            for named, place in zip(answer.clips, clips, strict=True)
        ),
        tuple(Title(text, own.score, f"Worded by {advisor.model}.") for text, own in zip(answer.titles, titles, strict=True)),
        (f"Clips are in the order, and titles in the words, of {advisor.model}.",),
    )


def _check(title: str, said: Sequence[str], talk: Talk) -> None:
    """Refuses a title that is too short or long, or of whose content words less than half were said.

    Raises:
        TransientError: it is such a title.
    """
    language = language_of(talk.language)
    words = words_of(title, talk.language)
    told_by = content_words(talk.sentences)
    telling = {told for word in words if (told := told_by(word, language)) is not None}
    heard = {word_root(word, language) for word in said}
    if not _FEWEST_WORDS <= (count := word_count(words, language)) <= _MOST_WORDS:
        raise TransientError(f"The language model gave a title of {count} words.")
    if 2 * len(telling & heard) < len(telling) or not telling:
        raise TransientError("The language model gave a title of what nobody said.")
