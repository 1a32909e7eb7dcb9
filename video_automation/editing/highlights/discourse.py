"""A talk as a whole: its sentences, its key phrases, and where its topic changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from video_automation.editing.highlights.topics import topics
from video_automation.editing.publishing.keyphrases import Phrase, phrases
from video_automation.plan.source.transcript import Sentence
from video_automation.plan.text.script import joined


@dataclass(frozen=True, slots=True)
class Talk:
    """The speech of a video, from its first word to its last."""

    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    """The sentences as they are written."""
    language: str
    """The language of most of it; each sentence has its own."""
    phrases: tuple[Phrase, ...]
    """Heaviest first."""
    topics: tuple[int, ...]
    """The sentences at which a topic begins; always includes the first one."""

    def pause_before_ms(self, sentence: int) -> int:
        """The pause before a sentence; practically endless before the first and after the last one."""
        if not 0 < sentence < len(self.sentences):
            return 60_000
        return max(0, self.sentences[sentence].start_ms - self.sentences[sentence - 1].end_ms)


def talk(sentences: Sequence[Sentence], language: str) -> Talk:
    """The talk of these sentences."""
    texts = tuple(joined(word.text for word in sentence.words) for sentence in sentences)
    return Talk(tuple(sentences), texts, language, phrases(sentences), topics(sentences))
