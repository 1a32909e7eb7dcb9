"""Punctuation at the ends of sentences and clauses, in all scripts."""

import re

import pytest

from video_automation.plan.text import marks


@pytest.mark.parametrize("end", [*list(".?!…。？！｡．؟۔।॥։።፧។៕။།"), "?!", "...", ".”", "！」", ".“", "؟»", "。》", ".)"])
def test_the_end_of_a_sentence_is_found_whatever_closes_after_it(end: str) -> None:
    assert marks.mark_at_end(f"said{end}") in marks.ENDS


@pytest.mark.parametrize("end", [",", "、", "،", "၊", ",”", ";", "：", "؛", "—", "–)"])
def test_a_clause_ends_where_no_sentence_does(end: str) -> None:
    assert marks.mark_at_end(f"said{end}") in (marks.COMMAS | marks.COLONS | marks.DASHES) - marks.ENDS


@pytest.mark.parametrize("text", ["", "said", "dogs'", "(aside)", "“said”", "well-", "l’", "3%", "¿"])
def test_what_stands_around_a_word_ends_nothing(text: str) -> None:
    assert marks.mark_at_end(text) == ""


def test_each_mark_is_of_one_kind() -> None:
    kinds = (
        marks.ENDS,
        marks.COMMAS,
        marks.COLONS,
        marks.DASHES,
        frozenset(marks.OPENING + marks.CLOSING),
        marks.OPENING_MARKS,
    )
    assert sum(map(len, kinds)) == len(set().union(*kinds))
    assert marks.ELLIPSES | set(marks.QUESTIONS) < marks.ENDS


def test_wide_marks_bring_their_own_space() -> None:
    assert set("。！？」』）、》") < marks.WIDE
    assert not marks.WIDE & set(".!?)”…؟।")


def test_marks_are_taken_out_and_what_belongs_to_words_stays() -> None:
    text = "¿Qué? ♪ “Well-known”… (it’s) 今日は、晴れ。》 क्या?। dogs'"
    assert re.split(r"\s+", marks.ALL.sub(" ", text).strip()) == ["Qué", "Well-known", "it’s", "今日は", "晴れ", "क्या", "dogs'"]
