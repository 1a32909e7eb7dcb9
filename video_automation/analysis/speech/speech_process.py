"""Asks the speech model, in its own process, about pieces of sound: their language, and what is said in them."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate, repeat
from pathlib import Path
from typing import Any

from video_automation.analysis.models.speech_model import SpeechModel, folder_of, languages_of
from video_automation.analysis.speech.believable import Said
from video_automation.analysis.speech.kept_answers import Answers
from video_automation.analysis.speech.windows import Window
from video_automation.errors import SettingsError
from video_automation.media.capacity import cores
from video_automation.media.program import Limits, Tools
from video_automation.media.python import conversing
from video_automation.plan.source.transcript import Word
from video_automation.plan.text.script import is_unspaced
from video_automation.plan.text.segmentation import words_of

_CHILD = Path(__file__).with_name("transcription_child.py")
_MEMORY = 64 << 30
"""Bytes of address space; the smallest models use a hundredth of it."""
SAMPLES_PER_MS = 16
_JOINERS = "\u200c\u200d"
"""They are invisible, but words of Persian and Sinhala are misspelt without them."""


@dataclass(frozen=True, slots=True)
class WindowSound:
    """A window and its sound: mono samples of 16 bits."""

    window: Window
    sound: bytes

    def cut(self, window: Window) -> "WindowSound":
        """A part of it."""
        first, last = ((ms - self.window.start_ms) * 2 * SAMPLES_PER_MS for ms in (window.start_ms, window.end_ms))
        return WindowSound(window, self.sound[first:last])


@dataclass(frozen=True, slots=True)
class Likely:
    """A language and its probability, 0 to 1."""

    language: str
    probability: float


@dataclass(frozen=True, slots=True)
class Model:
    """A running speech model."""

    languages: frozenset[str]
    """The languages it knows."""
    glossary: tuple[str, ...]
    ask: Callable[[bytes], bytes]
    name: str
    answers: Answers
    saved: Callable[[], None]
    """Called after each answer is saved."""

    def likely(self, pieces: Sequence[WindowSound]) -> tuple[tuple[Likely, ...], ...]:
        """The likeliest languages of each piece, the likeliest first."""
        return tuple(tuple(Likely(*one) for one in found) for found in self._asked(pieces, None))

    def said(self, pieces: Sequence[WindowSound], languages: Sequence[str]) -> tuple[Said, ...]:
        """What is said in each piece, in the language given for it."""
        answers = self._asked(pieces, languages)
        return tuple(_said(*one) for one in zip(pieces, languages, answers, strict=True))

    def _asked(self, pieces: Sequence[WindowSound], languages: Sequence[str] | None) -> Any:
        asked = [
            (self.name, piece.window.start_ms, piece.window.end_ms, language)
            for piece, language in zip(pieces, languages or repeat(None), strict=False)
        ]
        answers = [answer for one in asked if (answer := self.answers.next(one)) is not None]
        known = len(answers)
        for one, answer in zip(asked[known:], self._told(pieces[known:], languages and languages[known:]), strict=True):
            self.answers.add(one, answer)
            self.saved()
            answers.append(answer)
        return answers

    def _told(self, pieces: Sequence[WindowSound], languages: Sequence[str] | None) -> Iterator[Any]:
        """The answers of the process, piece by piece."""
        if pieces:
            sizes = [len(piece.sound) for piece in pieces]
            question = json.dumps({"sizes": sizes, "languages": languages and list(languages), "glossary": self.glossary})
            yield json.loads(self.ask(b"%b\n%b" % (question.encode(), b"".join(piece.sound for piece in pieces))))
        for _ in pieces[1:]:
            yield json.loads(self.ask(b""))


@contextmanager
def running_model(tools: Tools, wanted: SpeechModel, answers: Answers) -> Iterator[Model]:
    """The model in a process of its own, which may read only the model's files; it ends with the block.

    The model is asked only what `answers` do not hold; its own answers are added there.

    Raises:
        SettingsError, TransientError: there is no such model, it cannot be loaded, or it cannot be fetched.
        PipelineError: as `media.program.running_program`.
    """
    folder = folder_of(wanted.model, moved=tools.moved)
    readable = {folder, *(file.resolve().parent for file in folder.iterdir())}  # a fetched model is a folder of links
    confined = replace(tools, readable=tuple(sorted(readable)), limits=Limits(memory=_MEMORY, file_size=0))
    with conversing(confined, _CHILD, str(folder), wanted.device, wanted.compute_type, str(cores())) as ask:
        known = json.loads(ask(b""))
        if isinstance(known, str):
            raise SettingsError(f"transcription: the speech model {wanted.model!r} cannot be loaded: {known}")
        known_languages, glossary = frozenset(languages_of(wanted.model)), tuple(map(_harmless, wanted.glossary))
        yield Model(known_languages, glossary, ask, wanted.model, answers, tools.saved)


def _said(piece: WindowSound, language: str, answer: Sequence[Any]) -> Said:
    """The child's answer about one piece, on the source's clock."""
    log_probability, silence, full, tokens = answer
    words = tuple(word for given in _in_words(_joined(tokens), language) if (word := _word(piece.window, *given)).text)
    return Said(piece.window, log_probability, silence, words, full)


def _harmless(term: str) -> str:
    """A term without parts that the model would read as a command."""
    return " ".join(term.replace("<|", " ").replace("|>", " ").split())


_Token = tuple[float, float, str, float]
"""Start and end in seconds, text, probability."""


def _joined(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens as they are written: one without a space before it ("42" "-line") continues the one before it."""
    result: list[_Token] = []
    for start_s, end_s, text, probability in tokens:
        before = result[-1] if result else None
        if before and text and not text[0].isspace() and not (is_unspaced(text[0]) or is_unspaced(before[2][-1])):
            result[-1] = (before[0], end_s, before[2] + text, min(before[3], probability))
        elif text.strip():
            result.append((start_s, end_s, text, probability))
    return result


def _in_words(tokens: Sequence[_Token], language: str) -> list[_Token]:
    """Tokens of scripts without spaces, a letter or two each, joined to words; marks belong to the word before."""
    words = words_of("".join(text for _, _, text, _ in tokens), language)
    ends = accumulate(len(_bare(word)) for word in words)
    result: list[_Token] = []
    group: list[_Token] = []
    place, end = 0, next(ends, 0)
    for token in tokens:
        group.append(token)
        place += len(_bare(token[2]))
        if place >= end:
            _add(result, group)
            group = []
            end = next((later for later in ends if later > place), place)
    return result


def _add(words: list[_Token], group: Sequence[_Token]) -> None:
    """Appends these tokens as a word, or to the last word if they hold no letter."""
    text = "".join(_bare(text) for _, _, text, _ in group)
    if words and not any(map(str.isalnum, text)):
        start_s, _, before, probability = words[-1]
        words[-1] = (start_s, group[-1][1], before + text, probability)
    else:
        words.append((group[0][0], group[-1][1], text, min(probability for *_, probability in group)))


def _bare(text: str) -> str:
    return "".join(text.split())


def _word(window: Window, start_s: float, end_s: float, text: str, probability: float) -> Word:
    """A word; its text is empty if it is only punctuation."""
    shown = "".join(char for char in text if char.isprintable() or char in _JOINERS).strip()
    spoken = shown if any(map(str.isalnum, shown)) else ""
    start_ms, end_ms = (window.start_ms + round(1000 * seconds) for seconds in (start_s, end_s))
    return Word(start_ms, end_ms, spoken, round(100 * probability))
