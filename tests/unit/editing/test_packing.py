"""The texts to publish a video with."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scenes import source
from talks import GARDEN, spoken

from video_automation.editing.publishing.publishing_text import hashtags, packaging, with_chapters
from video_automation.plan.brand.brand_files import Brand, BrandPicture
from video_automation.plan.brand.card_params import CardParams
from video_automation.plan.document import Cut, Document
from video_automation.plan.packaging import Packaging
from video_automation.plan.params import Params
from video_automation.plan.source.heard import Hearing
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

GARDEN_TALK = spoken(GARDEN)
WHOLE = Timeline("video", Fraction(10), (FrameSpan(0, 2760),))


def seconds(line: str) -> int:
    minutes, rest = re.match(r"(\d+):(\d\d) \S", line).groups()  # type: ignore[union-attr]
    return 60 * int(minutes) + int(rest)


def test_chapters_begin_where_topics_do_and_the_first_with_the_video() -> None:
    chapters = packaging(GARDEN_TALK, WHOLE).chapters
    assert [chapter.start_ms for chapter in chapters] == [0] + [
        GARDEN_TALK.sentences[i].start_ms for i in GARDEN_TALK.topics[1:]
    ]
    assert len({chapter.title for chapter in chapters}) == 5


def cut_document(params: Params) -> Document:
    """A document of 276 s without the seconds 30 to 50."""
    cut = Document(source(Hearing((-60,) * 27_600)), params, cuts=(Cut(FrameSpan(3000, 5000), "asked"),))
    return replace(cut, packaging=packaging(GARDEN_TALK, cut.timeline))


def test_chapters_are_written_as_video_platforms_read_them_on_the_finished_videos_clock() -> None:
    document = cut_document(Params())
    lines = with_chapters(document).description.split("\n\n")[1].splitlines()
    places = [seconds(line) for line in lines]
    assert places[0] == 0
    assert len(places) >= 3
    assert all(b - a >= 10 for a, b in pairwise(places))
    assert places[1] == (GARDEN_TALK.sentences[GARDEN_TALK.topics[1]].start_ms - 20_000) // 1000


def test_chapters_come_later_by_the_opening_card_but_for_the_first_which_begins_with_it() -> None:
    bare, cards = cut_document(Params()), CardParams(opening_in_video=True, opening_s=4, opening_in_clips=True)
    shown = replace(bare, params=Params(cards=cards, brand=Brand(opening_card=BrandPicture("0" * 64, 320, 180))))
    before, after = ([seconds(line) for line in with_chapters(one).description.splitlines()[-5:]] for one in (bare, shown))
    assert after == [0, *(place + 4 for place in before[1:])]
    assert len(before) == 5


def test_a_chapter_shorter_than_ten_seconds_is_none() -> None:
    last = GARDEN_TALK.sentences[GARDEN_TALK.topics[-1]].start_ms // 100
    video = Timeline("video", Fraction(10), (FrameSpan(0, last + 90),))
    assert len(packaging(GARDEN_TALK, video).chapters) == 4


def test_fewer_than_three_chapters_are_none() -> None:
    said = spoken("\n\n".join(GARDEN.strip().split("\n\n")[:2]))
    assert len(said.topics) == 2
    assert packaging(said, WHOLE).chapters == ()


def test_the_description_is_sentences_of_the_talk_in_their_order() -> None:
    prose = packaging(GARDEN_TALK, WHOLE).description.split("\n\n")[0]
    places = [prose.find(text) for text in GARDEN_TALK.texts if text in prose]
    assert 2 <= len(places) <= 4
    assert places == sorted(places)
    assert sum(len(text) for text in GARDEN_TALK.texts if text in prose) + len(places) - 1 == len(prose)
    assert "thank you" not in prose.lower()


def test_hashtags_are_few_and_of_letters() -> None:
    tags = hashtags(GARDEN_TALK)
    assert 3 <= len(tags) <= 8
    assert tags[0] == "#ClayPots"
    assert all(re.fullmatch(r"#\w+", tag) for tag in tags)


def test_hashtags_keep_letters_of_any_language() -> None:
    assert hashtags(spoken("Die Tontöpfe sind leer.\nIch fülle die Tontöpfe.", "de"))[0] == "#Tontöpfe"


def test_where_nothing_is_said_there_is_nothing_to_say() -> None:
    assert packaging(spoken(""), WHOLE) == Packaging()


def test_equal_talks_give_equal_packaging() -> None:
    assert packaging(spoken(GARDEN), WHOLE) == packaging(spoken(GARDEN), WHOLE)
