"""Which captions are made of a transcript."""

from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from caption_rules import HARD, rules_broken, speed
from hypothesis import given
from hypothesis import strategies as st
from talk import RATES, spoken, talks, video, videos

from video_automation.editing.captions.captioning import cues
from video_automation.editing.captions.linebreaks import lines
from video_automation.plan.source.speakers import Turn
from video_automation.plan.source.transcript import LanguageSpan, Transcript, Word
from video_automation.plan.text.legibility import reading_time
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline

TALK = (
    "Good morning, and welcome to the third part of our course. [400] Today we look at how the Golden Gate Bridge was built,"
    " and why it took the engineers more than four years. [900] Yes. [700] Some of you asked about the red colour, which is"
    " called International Orange. [300] It was meant to be a primer only! But Irving Morrow, the architect, liked it so much"
    " that he wrote a letter of thirty pages to keep it."
)


def shown(words: tuple[Word, ...], timeline: Timeline, longest_line: int = 42) -> list[str]:
    """The text of each caption, with its lines."""
    return [" | ".join(cue.lines) for cue in cues(Transcript("en", words), timeline, longest_line=longest_line)]


def test_a_talk_is_captioned_by_sense() -> None:
    assert shown(spoken(TALK), video((0, 60_000))) == [
        "Good morning, and welcome | to the third part of our course.",
        "Today we look at how | the Golden Gate Bridge was built,",
        "and why it took the engineers more | than four years.",
        "Yes.",
        "Some of you asked about the red colour, | which is called International Orange.",
        "It was meant to be a primer only!",
        "But Irving Morrow, the architect,",
        "liked it so much that he wrote a letter | of thirty pages to keep it.",
    ]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("longest_line", [28, 42])
def test_captions_of_a_calm_talk_break_no_rule(rate: Fraction, longest_line: int) -> None:
    timeline = Timeline("video", rate, (FrameSpan(0, frame_at(40_000, rate)),))
    assert rules_broken(cues(Transcript("en", spoken(TALK)), timeline, longest_line=longest_line), timeline, longest_line) == ()


def test_who_speaks_too_fast_is_read_faster_and_nothing_else_gives() -> None:
    timeline = video((0, 20_000))
    result = cues(Transcript("en", spoken(TALK, per_second=24)), timeline, longest_line=42)
    assert {rule.split(":")[0] for rule in rules_broken(result, timeline, 42)} == {"too fast"}
    assert max(speed(cue, timeline.rate) for cue in result) < 28
    assert " ".join(cue.text for cue in result) == " ".join(word.text for word in spoken(TALK))


def test_a_caption_appears_with_its_first_word_and_stays_half_a_second_where_nothing_follows() -> None:
    (cue,) = cues(
        Transcript("en", spoken("This is a sentence that lasts.", start_ms=2000)), video((0, 20_000)), longest_line=42
    )
    assert cue.words[-1].span.end == 104
    assert cue.span == FrameSpan(50, 104 + 13)


def test_a_short_word_stays_long_enough_to_be_read() -> None:
    (cue,) = cues(Transcript("en", spoken("Yes.")), video((0, 20_000)), longest_line=42)
    assert cue.span == FrameSpan(0, 21)


def test_captions_near_to_one_another_are_two_frames_apart() -> None:
    words = spoken("This is a first sentence here. [700] And this is the second one of them.")
    first, second = cues(Transcript("en", words), video((0, 20_000)), longest_line=30)
    assert second.span.start - first.span.end == 2


def test_captions_far_from_one_another_leave_the_picture_alone() -> None:
    words = spoken("This is a first sentence here. [3000] And this is the second one of them.")
    first, second = cues(Transcript("en", words), video((0, 20_000)), longest_line=42)
    assert second.span.start - first.span.end > 50


def test_a_short_answer_in_a_short_shot_shares_a_caption_with_what_is_next_to_it() -> None:
    words = spoken("Did you see it? [2000] Yes. [2000] And so did everybody else.")
    timeline = video((0, 1200), (3000, 3500), (5200, 9000))
    result = cues(Transcript("en", words), timeline, longest_line=42)
    assert rules_broken(result, timeline, 42) == ()
    assert any("Yes." in cue.text and cue.text != "Yes." for cue in result)


def test_a_caption_ends_with_the_shot_of_its_last_word_and_begins_with_that_of_its_first() -> None:
    words = spoken("This is the end of the first part. [4000] This is the beginning of another.")
    late, soon = video((0, 2600), (6240, 9000)), video((0, 2600), (6400, 9000))
    spans = [[cue.span for cue in cues(Transcript("en", words), timeline, longest_line=42)] for timeline in (late, soon)]
    assert [(first.end, second.start) for first, second in spans] == [(65, 65 + 6), (65, 67)]


def test_words_that_were_cut_away_are_not_captioned() -> None:
    words = spoken("Keep this sentence please. [1000] Drop this sentence please. [1000] Keep this one.")
    middle = next(word.start_ms for word in words if word.text == "Drop")
    assert "Drop" not in " ".join(shown(words, video((0, middle - 500), (middle + 2500, 12_000))))


def test_words_within_one_frame_are_shown_as_one() -> None:
    (cue,) = cues(Transcript("en", spoken("one two three four")), video((0, 9000), rate=1), longest_line=42)
    assert cue.lines == ("one two three four",)
    assert [word.text for word in cue.words] == ["one two", "three four"]


def test_nothing_said_is_nothing_shown() -> None:
    assert cues(Transcript("en", ()), video((0, 9000)), longest_line=42) == ()
    assert cues(Transcript("en", spoken("Hello.")), video((5000, 9000)), longest_line=42) == ()


def kept(words: tuple[Word, ...], timeline: Timeline) -> list[str]:
    """The words whose middle is kept."""
    middles = [(word, Fraction(word.start_ms + word.end_ms, 2000) * timeline.rate) for word in words]
    return [word.text for word, frame in middles if any(span.start <= frame < span.end for span in timeline.spans)]


drawn = st.builds(
    lambda words, timeline, longest, language: (words, timeline, longest, language),
    talks(),
    videos(),
    st.integers(16, 60),
    st.sampled_from(["en", "pl", "ja"]),
)


@given(drawn)
def test_whatever_is_said_no_caption_is_too_wide_or_over_another_or_over_a_foreign_shot(
    case: tuple[tuple[Word, ...], Timeline, int, str],
) -> None:
    words, timeline, longest, language = case
    result = cues(Transcript(language, words), timeline, longest_line=longest)
    broken = {rule.split(":")[0] for rule in rules_broken(result, timeline, longest)}
    assert not broken & (set(HARD) - {"more than two lines"})
    assert not any(len(cue.lines) > 2 and len(cue.words) > 1 for cue in result)
    assert all(cue.span.end <= timeline.frames for cue in result)


@given(drawn)
def test_whatever_is_said_every_kept_word_is_shown_in_order(case: tuple[tuple[Word, ...], Timeline, int, str]) -> None:
    words, timeline, longest, language = case
    result = cues(Transcript(language, words), timeline, longest_line=longest)
    in_lines = "".join(line for cue in result for line in cue.lines).replace(" ", "")
    in_words = "".join(word.text for cue in result for word in cue.words).replace(" ", "")
    if all(len(text) <= longest // 2 for text in (word.text for word in words)):
        assert in_lines == in_words == "".join(kept(words, timeline))
    assert in_lines == in_words


@given(drawn)
def test_whatever_is_said_a_caption_appears_with_its_first_word(case: tuple[tuple[Word, ...], Timeline, int, str]) -> None:
    words, timeline, longest, language = case
    for cue in cues(Transcript(language, words), timeline, longest_line=longest):
        assert 0 <= cue.words[0].span.start - cue.span.start <= frame_at(200, timeline.rate)


SCRIPTS = {
    "zh": "大家早上好，今天我们来谈谈汉语和中国的文化，你们准备好了吗？我们先从文字的历史开始。谢谢大家的到来！",
    "ja": "おはようございます。今日は日本語の美しさについてお話しします。まずは文字の歴史から始めましょう。",
    "ko": "안녕하세요, 오늘은 한국어의 아름다움에 대해 이야기하겠습니다. 먼저 글자의 역사부터 시작하겠습니다.",
    "th": "สวัสดีครับวันนี้เราจะมาพูดถึงภาษาไทยที่สวยงามและน่าสนใจเราจะเริ่มจากประวัติศาสตร์ของตัวอักษรก่อนแล้วค่อยดูการเขียนในวันนี้",
    "ar": "صباح الخير، سنتحدث اليوم عن اللغة العربية، هل أنتم مستعدون؟ سنبدأ بتاريخ الكتابة ثم ننظر إلى الكتابة في أيامنا هذه.",
    "hi": "सुप्रभात, आज हम हिन्दी भाषा के बारे में बात करेंगे, क्या आप तैयार हैं? हम पहले लिपि के इतिहास से शुरू करेंगे, फिर आज का लेखन देखेंगे।",
}
LONGEST = {"zh": 16, "ja": 16, "ko": 21, "th": 35, "ar": 42, "hi": 42}  # spaces make Korean lines longer


@pytest.mark.parametrize("language", SCRIPTS)
def test_captions_in_every_script_break_no_rule(language: str) -> None:
    words, at = [], 0
    for text in words_of(SCRIPTS[language], language):
        words.append(Word(at, at + round(reading_time(text) * 70), text, 90))
        at = words[-1].end_ms + (400 if text[-1] in "。.？?！!؟।" else 0)
    timeline = video((0, at + 2000))
    result = cues(Transcript(language, tuple(words)), timeline, longest_line=42)
    assert rules_broken(result, timeline, 42) == ()
    assert max(len(line) for cue in result for line in cue.lines) <= LONGEST[language]
    assert joined(cue.text for cue in result) == joined(word.text for word in words)
    assert not any(line[0] in "，。、！？؟،।,.?!" for cue in result for line in cue.lines)


GERMAN = "Heute sehen wir uns an wie der große rote Turm am Fluss gebaut wurde und warum das so viele Jahre gedauert hat"


def test_each_language_of_a_talk_is_broken_by_its_own_words() -> None:
    words, timeline = spoken(GERMAN), video((0, 20_000))
    german, english = (cues(Transcript(code, words), timeline, longest_line=24) for code in ("de", "en"))
    within = Transcript("en", words, spans=(LanguageSpan(0, 20_000, "de", 90),))
    assert cues(within, timeline, longest_line=24) == german != english


def test_a_caption_ends_where_another_language_begins() -> None:
    words = spoken(f"And now for something completely different {GERMAN}")
    spans = (LanguageSpan(0, words[6].start_ms, "en", 90), LanguageSpan(words[6].start_ms, 20_000, "de", 90))
    first = cues(Transcript("en", words, spans=spans), video((0, 20_000)), longest_line=42)[0]
    assert first.text == "And now for something completely different"


def conversation(text: str, *changes: int) -> list[str]:
    """The text of each caption of a talk in which another speaker begins with each of these words."""
    words = spoken(text)
    edges = [0, *changes, len(words)]
    turns = tuple(
        Turn(words[first].start_ms, words[end - 1].end_ms, 1 + number % 2)
        for number, (first, end) in enumerate(pairwise(edges))
    )
    said = Transcript("en", words, turns=turns)
    return [" | ".join(cue.lines) for cue in cues(said, video((0, 60_000)), longest_line=42)]


def test_a_dash_stands_where_another_person_begins() -> None:
    text = "How was the bridge built in only four years? [600] It was not, it took much longer than that. [600] Really?"
    assert conversation(text, 9, 18) == [
        "How was the bridge built | in only four years?",
        "- It was not, | it took much longer than that.",
        "- Really?",
    ]


def test_a_short_answer_has_a_line_of_its_own() -> None:
    assert lines(("Was", "it", "red?", "- Yes."), "en", 42) == ("Was it red?", "- Yes.")


def test_each_of_several_speakers_begins_a_line() -> None:
    said = ("What", "can", "I", "say?", "- Yes,", "I", "think", "that", "it", "is", "a", "longer", "one.", "- No.")
    assert lines(said, "en", 24) == ("What can I say?", "- Yes, I think", "that it is a longer one.", "- No.")


@given(st.lists(st.integers(1, 4), min_size=3, max_size=20))
def test_a_dash_is_only_at_the_beginning_of_a_line_however_fast_people_take_turns(turns: list[int]) -> None:
    edges = [0, *accumulate(turns)]
    words = tuple(Word(300 * at, 300 * at + 250, f"word{at}", 99) for at in range(edges[-1]))
    said = tuple(Turn(words[a].start_ms, words[b - 1].end_ms, 1 + number % 2) for number, (a, b) in enumerate(pairwise(edges)))
    shown = cues(Transcript("en", words, turns=said), video((0, 60_000)), longest_line=42)
    rows = [line for cue in shown for line in cue.lines]
    assert sum(row.startswith("- ") for row in rows) == len(turns) - 1
    assert not any("- " in row[1:] for row in rows)
    assert all(len(cue.lines) <= 2 for cue in shown)


def test_one_person_has_no_dashes() -> None:
    assert not any("- " in line for line in conversation(TALK))
