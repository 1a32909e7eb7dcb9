"""A document of a talk about gardens, for tests of edits."""

from functools import cache

from scenes import QUIET, SPEECH, heard, source
from talks import GARDEN, spoken

from video_automation.editing.deciding import decide
from video_automation.plan.document import Document
from video_automation.plan.params import Params
from video_automation.plan.source.transcript import Transcript

WORDS = tuple(word for sentence in spoken(GARDEN).sentences for word in sentence.words)
LENGTH_MS = WORDS[-1].end_ms + 3000
HEARING = heard(SPEECH(WORDS[-1].end_ms), QUIET(3000))


@cache
def garden() -> Document:
    """The document of a talk with clips, as it was first decided."""
    return decide(source(HEARING, name="Garden.mp4"), HEARING, Transcript("en", WORDS), Params()).document
