"""The process that holds the speech model: it detects the language of windows of sound, and transcribes them.

It is started with a folder, a device, a number type (with faster-whisper's names) and its number of cores. It first prints a
list of the languages the model knows, or why it cannot be loaded. A question is a line with a `Question`, then windows of the
given sizes in bytes: mono samples at 16 kHz, 16 bits, little-endian. The answer is a line per window, in order: without
`languages` the likeliest languages, else a `RawSaid`. Times are in seconds. All lines are JSON.
"""

import ctypes
import json
import sys
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import accumulate, groupby
from operator import itemgetter
from threading import Lock
from typing import Any, TypedDict

import numpy as np
from ctranslate2 import StorageView  # type: ignore[import-untyped]
from faster_whisper import WhisperModel  # type: ignore[import-untyped]
from faster_whisper.audio import pad_or_trim  # type: ignore[import-untyped]
from faster_whisper.tokenizer import Tokenizer  # type: ignore[import-untyped]
from faster_whisper.transcribe import get_suppressed_tokens  # type: ignore[import-untyped]

from video_automation.media import sandbox

_RATE = 16_000
_MOST_AT_A_TIME = 4
"""Windows in parallel, each on cores of its own: on two cores two windows take 7 s in this way, and 11 s one after the other on
both. Each needs some 100 MB."""
_AT_ONCE = 2
"""Windows decoded together: on one core this takes 0.77 of the time of one after the other, with the same words and 45 MB more;
four would take 0.64 of it, and 190 MB more."""
_BEAM = 5
_LONGEST_S = 30
"""Seconds of sound the model takes at a time."""
_LIKELIEST = 5
"""Languages reported for each window."""
_REMEMBERED = 16
"""Windows whose encoding is kept, 3 MB each with the base model: first their languages are asked for, then their words."""
_PUNCTUATION_BEFORE, _PUNCTUATION_AFTER = "\"'“¿¡([{-「『《【（〈", "\"'.。,，!！?？:：”)]}、」』》】）〉…;；؟،।"
"""Marks that belong to the word after them, and to the word before them."""
_MARKS_OF_PROMPT = 4
"""Tokens before the text. A model writes at most half of its longest text: 220 tokens, less than half a minute of Thai."""
_GLOSSARY_TOKENS = 100
"""Tokens of the glossary; the model has that many fewer for its text."""
_PRIMERS = {"zh": "以下是普通话的句子。"}
"""Text given to the model as if it had been said before: it makes the model write punctuation and simplified characters."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Options of glibc, see mallopt(3)."""

Languages = list[tuple[str, float]]
"""Languages with their probabilities, the likeliest first."""
RawSaid = tuple[float, float, bool, list[tuple[float, float, str, float]]]
"""The mean log probability of the words, the probability of silence, whether there was no room for all that is said, and the
words: start, end, text, probability."""


class Question(TypedDict):
    """A question about some windows."""

    sizes: list[int]
    """The bytes of each window."""
    languages: list[str] | None
    """The language of each window; None asks for it."""
    glossary: list[str]
    """Names and terms, spelt as the model should write them."""


class Listener:
    """The model; it encodes each window once for both questions."""

    def __init__(self, model: WhisperModel) -> None:
        self._model = model
        self._encodings: OrderedDict[bytes, Any] = OrderedDict()
        self._lock = Lock()

    def languages(self, raw: bytes) -> Languages:
        """The likeliest languages of a window."""
        if not self._model.model.is_multilingual:
            return [("en", 1.0)]
        (found,) = self._model.model.detect_language(self._encoding(raw))
        return [(token[2:-2], probability) for token, probability in found[:_LIKELIEST]]

    def said(self, windows: Sequence[bytes], language: str, glossary: list[str]) -> list[RawSaid]:
        """The model's answers for windows that are all in one language."""
        model, encodings = self._model, [self._encoding(raw) for raw in windows]
        tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language)
        before = _before(tokenizer, language, glossary)
        prompt = model.get_prompt(tokenizer, [], without_timestamps=True, hotwords=before or None)
        heard = model.model.generate(
            _together(encodings),
            [prompt] * len(windows),
            beam_size=_BEAM,
            max_length=model.max_length,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            return_scores=True,
            return_no_speech_prob=True,
        )
        return [self._said(*one, tokenizer) for one in zip(windows, encodings, heard, strict=True)]

    def _said(self, raw: bytes, encoding: Any, heard: Any, tokenizer: Tokenizer) -> RawSaid:
        model, tokens = self._model, heard.sequences_ids[0]
        full = len(tokens) >= model.max_length // 2 - _MARKS_OF_PROMPT
        length_s = min(_LONGEST_S, len(raw) / 2 / _RATE)
        segment: dict[str, Any] = {"tokens": tokens, "seek": 0, "start": 0.0, "end": length_s}
        frames = int(length_s * model.frames_per_second)
        model.add_word_timestamps([[segment]], tokenizer, encoding, frames, _PUNCTUATION_BEFORE, _PUNCTUATION_AFTER, 0.0)
        words = [(word["start"], word["end"], word["word"], float(word["probability"])) for word in segment.get("words", ())]
        return heard.scores[0] * len(tokens) / (len(tokens) + 1), heard.no_speech_prob, full, words

    def _encoding(self, raw: bytes) -> Any:
        """The encoding of a window, padded to half a minute: of 3 s without padding the model took German for English."""
        with self._lock:
            if raw in self._encodings:
                return self._encodings[raw]
        samples = np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)
        most = self._model.feature_extractor.nb_max_frames
        features = self._model.feature_extractor(samples)[..., :most]
        encoding = self._model.encode(pad_or_trim(features))
        with self._lock:
            self._encodings[raw] = encoding
            while len(self._encodings) > _REMEMBERED:
                self._encodings.popitem(last=False)
        return encoding


def main(folder: str, device: str, compute_type: str, cores: str) -> None:
    """Loads the model, then answers until there are no more questions."""
    _give_memory_back()
    at_a_time = min(int(cores), _MOST_AT_A_TIME)
    try:
        model = WhisperModel(
            folder, device=device, compute_type=compute_type, cpu_threads=int(cores) // at_a_time, num_workers=at_a_time
        )
    except (RuntimeError, ValueError) as error:
        _say(str(error))
        return
    sandbox.confine([sys.prefix, sys.base_prefix], [])  # libraries import further modules as they work
    _say(model.supported_languages)
    listener = Listener(model)
    with ThreadPoolExecutor(at_a_time) as pool:
        for line in sys.stdin.buffer:
            question: Question = json.loads(line)
            windows = [sys.stdin.buffer.read(size) for size in question["sizes"]]
            for answer in _answers(listener, pool, at_a_time, question, windows):
                _say(answer)


def _before(tokenizer: Tokenizer, language: str, glossary: list[str]) -> str:
    """The text given to the model as if it had been said before: as many of the terms as there is room for."""
    told = _PRIMERS.get(language, "")
    for term in glossary:
        longer = f"{told}{', ' if told else ''}{term}"
        if len(tokenizer.encode(longer)) > _GLOSSARY_TOKENS:
            break
        told = longer
    return told


def _answers(
    listener: Listener, pool: ThreadPoolExecutor, workers: int, question: Question, windows: Sequence[bytes]
) -> Iterator[Languages | RawSaid]:
    """The answers, window by window, in order."""
    if question["languages"] is None:
        yield from pool.map(listener.languages, windows)
        return
    runs = groupby(zip(windows, question["languages"], strict=True), key=itemgetter(1))
    parts = [(part, language) for language, run in runs for part in _parted([raw for raw, _ in run], workers)]
    for said in pool.map(lambda one: listener.said(one[0], one[1], question["glossary"]), parts):
        yield from said


def _parted(windows: Sequence[bytes], workers: int) -> list[Sequence[bytes]]:
    """The windows, in parts that are decoded together: every worker has the same number of windows, as near as can be."""
    shares = [len(windows) // workers + (worker < len(windows) % workers) for worker in range(workers)]
    sizes = sorted((min(_AT_ONCE, share - done) for share in shares for done in range(0, share, _AT_ONCE)), reverse=True)
    return [windows[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)]


def _together(encodings: Sequence[Any]) -> Any:
    return StorageView.from_array(np.concatenate([np.asarray(one) for one in encodings]))


def _give_memory_back() -> None:
    """Has glibc return freed memory at once: what it keeps for later grew from window to window, by 100 MB in 20 minutes."""
    with suppress(AttributeError):  # another C library
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_MMAP_THRESHOLD, 4 << 20)
        mallopt(_M_TRIM_THRESHOLD, 16 << 20)
        mallopt(_M_ARENA_MAX, 2)


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
