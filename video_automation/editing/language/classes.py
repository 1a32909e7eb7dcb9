"""Builds the record of a language from its word classes, so that each word is listed once for most purposes."""

from dataclasses import dataclass, fields, replace

from video_automation.editing.language.tables import Breaks, Hooks, Language, Titles, Topic, word_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Words of a language by their role in a sentence; some may be in several classes."""

    conjunctions: str
    """And, or, but, so."""
    because: str
    """Because, and other beginnings of a sentence that only explains the one before it."""
    subordinates: str
    """If, when, while, although: beginnings of a clause that needs another one."""
    relatives: str
    """Who, which, that."""
    prepositions: str
    articles: str
    """A, the, my, every: words followed by a noun."""
    auxiliaries: str
    """Is, has, will, can, in all their forms."""
    pronouns: str
    """I, you, we, me, us, somebody: those that do not refer to anything said before."""
    pointing: str
    """He, she, it, them, this, that, such, there."""
    speaker: str
    """I, my, we."""
    connectors: str
    """Therefore, then, also, still, instead: words that join a sentence to the one before it."""
    openers: str = ""
    """Well, now, yes, finally: a sentence means the same without them."""
    skipped: str = ""
    """Those connectors that can be left out without changing the word order; empty for all of them."""
    degrees: str = ""
    """Not, very, more, only."""
    asks: str = ""
    """Why, how, what."""
    promises: str = ""
    """Those question words that only ask, and begin a clause."""
    common: str = ""
    """Other words that are common in any talk, whatever its topic."""
    hanging: str = ""
    """Words that may not end a title, beyond the usual classes."""
    objects: str = ""
    """Me, him, them: words that belong to the one before."""


def of_classes(code: str, classes: Classes, hooks: Hooks, topic: Topic) -> Language:
    """A language with these words; fields without a class stay as in an unknown language."""
    joining = word_list(classes.conjunctions, classes.because, classes.relatives)
    return Language(
        iso=code,
        topic=replace(
            topic, stop_words=word_list(*(getattr(classes, field.name) for field in fields(classes) if field.name != "hanging"))
        ),
        titles=_titles(classes),
        hooks=hooks,
        breaks=_breaks(classes),
        leaning=joining | word_list(classes.pointing, classes.connectors),
        going_on=joining,
    )


def _titles(classes: Classes) -> Titles:
    joining = word_list(classes.conjunctions, classes.because, classes.relatives, classes.subordinates)
    leaning = word_list(
        classes.articles, classes.auxiliaries, classes.pronouns, classes.pointing, classes.degrees, classes.asks
    )
    return Titles(
        joins=word_list(classes.because, classes.subordinates),
        tails=joining | word_list(classes.prepositions),
        asks=word_list(classes.asks),
        promises=word_list(classes.promises),
        skipped=word_list(classes.conjunctions, classes.because, classes.skipped or classes.connectors, classes.openers),
        hanging=joining | leaning | word_list(classes.prepositions, classes.hanging),
        hanging_last=word_list(classes.articles, classes.pointing, classes.conjunctions),
        unclear=word_list(classes.pointing, classes.relatives),
        pointing=word_list(classes.pointing),
        speaker=word_list(classes.speaker),
        adding=word_list(classes.prepositions, classes.relatives),
        waiting=word_list(classes.subordinates),
        verbs=word_list(classes.auxiliaries),
    )


def _breaks(classes: Classes) -> Breaks:
    conjunctions = word_list(classes.conjunctions, classes.because, classes.relatives, classes.subordinates)
    return Breaks(
        conjunctions=conjunctions,
        prepositions=word_list(classes.prepositions),
        verbs=word_list(classes.auxiliaries),
        clinging=word_list(classes.articles, classes.prepositions),
        leaning=conjunctions | word_list(classes.pronouns, classes.degrees, classes.auxiliaries),
        objects=word_list(classes.objects),
    )
