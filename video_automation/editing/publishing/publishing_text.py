"""Makes the texts a video is published with from what is said: titles, description, hashtags, chapters."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from unicodedata import category

from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.highlights.hooks import is_about_itself, is_courtesy
from video_automation.editing.highlights.passages import ends_thought, heard_at, leans
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import bare, capital, normalized, word_count
from video_automation.editing.publishing.keyphrases import Phrase, found
from video_automation.editing.publishing.titling import titles_of_parts, video_titles
from video_automation.plan.brand.card_params import Cards
from video_automation.plan.document import Document
from video_automation.plan.packaging import Chapter, Packaging
from video_automation.plan.text.marks import WIDE
from video_automation.plan.text.script import is_unspaced
from video_automation.plan.time import ms_at
from video_automation.plan.timeline import Timeline

_FEWEST_CHAPTERS, _SHORTEST_CHAPTER_MS = 3, 10_000
"""The limits of video platforms for chapters; the first one has to be at 0:00."""
_MOST_HASHTAGS, _LONGEST_HASHTAG = 8, 30
_MOST_SENTENCES = 3
_FEWEST_WORDS, _MOST_WORDS = 6, 40


def packaging(talk: Talk, video: Timeline) -> Packaging:
    """All texts for the video; its description has no chapters yet."""
    at = heard_at(video)
    return Packaging(
        titles=video_titles(talk),
        description=description(talk),
        hashtags=hashtags(talk),
        chapters=chapters(talk, at, video_ms=at(talk.sentences[-1].end_ms) if talk.sentences else 0),
    )


def with_chapters(document: Document) -> Packaging:
    """All texts for the video of a document: our own description gets the chapters, on the video's clock, below it."""
    packed = document.packaging
    if document.description is not None:
        return replace(packed, description=document.description)
    starts = chapter_starts(packed.chapters, document.timeline, document.cards)
    lines = "\n".join(f"{_clock(start_ms)} {chapter.title}" for start_ms, chapter in zip(starts, packed.chapters, strict=True))
    return replace(packed, description="\n\n".join(filter(None, (packed.description, lines))))


def chapter_starts(chapters: Iterable[Chapter], video: Timeline, cards: Cards) -> tuple[int, ...]:
    """Where chapters begin in a video with these cards, in milliseconds; the opening card belongs to the first one."""
    first_ms, at = ms_at(cards.before, video.rate), heard_at(video, before=cards.before)
    return tuple(0 if (start_ms := at(chapter.start_ms)) == first_ms else start_ms for chapter in chapters)


def chapters(talk: Talk, at: Callable[[int], int], *, video_ms: int) -> tuple[Chapter, ...]:
    """The chapters at topic borders; empty if they would be fewer than three, or one shorter than ten seconds.

    `at` returns the moment of the video for a moment of the source.
    """
    starts = [0]
    for sentence in talk.topics[1:]:
        if at(_cut(talk, sentence)) - at(_cut(talk, starts[-1])) >= _SHORTEST_CHAPTER_MS:
            starts.append(sentence)
    while len(starts) > 1 and video_ms - at(_cut(talk, starts[-1])) < _SHORTEST_CHAPTER_MS:
        starts.pop()
    titles = titles_of_parts(talk, [range(a, b) for a, b in pairwise((*starts, len(talk.sentences)))]) if talk.sentences else ()
    if len(starts) < _FEWEST_CHAPTERS:
        return ()
    return tuple(Chapter(_cut(talk, start), title) for start, title in zip(starts, titles, strict=True))


def _cut(talk: Talk, sentence: int) -> int:
    """The start of a chapter: that of its first sentence, or of the video for the first chapter."""
    return talk.sentences[sentence].start_ms if sentence else 0


def description(talk: Talk) -> str:
    """Up to three sentences of the talk that stand alone and tell most of it, from different topics if possible."""
    fitting = [i for i in range(len(talk.sentences)) if _stands_alone(talk, i)]
    best = sorted(fitting, key=lambda i: (-_weight(talk, i), i))
    chosen: list[int] = []
    for i in best:
        others = [bisect_right(talk.topics, other) for other in chosen]
        fresh = bisect_right(talk.topics, i) not in others or len(talk.topics) < _MOST_SENTENCES
        if len(chosen) < _MOST_SENTENCES and fresh and not any(_named(talk, i) & _named(talk, other) for other in chosen):
            chosen.append(i)
    return "".join(_spaced(talk.texts[i]) for i in sorted(chosen)).rstrip()


def _spaced(sentence: str) -> str:
    """A sentence with the space after it; full stops whose glyph includes a space need none."""
    return sentence if sentence[-1:] in WIDE else f"{sentence} "


def hashtags(talk: Talk) -> tuple[str, ...]:
    """Up to eight hashtags from the heaviest key phrases, none a part of another."""
    language = language_of(talk.language)
    tags: list[str] = []
    for phrase in talk.phrases:
        tag = _joint(phrase.text).join(capital(word, language) for word in _letters(phrase.text).split())
        known = any(tag.casefold() in other.casefold() or other.casefold() in tag.casefold() for other in tags)
        if (
            language.topic.shortest <= len(tag) <= _LONGEST_HASHTAG
            and not tag[0].isdecimal()
            and not known
            and len(tags) < _MOST_HASHTAGS
        ):
            tags.append(tag)
    return tuple(f"#{tag}" for tag in tags)


def _joint(text: str) -> str:
    """The sign between the words of a hashtag: empty if their capitals, or their syllables, show where words begin."""
    first = bare(text)[:1]
    return "" if first.lower() != first.upper() or is_unspaced(first) or "가" <= first <= "힣" else "_"


def _letters(text: str) -> str:
    """A phrase with only letters and digits in its words."""
    plain = re.sub(r"['’]s\b", "", text)
    return "".join(
        letter if letter.isalnum() or category(letter).startswith("M") else " " if letter in " -–" else "" for letter in plain
    )


def _stands_alone(talk: Talk, sentence: int) -> bool:
    language = language_of(talk.sentences[sentence].language)
    texts = [word.text for word in talk.sentences[sentence].words]
    return (
        _FEWEST_WORDS <= word_count(texts, language) <= _MOST_WORDS
        and not leans(talk.sentences[sentence])
        and ends_thought(talk, sentence)
        and not is_courtesy(talk.texts[sentence], language)
        and not is_about_itself(talk.texts[sentence], language)
        and not any(normalized(text, language) in language.fillers for text in texts)
        and not bare(texts[0])[:1].islower()
    )


def _weight(talk: Talk, sentence: int) -> int:
    """How much of the talk's topic is in a sentence, for its length."""
    named = _phrases(talk, sentence)
    return sum(phrase.weight for phrase in named) * 10 // (10 + len(talk.sentences[sentence].words))


def _named(talk: Talk, sentence: int) -> frozenset[str]:
    """The heaviest key phrases of a sentence."""
    return frozenset(phrase.text for phrase in _phrases(talk, sentence)[:2])


def _phrases(talk: Talk, sentence: int) -> tuple[Phrase, ...]:
    said = talk.sentences[sentence]
    return found((word.text for word in said.words), talk.phrases, language_of(said.language))


def _clock(ms: int) -> str:
    """A time as video platforms read it in a description: "4:05", "1:04:05"."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
