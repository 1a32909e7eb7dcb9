"""Transcribes a recording: its speech, window by window, each in its language, with a speech model."""

import logging
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal

from video_automation.analysis.models import packaged_model
from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.analysis.notes import notes_in
from video_automation.analysis.observer import Given, Observer
from video_automation.analysis.speech.believable import Said, agreed, believable, cut_off, doubtful, hopeless
from video_automation.analysis.speech.kept_answers import Answers, OtherQuestionError
from video_automation.analysis.speech.speech_process import SAMPLES_PER_MS, Likely, Model, WindowSound, running_model
from video_automation.analysis.speech.spoken_language import (
    SURE,
    Heard,
    certainty,
    language_to_write,
    main_language,
    spans,
    stretches,
)
from video_automation.analysis.speech.windows import Window, halves, windows
from video_automation.analysis.speech.word_times import timed
from video_automation.errors import InputError
from video_automation.media.audio.sound import RAW, samples
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.program import Tools
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.recording import Source
from video_automation.plan.source.transcript import Transcript, Unwritten, Word
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.text.script import joined
from video_automation.plan.time import SAMPLE_RATE

log = logging.getLogger(__name__)

VERSION = 4
"""Raise this when the same sound gives other words."""
_ANSWERS_VERSION = 1
"""Raise this when the model's questions or the sound of the windows change."""
AT_A_TIME = 8
"""Windows held in memory here, and windows in one question."""
_FOR_THE_MODEL = (
    *("-filter_threads", "1", *RAW, "-i", "pipe:0"),
    *("-af", f"aresample={1000 * SAMPLES_PER_MS},aformat=channel_layouts=mono:sample_fmts=s16", "-f", "s16le"),
)
_LANGUAGE_KNOWN = 0.2
"""The share of the work on a window that is done once its language is known."""
_SAMPLES = 4
"""Windows, spread over a long recording, that are analysed when the language of one is in doubt."""
_SHORTEST_HALVED_MS = 4_000
"""A window shorter than this has room for everything said in it."""
_SHORTEST_TOLD_MS = 1_500
"""A shorter window without words is a cough or a chair, and is not reported."""


def transcribe(
    tools: Tools,
    source_path: Path,
    source: Source,
    hearing: Hearing,
    *,
    model: SpeechModel,
    on_progress: Callable[[float, float, str], None],
) -> Transcript:
    """The words in the speech of `hearing`; `on_progress` receives the seconds of speech done, the total, and the text so far.

    All answers of the model are saved in `tools.folder`: an interrupted run continues after the last window.

    Raises:
        InputError: the model does not know the language a person has named.
        SettingsError, TransientError: there is no such model, it cannot be loaded, or it cannot be fetched.
        ToolError: the model failed.
        PipelineError: as `media.program.running_program`.
    """
    spoken = windows(hearing.speech)
    if source.sound is None or not spoken:
        return Transcript(model.language or UNKNOWN_LANGUAGE, certainty=100 if model.language else 0)
    key = (source.id, repr(source.sound), repr(model), _ANSWERS_VERSION)
    file = tools.folder / f"answers-{sha256(repr(key).encode()).hexdigest()[:16]}.jsonl"
    total_ms = sum(window.length_ms for window in spoken)

    def heard(answers: Answers) -> Transcript:
        log.info("%d windows, %d of them heard before; %d answers are there", len(spoken), answers.windows, answers.count)
        done, done_ms, answered, text = 0, 0, 0, ""
        batch: tuple[WindowSound, ...] = ()

        def saved() -> None:
            nonlocal answered
            answered += 1
            tools.saved()
            share = _answered_share(answered / len(batch), language_known=bool(model.language))
            on_progress((done_ms + share * _length_ms(batch)) / 1000, total_ms / 1000, text)

        unheard = _unheard(tools, source_path, source, spoken, answers.windows)
        with _models(replace(tools, saved=saved), model, answers) as (writer, detector), closing(unheard) as pieces:
            sampled = partial(_sampled, tools, source_path, source, spoken)
            listening = _Listening(writer, detector, model.language, hearing.speech, sampled)
            while batch := tuple(islice(pieces, AT_A_TIME)):
                answered = 0
                listening.hear(batch)
                done += len(batch)
                answers.done_with(done)
                done_ms += _length_ms(batch)
                text = joined(word.text for word in listening.words)
                on_progress(done_ms / 1000, total_ms / 1000, text)
        return listening.transcript(source.duration_ms)

    try:
        with notes_in(file) as notes:
            return heard(Answers(notes))
    except OtherQuestionError:
        log.warning("What was heard before is of no use: all is heard anew")
        file.unlink()
        with notes_in(file) as notes:
            return heard(Answers(notes))


def _length_ms(pieces: Sequence[WindowSound]) -> int:
    return sum(piece.window.length_ms for piece in pieces)


def _answered_share(answers: float, *, language_known: bool) -> float:
    """The finished share of the work on windows, by the answers for each: first its language, then what is said."""
    if language_known:
        return min(1.0, answers)
    return _LANGUAGE_KNOWN * min(1.0, answers) + (1 - _LANGUAGE_KNOWN) * min(1.0, max(0.0, answers - 1))


@contextmanager
def _models(tools: Tools, model: SpeechModel, answers: Answers) -> Iterator[tuple[Model, Model]]:
    """The model that transcribes and the one that detects languages: the packaged one, if the first knows only one language."""
    with running_model(tools, model, answers) as writer:
        if model.language and model.language not in writer.languages:
            raise InputError(
                f"The speech model {model.model!r} does not know the language {model.language!r}. Choose one it knows, or have "
                "whoever runs this service set transcription.model to a model of several languages.",
                code="unknown_language",
            )
        if model.language or len(writer.languages) > 1:
            yield writer, writer
        else:
            with running_model(tools, replace(model, model=packaged_model.NAME), answers) as detector:
                yield writer, detector


@dataclass(slots=True)
class _Listening:
    """The state of a transcription."""

    writer: Model
    detector: Model
    named: str | None
    """The language a person has named."""
    speech: Sequence[int]
    sampled: Callable[[], Sequence[WindowSound]]
    """Reads some windows from all over the recording."""
    samples: list[Heard] | None = None
    """The probable languages in those, once a language was in doubt."""
    heard: list[Heard] = field(default_factory=list)
    written: list[tuple[Window, Likely]] = field(default_factory=list)
    unwritten: list[Unwritten] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def hear(self, pieces: Sequence[WindowSound]) -> None:
        """Transcribes the next windows."""
        known: list[tuple[WindowSound, Likely]] = []
        for piece, likely in self._in_languages(pieces):
            if likely.language in self.writer.languages:
                known.append((piece, likely))
            else:
                self._leave_out(piece.window, "unknown_language")
        self._write(known)

    def _write(self, known: Sequence[tuple[WindowSound, Likely]]) -> None:
        heard = self.writer.said([piece for piece, _ in known], [likely.language for _, likely in known])
        for (piece, likely), said in zip(known, heard, strict=True):
            if cut_off(said) and piece.window.length_ms > _SHORTEST_HALVED_MS:
                self._write([(piece.cut(half), likely) for half in halves(piece.window, self.speech)])
                continue
            words = self._once_more(piece, likely, said) if doubtful(said, likely.probability, self.speech) else said.words
            self._take(piece.window, likely, believable(words, self.speech))

    def _in_languages(self, pieces: Sequence[WindowSound]) -> list[tuple[WindowSound, Likely]]:
        if self.named:
            return [(piece, Likely(self.named, 1.0)) for piece in pieces]
        found = stretches(self.detector, pieces, self.speech)
        self.heard += [stretch.heard for stretch in found]
        if self.samples is None and any(stretch.certainty < SURE for stretch in found):
            spread = self.sampled()
            likely = self.detector.likely(spread)
            self.samples = [Heard(piece.window, one) for piece, one in zip(spread, likely, strict=True)]
        main = main_language((*(self.samples or ()), *self.heard))
        return [(stretch.piece, language_to_write(stretch, main)) for stretch in found]

    def _once_more(self, piece: WindowSound, likely: Likely, first: Said) -> tuple[Word, ...]:
        """The words in a doubtful window that a second pass over its halves confirms."""
        if hopeless(first):
            return ()
        parts = [piece.cut(half) for half in halves(piece.window, self.speech)]
        return agreed(first, self.writer.said(parts, [likely.language] * len(parts)), self.speech)

    def _take(self, window: Window, likely: Likely, words: Sequence[Word]) -> None:
        if words:
            self.written.append((window, likely))
            self.words += words
        else:
            self._leave_out(window, "not_understood")

    def _leave_out(self, window: Window, reason: Literal["unknown_language", "not_understood"]) -> None:
        if window.length_ms >= _SHORTEST_TOLD_MS:
            self.unwritten.append(Unwritten(window.start_ms, window.end_ms, reason))

    def transcript(self, end_ms: int) -> Transcript:
        """All that was said, in a source that ends at `end_ms`."""
        language, sure = self._language()
        return Transcript(language, timed(self.words, self.speech, end_ms), sure, spans(self.written), tuple(self.unwritten))

    def _language(self) -> tuple[str, int]:
        """The language of most of the transcript, or, without words, of most windows; and its certainty in percent."""
        heard = [(part.window, part.likely[0]) for part in self.heard]
        told = heard if self.writer is not self.detector or not self.written else self.written
        lengths: Counter[str] = Counter()
        for window, likely in told:
            lengths[likely.language] += window.length_ms
        language = self.named or (max(lengths, key=lengths.__getitem__) if told is self.written else main_language(self.heard))
        own = [(window, likely) for window, likely in told if likely.language == language]
        return language, 100 if self.named else certainty(own)


def _sampled(tools: Tools, source_path: Path, source: Source, spoken: Sequence[Window]) -> list[WindowSound]:
    """Some windows with their sound, spread over a long recording."""
    if len(spoken) <= AT_A_TIME:  # all of them are analysed together anyway
        return []
    chosen = [spoken[(2 * part + 1) * len(spoken) // (2 * _SAMPLES)] for part in range(_SAMPLES)]
    with closing(_pieces(tools, source_path, source, chosen)) as pieces:
        return list(pieces)


def _unheard(tools: Tools, source_path: Path, source: Source, spoken: Sequence[Window], before: int) -> Generator[WindowSound]:
    """The windows; the first `before` come without sound, since nothing more is asked about them."""
    yield from (WindowSound(window, b"") for window in spoken[:before])
    if before == len(spoken):
        return
    yield from _pieces(tools, source_path, source, spoken[before:])


def _pieces(tools: Tools, source_path: Path, source: Source, spoken: Sequence[Window]) -> Generator[WindowSound]:
    """The windows with their sound, one after the other."""
    stretches = [(window.start_ms * SAMPLE_RATE // 1000, window.end_ms * SAMPLE_RATE // 1000) for window in spoken]
    with samples(tools, source_path, source, stretches) as sound, ffmpeg_output(tools, _FOR_THE_MODEL, given=sound) as stream:
        for window in spoken:
            yield WindowSound(window, stream.read(window.length_ms * 2 * SAMPLES_PER_MS))


def _model(given: Given) -> SpeechModel:
    """The speech model, with what a person has said about the speech."""
    speech = given.params.speech
    return replace(given.model, language=speech.language, glossary=speech.glossary)


def _observe(given: Given, on_share: Callable[[float], None]) -> Transcript:
    shown = ""

    def told(done_s: float, total_s: float, text: str) -> None:
        nonlocal shown
        on_share(done_s / total_s)
        if text != shown:
            shown = text
            given.on_text(text)

    return transcribe(
        given.tools,
        given.path,
        given.source,
        given.before[Hearing],
        model=_model(given),
        on_progress=told,
    )


OBSERVER = Observer(
    Transcript,
    VERSION,
    _observe,
    inputs=lambda given: (repr(_model(given)),),
    wanted=lambda params: params.needs_words,
)
