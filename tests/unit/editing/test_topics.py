"""Where the topic of a talk changes."""

from talks import GARDEN, spoken


def openings(**timing: int) -> list[str]:
    talk = spoken(GARDEN, **timing)
    return [talk.texts[i] for i in talk.topics]


def test_topics_begin_where_the_speaker_turns_to_something_else() -> None:
    assert openings() == [
        "Good evening, and thank you for having me.",
        "Let's start with soil, because soil is where most roof gardens fail.",
        "Now, water is the second thing, and it is the one that costs you sleep.",
        "What about pests?",
        "Finally, let me talk about money, since people tell me that a garden is a hobby for the rich.",
    ]


def test_words_alone_tell_most_topics_where_nobody_pauses() -> None:
    assert len(set(openings(between_topics_ms=0)) & set(openings())) >= 4


def test_a_talk_about_one_thing_has_one_topic() -> None:
    line = "The clay pots hold water for the tomato roots.\n"
    assert spoken(line * 40).topics == (0,)


def test_a_short_talk_has_one_topic_and_silence_none() -> None:
    assert spoken("Let's start with soil.\nFinally, money.").topics == (0,)
    assert spoken("").topics == ()
