"""A talk as a whole: its sentences, what they are about, where the topic changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from video_automation.editing.highlights.topics import topics
from video_automation.editing.publishing.keyphrases import Phrase, phrases
from video_automation.plan.source.transcript import Sentence
from video_automation.plan.text.script import joined


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said in a video, from its first word to its last."""

    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    """The sentences as they are written."""
    language: str
    """What most of it is spoken in; each sentence knows its own."""
    phrases: tuple[Phrase, ...]
    """Heaviest first."""
    topics: tuple[int, ...]
    """The sentences at which a topic begins; the first one always."""

    def pause_before_ms(self, sentence: int) -> int:
        """How long nobody speaks before a sentence; before the first and after the last, as if for ever."""
        if not 0 < sentence < len(self.sentences):
            return 60_000
        return max(0, self.sentences[sentence].start_ms - self.sentences[sentence - 1].end_ms)


def talk(sentences: Sequence[Sentence], language: str) -> Talk:
    """These sentences, with what is found out about them."""
    texts = tuple(joined(word.text for word in sentence.words) for sentence in sentences)
    return Talk(tuple(sentences), texts, language, phrases(sentences), topics(sentences))
