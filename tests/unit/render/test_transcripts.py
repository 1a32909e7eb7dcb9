"""A transcript with two times for each word: in the recording, and in the finished video."""

import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.speech.sentences import sentences
from video_automation.plan.brand.card_params import Card, Cards
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.speakers import Speaker, Turn
from video_automation.plan.source.transcript import Sentence, Transcript, Word
from video_automation.plan.time import FrameSpan, frame_at, ms_at
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.transcripts import VideoTranscript, transcript_json, transcript_text, video_transcript

RATE = Fraction(30)
WHOLE = ((0, 100_000),)


def timeline(*spans: tuple[int, int], rate: Fraction = RATE) -> Timeline:
    return Timeline("a", rate, tuple(FrameSpan(*span) for span in spans))


def video(line: Timeline, cards: Cards = Cards()) -> Rendition:  # noqa: B008  # a value that does not change
    return Rendition("a.mp4", line, 64, 36, None, -2.0, EncodeParams(), cards=cards)


def said(start_ms: int, text: str, *, word_ms: int = 200) -> Sentence:
    """A sentence of words without pauses."""
    words = text.split(" ")
    return Sentence(tuple(Word(start_ms + i * word_ms, start_ms + (i + 1) * word_ms, w, 9) for i, w in enumerate(words)))


def transcript(*sentences: Sentence, spans: tuple[tuple[int, int], ...] = WHOLE, language: str = "en") -> VideoTranscript:
    return video_transcript(Transcript(language), sentences, video(timeline(*spans)))


def video_times(made: VideoTranscript) -> list[tuple[int | None, int | None]]:
    return [(word.film_start_ms, word.film_end_ms) for sentence in made.sentences for word in sentence.words]


def test_a_word_has_its_time_in_the_video_and_none_where_it_was_cut_away() -> None:
    made = transcript(said(1000, "I um think so"), spans=((0, 36), (42, 300)))
    assert video_times(made) == [(1000, 1200), (None, None), (1200, 1400), (1400, 1600)]
    (sentence,) = made.sentences
    assert (sentence.start_ms, sentence.end_ms, sentence.film_start_ms, sentence.film_end_ms) == (1000, 1800, 1000, 1600)
    assert sentence.text == "I um think so"


def test_a_cut_inside_a_word_leaves_what_is_left_of_it_if_that_is_half() -> None:
    assert video_times(transcript(said(1000, "long", word_ms=1000), spans=((0, 33), (38, 90)))) == [(1000, 1833)]
    assert video_times(transcript(said(1000, "long", word_ms=1000), spans=((0, 35), (56, 90)))) == [(None, None)]


def test_a_word_shorter_than_a_frame_has_one() -> None:
    assert video_times(transcript(said(1000, "a", word_ms=0))) == [(1000, 1033)]


def test_a_sentence_that_is_cut_away_is_in_the_json_and_not_in_the_text() -> None:
    made = transcript(said(0, "Gone."), said(2000, "Here."), spans=((50, 100),))
    assert [sentence.film_start_ms for sentence in made.sentences] == [None, 333]
    assert transcript_text(made) == "[00:00] Here.\n"


def test_times_in_the_video_count_from_its_opening_card() -> None:
    shown = video(timeline(*WHOLE), Cards(Card("0" * 64, 75, "#000000"), Card("0" * 64, 30, "#000000")))
    made = video_transcript(Transcript("en"), (said(1000, "I think"),), shown)
    assert video_times(made) == [(3500, 3700), (3700, 3900)]
    assert transcript_text(made) == "[00:03] I think\n"


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 800), st.integers(0, 900)), max_size=12),
    st.sampled_from([Fraction(25), Fraction(30000, 1001), Fraction(60)]),
)
def test_places_are_those_the_frames_have(cuts: list[tuple[int, int]], lengths: list[tuple[int, int]], rate: Fraction) -> None:
    at, spans = 0, []
    for gap, length in cuts:
        spans.append((at + gap, at + gap + length))
        at += gap + length
    line, words, clock = timeline(*spans, rate=rate), [], 0
    for pause, length in lengths:
        words.append(Word(clock + pause, clock + pause + length, "a", 50))
        clock += pause + length
    made = video_transcript(Transcript("en"), tuple(Sentence((word,)) for word in words), video(line))
    for word, found in zip(words, video_times(made), strict=True):
        first = frame_at(word.start_ms, rate)
        frames = range(first, max(first + 1, frame_at(word.end_ms, rate)))
        left = [place for place in map(line.timeline_frame, frames) if place is not None]
        kept = 2 * len(left) >= len(frames)
        assert found == ((ms_at(left[0], rate), ms_at(left[-1] + 1, rate)) if kept else (None, None))


def test_the_json_is_as_described() -> None:
    made = transcript(said(1000, "Hi I."), spans=((30, 60),))
    hi = {"start_ms": 1000, "end_ms": 1200, "film_start_ms": 0, "film_end_ms": 200, "text": "Hi", "confidence": 9}
    i = {"start_ms": 1200, "end_ms": 1400, "film_start_ms": 200, "film_end_ms": 400, "text": "I.", "confidence": 9}
    assert json.loads(transcript_json(made)) == {
        "version": 1,
        "language": "en",
        "certainty": 0,
        "languages": [],
        "unwritten": [],
        "speakers": [],
        "sentences": [
            {
                "start_ms": 1000,
                "end_ms": 1400,
                "film_start_ms": 0,
                "film_end_ms": 400,
                "text": "Hi I.",
                "words": [hi | {"speaker": None}, i | {"speaker": None}],
            }
        ],
    }  # fmt: skip


def test_paragraphs_end_with_a_long_pause_or_after_five_sentences() -> None:
    sentences = [said(1000 * i, f"It is {i}.") for i in range(7)] + [said(65_000, "After a pause.")]
    assert transcript_text(transcript(*sentences)) == (
        "[00:00] It is 0. It is 1. It is 2. It is 3. It is 4.\n\n[00:05] It is 5. It is 6.\n\n[01:05] After a pause.\n"
    )


def test_a_pause_that_was_cut_still_begins_a_paragraph_and_words_that_were_cut_are_not_told() -> None:
    made = transcript(said(0, "Um one."), said(9000, "Two."), spans=((6, 30), (270, 300)))
    assert transcript_text(made) == "[00:00] one.\n\n[00:00] Two.\n"


def test_a_language_without_spaces_has_none() -> None:
    made = transcript(said(0, "今日 は"), language="ja")
    assert made.sentences[0].text == "今日は"
    assert transcript_text(made) == "[00:00] 今日は\n"


def test_a_video_in_which_nothing_is_said_has_an_empty_text() -> None:
    assert transcript_text(transcript()) == ""


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_no_word_breaks_the_json_or_a_line_of_the_text(words: list[str]) -> None:
    sentence = Sentence(tuple(Word(100 * i, 100 * i + 90, word, 1) for i, word in enumerate(words)))
    made = transcript(sentence)
    assert len(json.loads(transcript_json(made))["sentences"][0]["words"]) == len(words)
    assert len(transcript_text(made).splitlines()) == 1


def conversation(*names: str) -> VideoTranscript:
    """Two sentences of the first speaker, one of the second, one of the first."""
    turns = (Turn(0, 1000, 1), Turn(1000, 1500, 2), Turn(1500, 2000, 1))
    speakers = tuple(Speaker(number, name) for number, name in enumerate(names, 1))
    words = tuple(Word(at, at + 400, text, 9) for at, text in ((0, "Why?"), (500, "Tell."), (1000, "So."), (1500, "Ah.")))
    heard = Transcript("en", words, turns=turns, speakers=speakers)
    return video_transcript(heard, sentences(heard), video(timeline((0, 300))))


def test_each_turn_is_a_paragraph_that_begins_with_the_name() -> None:
    assert transcript_text(conversation("Ann", "Speaker 2")) == (
        "[00:00] Ann: Why? Tell.\n\n[00:01] Speaker 2: So.\n\n[00:01] Ann: Ah.\n"
    )


def test_the_json_tells_who_says_each_word() -> None:
    told = json.loads(transcript_json(conversation("Ann", "Bo")))
    assert told["speakers"] == [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bo"}]
    assert [word["speaker"] for sentence in told["sentences"] for word in sentence["words"]] == [1, 1, 2, 1]
