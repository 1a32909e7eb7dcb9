"""What is said in a film: its speech, window by window, through a speech model in a process of its own."""

import json
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from video_automation.analysis.believable import Said, believable, doubtful
from video_automation.analysis.speech_model import SpeechModel, folder_of
from video_automation.analysis.windows import Window, halves, windows
from video_automation.analysis.word_times import timed
from video_automation.errors import InputError, SettingsError, ToolError
from video_automation.media.command import source_args
from video_automation.media.program import Limits, Tools
from video_automation.media.python import conversing
from video_automation.media.run import reading
from video_automation.plan.observed import Hearing
from video_automation.plan.source import Source
from video_automation.plan.transcript import Transcript, Word

log = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("transcription_child.py")
_MEMORY = 64 << 30
"""Address space; what is used of it is a hundredth with the smallest models."""
_RATE = 16
"""Samples per millisecond."""
_AT_A_TIME = 8
"""Windows in memory here, and in one question."""
_WORTH_HALVING_MS = 6_000
_BLOCK = 1 << 18
_UNKNOWN = "und"
"""The language of silence (ISO 639)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A window and its sound: mono samples of 16 bits."""

    window: Window
    sound: bytes

    def cut(self, window: Window) -> "_Piece":
        """A part of it."""
        first, last = ((ms - self.window.start_ms) * 2 * _RATE for ms in (window.start_ms, window.end_ms))
        return _Piece(window, self.sound[first:last])


@dataclass(frozen=True, slots=True)
class _Answer:
    language: str
    said: tuple[Said, ...]


def transcribe(
    tools: Tools,
    source_path: Path,
    source: Source,
    hearing: Hearing,
    *,
    model: SpeechModel,
    on_progress: Callable[[float, float], None],
) -> Transcript:
    """What is said where `hearing` has somebody speak; `on_progress` hears the seconds of speech that are done, of how many.

    Raises:
        InputError: the model does not know the language.
        SettingsError, TransientError: there is no such model, it cannot be loaded, or it cannot be fetched.
        ToolError: the model failed, or none of the sound could be read.
        PipelineError: as `media.program.started`.
    """
    spoken = windows(hearing.speech)
    if source.sound is None or not spoken:
        return Transcript(model.language or _UNKNOWN)
    total_ms = sum(window.length_ms for window in spoken)
    done_ms = 0
    words: list[Word] = []
    language = _UNKNOWN
    with _asking(tools, model) as ask, closing(_pieces(tools, source_path, source, spoken)) as pieces:
        while batch := tuple(islice(pieces, _AT_A_TIME)):
            answer = _heard(ask, batch, hearing.speech)
            language = answer.language
            words += [word for said in answer.said for word in believable(said, hearing.speech)]
            done_ms += sum(piece.window.length_ms for piece in batch)
            on_progress(done_ms / 1000, total_ms / 1000)
    return Transcript(language, timed(words, hearing.speech, source.duration_ms))


_Ask = Callable[[Sequence[_Piece]], _Answer]


@contextmanager
def _asking(tools: Tools, model: SpeechModel) -> Iterator[_Ask]:
    """How to ask the model, in its own process, which sees the model's files and no others."""
    folder = folder_of(model.model)
    readable = {folder, *(file.resolve().parent for file in folder.iterdir())}  # a fetched model is a folder of links
    confined = replace(tools, readable=tuple(sorted(readable)), limits=Limits(memory=_MEMORY, file_size=0))
    args = (str(folder), model.device, model.compute_type, *filter(None, [model.language]))
    with conversing(confined, _CHILD, *args) as ask:
        known = json.loads(ask(b""))
        if isinstance(known, str):
            raise SettingsError(f"transcription: the speech model {model.model!r} cannot be loaded: {known}")
        if model.language and model.language not in known:
            raise InputError(
                f"The speech model {model.model!r} does not know the language {model.language!r}. Choose one it knows, or have "
                "whoever runs this service set transcription.model to a model of several languages.",
                code="unknown_language",
            )
        yield lambda pieces: _answer(ask, pieces)


def _answer(ask: Callable[[bytes], bytes], pieces: Sequence[_Piece]) -> _Answer:
    sizes = json.dumps([len(piece.sound) for piece in pieces]).encode()
    language, answers = json.loads(ask(b"%b\n%b" % (sizes, b"".join(piece.sound for piece in pieces))))
    spaced = language not in ("zh", "ja", "th")
    said = (_said(piece.window, *answer, spaced=spaced) for piece, answer in zip(pieces, answers, strict=True))
    return _Answer(language, tuple(said))


def _said(window: Window, log_probability: float, silence: float, words: Sequence[Sequence[Any]], *, spaced: bool) -> Said:
    """An answer of the child about one window, on the source's clock."""
    whole = _joined(words) if spaced else words
    return Said(log_probability, silence, tuple(word for given in whole if (word := _word(window, *given)).text))


def _joined(words: Sequence[Sequence[Any]]) -> list[tuple[float, float, str, float]]:
    """The words as they are written: what has no space before it ("42" "-line") goes on with the one before it."""
    result: list[tuple[float, float, str, float]] = []
    for start_s, end_s, text, probability in words:
        if result and not text.startswith(" "):
            before = result[-1]
            result[-1] = (before[0], end_s, before[2] + text, min(before[3], probability))
        else:
            result.append((start_s, end_s, text, probability))
    return result


def _word(window: Window, start_s: float, end_s: float, text: str, probability: float) -> Word:
    """A word; empty where it is but punctuation."""
    shown = "".join(character for character in text if character.isprintable()).strip()
    spoken = shown if any(map(str.isalnum, shown)) else ""
    start_ms, end_ms = (window.start_ms + round(1000 * seconds) for seconds in (start_s, end_s))
    return Word(start_ms, end_ms, spoken, round(100 * probability))


def _heard(ask: _Ask, pieces: Sequence[_Piece], speech: Sequence[int]) -> _Answer:
    """What is said in these windows; a long one that is in doubt is heard once more, in halves."""
    answer = ask(pieces)
    said: list[Said] = []
    for piece, first in zip(pieces, answer.said, strict=True):
        if piece.window.length_ms >= _WORTH_HALVING_MS and doubtful(first):
            said += ask([piece.cut(half) for half in halves(piece.window, speech)]).said
        else:
            said.append(first)
    return replace(answer, said=tuple(said))


def _pieces(tools: Tools, source_path: Path, source: Source, spoken: Sequence[Window]) -> Generator[_Piece]:
    """The windows with their sound, one after the other; what lies between them is read and forgotten.

    Where the sound breaks off in a way ffmpeg gives up at, it is silent from there on.
    """
    assert source.sound is not None
    chain = f"aresample={1000 * _RATE}:async=1:first_pts=0,aformat=channel_layouts=mono:sample_fmts=s16"
    opened = source_args(source_path, start_us=source.start_us)
    args = ("-filter_threads", "1", *opened, "-map", f"0:{source.sound.stream}", "-af", chain, "-f", "s16le")
    at_ms = 0
    try:
        with reading(tools, args) as stream:
            for window in spoken:
                _skip(stream, (window.start_ms - at_ms) * 2 * _RATE)
                yield _Piece(window, stream.read(window.length_ms * 2 * _RATE))
                at_ms = window.end_ms
    except ToolError as error:
        if not at_ms:
            raise
        log.warning("the sound could be read for %d ms only: %s", at_ms, error)


def _skip(stream: BinaryIO, size: int) -> None:
    while size > 0 and (skipped := len(stream.read(min(size, _BLOCK)))):
        size -= skipped
