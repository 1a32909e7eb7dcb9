"""Talks as words. In `GARDEN` a paragraph is a topic and a line a sentence: a long pause is before each, and a short one."""

from collections.abc import Sequence

from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.plan.source.transcript import Sentence, Word

GARDEN = """
Good evening, and thank you for having me.
My name is Ruth, and I have kept a vegetable garden on a roof for eleven years.
Have you ever wondered why tomatoes from a shop taste of nothing?
A tomato for a shop is picked green, because a green tomato is hard enough to travel.
It turns red in a warehouse, with gas, three days before you buy it.
But sugar only comes from the leaves, so a tomato picked green never becomes sweet.
So I started to grow my own, and I made every mistake there is.
Tonight I want to show you how anyone can grow food on a roof.

Let's start with soil, because soil is where most roof gardens fail.
Garden soil from the ground is far too heavy for a roof.
A wet cubic metre of it weighs almost two tonnes, and your roof was built for a tenth of that.
Instead you need light soil: compost, coconut fibre and a third of volcanic gravel.
Volcanic gravel holds water like a sponge, and it never rots.
Every spring I add two centimetres of compost on top, and nothing else.
Do not dig, because digging kills the worms that do the work for you.
The best soil I ever had was made by worms in an old bathtub.
And that bathtub cost me nothing.

Now, water is the second thing, and it is the one that costs you sleep.
A roof is windy, and wind dries leaves faster than the sun does.
In my first summer I watered twice a day, and half of the plants still died.
Then an old farmer told me to look at the roots instead of the leaves.
Roots grow where the water is, so if you water the surface, the roots stay at the surface.
Water deep, twice a week, and the roots go down where it stays cool.
I bury clay pots without a glaze between the plants and fill them on Sundays.
Clay pots sweat, and the roots come and drink from them by themselves.
Since then I use seventy percent less water than my neighbours.
You can buy clay pots like these for four euros each.

What about pests?
Everybody asks me about snails, and nobody believes the answer.
There are no snails on the fifth floor.
There are aphids, though, and aphids come with the ants.
Most people spray soap on aphids, and a week later the aphids are back.
The real problem is the ants, because ants farm aphids like cows.
Stop the ants with a ring of sticky tape around the stem, and ladybirds will eat the rest.
A single ladybird eats fifty aphids a day.
I have not sprayed anything for nine years.
That is not because I am a saint.
It is because spraying kills ladybirds first and aphids last.

Finally, let me talk about money, since people tell me that a garden is a hobby for the rich.
My first roof garden cost four hundred euros, and most of that was wasted on plastic pots.
If I began again, I would spend sixty euros on seeds, tape and clay pots.
Last year the garden gave us a hundred and ninety kilos of vegetables.
At the market that would be about eight hundred euros.
The most expensive thing I grow is patience.
You lose your first harvest, and you learn more from that than from any book.
So start small: one box, one tomato, one summer.
In the end a garden teaches you to look, and looking is free.
Thank you very much.
"""


def words(text: str, *, ms_per_word: int = 400, between_lines_ms: int = 500, between_topics_ms: int = 2500) -> tuple[Word, ...]:
    """The words of a text, spoken evenly."""
    said: list[Word] = []
    at = 1000
    for line in text.strip().splitlines():
        for word in line.split():
            said.append(Word(at, at + ms_per_word - 40, word, 95))
            at += ms_per_word
        at += between_lines_ms if line else between_topics_ms
    return tuple(said)


def sentences(text: str, language: str = "en", **timing: int) -> tuple[Sentence, ...]:
    """The lines of a text as sentences, spoken evenly."""
    lines = [len(line.split()) for line in text.strip().splitlines() if line]
    said = words(text, **timing)
    ends = [sum(lines[: i + 1]) for i in range(len(lines))]
    return tuple(Sentence(said[end - length : end], language) for length, end in zip(lines, ends, strict=True))


def spoken(text: str, language: str = "en", **timing: int) -> Talk:
    """A text as a talk."""
    return talk(sentences(text, language, **timing), language)


def text(said: Sequence[Sentence]) -> str:
    """The text of sentences."""
    return " ".join(word.text for sentence in said for word in sentence.words)
