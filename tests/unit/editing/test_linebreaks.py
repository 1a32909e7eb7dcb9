"""How a text is broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk import texts

from video_automation.editing.captions.linebreaks import line_length, lines, split_word
from video_automation.plan.text.legibility import clusters, columns


def broken(text: str, longest: int = 42) -> tuple[str, ...]:
    return lines(text.split(), "en", longest)


def test_what_fits_one_line_is_one_line() -> None:
    assert broken("On the bottom right you can see the time.") == ("On the bottom right you can see the time.",)


@pytest.mark.parametrize(
    "text",
    [
        "It was the best of times. | It was the worst of times.",
        "But, though on the whole, except in Italy, | Gothic letter was most often used.",
        "You are allowed to use this voice | for any purpose including commercial uses,",
        "It was the winter of our discontent, | and everything was before us.",
        "This is the optical and science segment | of the Webb Space Telescope.",
        "I never met the famous | Sir Winston Leonard Spencer Churchill.",
        "The chair was given to my sister | by Dr. Smith, who never forgets.",
        "The forms of printed letters | should be beautiful and plain.",
        "When the large clock in the hall | strikes 40 minutes past the hour.",
    ],
)
def test_lines_are_broken_where_one_takes_breath(text: str) -> None:
    assert " | ".join(broken(text.replace(" | ", " "))) == text


def test_one_word_is_not_left_alone() -> None:
    first, second = broken("a bb ccc dddd eeeee ffffff ggggggg hhhhhhhh iiiiiiiii")
    assert abs(len(first) - len(second)) < 10


def test_a_word_longer_than_a_line_is_broken_hard() -> None:
    assert broken("see example.org/" + "x" * 50, 20) == ("see", "example.org/xxxxxxxx", "x" * 20, "x" * 20, "xx")


def test_languages_without_spaces_break_between_words_and_count_wide_characters_twice() -> None:
    words = ("今日は", "とても", "いい", "天気", "ですね。", "散歩", "に", "行きましょう。")
    assert lines(words, "ja", 36) == ("今日はとても", "いい天気ですね。", "散歩に行きましょう。")


@pytest.mark.parametrize(("word", "letters"), [("กำลังที่นี่", 3), ("ខ្មែរខ្មែរ", 2), ("हिन्दीहिन्दी", 2), ("e\u0301" * 9, 4)])
def test_a_long_word_is_not_broken_within_a_letter(word: str, letters: int) -> None:
    cut = split_word(word, letters)
    assert "".join(cut) == word
    assert len(cut) > 1
    assert [letter for piece in cut for letter in clusters(piece)] == list(clusters(word))


@given(st.lists(texts, min_size=1, max_size=40), st.integers(12, 60), st.sampled_from(["en", "de", "pl", "ja"]))
def test_no_line_is_too_long_or_empty_and_nothing_is_lost(words: list[str], longest: int, language: str) -> None:
    result = lines(words, language, longest)
    assert all(0 < columns(line) <= longest for line in result)
    assert "".join(result).replace(" ", "") == "".join(words)


@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=40), st.integers(12, 60))
def test_there_are_as_few_lines_as_will_do(words: list[str], longest: int) -> None:
    greedy = [""]
    for word in words:
        if len(f"{greedy[-1]} {word}".strip()) > longest:
            greedy.append("")
        greedy[-1] = f"{greedy[-1]} {word}".strip()
    assert len(lines(words, "en", longest)) == len(greedy)


@pytest.mark.parametrize(
    ("size", "characters"),
    [((1920, 1080), 42), ((2560, 1080), 42), ((640, 480), 35), ((720, 720), 29), ((1080, 1920), 21), ((10, 1000), 12)],
)
def test_narrow_pictures_have_shorter_lines(size: tuple[int, int], characters: int) -> None:
    assert line_length(*size, 42) == characters
