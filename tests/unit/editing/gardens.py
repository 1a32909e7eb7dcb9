"""A document of a talk about gardens, for tests of edits."""

from functools import cache

import pytest
from scenes import QUIET, SPEECH, heard, source
from sights import face, sight
from talks import GARDEN, spoken

from video_automation.editing.deciding import decide
from video_automation.editing.edits.applying import all_applied
from video_automation.editing.flattening import flatten, looks
from video_automation.errors import RequestError
from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan
from video_automation.plan.edits import edits_from
from video_automation.plan.params import Params
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.transcript import Transcript

WORDS = tuple(word for sentence in spoken(GARDEN).sentences for word in sentence.words)
LENGTH_MS = WORDS[-1].end_ms + 3000
HEARING = heard(SPEECH(WORDS[-1].end_ms), QUIET(3000))


@cache
def garden() -> Document:
    """The document of a talk with clips, as it was first decided."""
    return decide(source(HEARING, name="Garden.mp4"), Observations((HEARING, Transcript("en", WORDS))), Params()).document


def after(*edits: dict[str, object], document: Document | None = None) -> Document:
    """The document after these edits."""
    made, _ = all_applied(document or garden(), edits_from(list(edits)))
    return made


@cache
def made_of(document: Document) -> EditPlan:
    """What is rendered of it, where a face is seen everywhere."""
    seen = {
        span: sight(lambda _: face(300, confidence=90), frames=span.length, start=span.start, step=20)
        for span in looks(document)
    }
    return flatten(document, HEARING, seen)


def refused(*edits: dict[str, object], document: Document | None = None) -> str:
    """Why these edits are refused."""
    with pytest.raises(RequestError) as error:
        after(*edits, document=document)
    assert error.value.code == "wrong_edit"
    return error.value.sentence
