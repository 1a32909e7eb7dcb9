"""Applies edits to speakers: names one, gives words to one, makes two of them one."""

from dataclasses import replace

from video_automation.editing.edits.cut_edits import words_named
from video_automation.editing.speech.word_turns import with_words_of
from video_automation.plan.document import Document
from video_automation.plan.edits import ChangeSpeaker, wrong
from video_automation.plan.source.speakers import Speaker, unnamed
from video_automation.plan.source.transcript import Transcript


def change_speaker(document: Document, edit: ChangeSpeaker) -> Document:
    """Names a speaker, gives words to one, or makes two of them one. Raises RequestError if there is no such speaker."""
    said = document.transcript
    if said is None or not said.words:
        raise wrong("nothing is said in this recording, or it was not written down.")
    if edit.words_key != document.words_key:
        raise wrong("what is said was written down anew since.")
    said = with_words_of(said, _of_words(said))
    match edit:
        case ChangeSpeaker(speaker=int(speaker), name=str(name), words=None, merge=None):
            return replace(document, transcript=_named(said, speaker, name))
        case ChangeSpeaker(speaker=int(), name=None, words=tuple(), merge=None):
            return replace(document, transcript=_given(document, said, edit))
        case ChangeSpeaker(speaker=None, name=None, words=None, merge=(kept, gone)) if kept != gone:
            for one in (kept, gone):
                _known(said, one)
            speakers = (kept if one == gone else one for one in _of_words(said))
            return replace(document, transcript=with_words_of(said, speakers))
    raise wrong("`speaker` takes `speaker` and `name`, or `words` and `speaker`, or `merge` and two speakers.")


def _named(said: Transcript, speaker: int, name: str) -> Transcript:
    _known(said, speaker)
    new = Speaker(speaker, name) if any(map(_is_seen, name)) else unnamed(speaker)
    return replace(said, speakers=tuple(new if one.id == speaker else one for one in said.speakers))


def _is_seen(letter: str) -> bool:
    return letter.isprintable() and not letter.isspace()


def _given(document: Document, said: Transcript, edit: ChangeSpeaker) -> Transcript:
    """The transcript with some words of another speaker: one there is, or the next one."""
    assert edit.words
    assert edit.speaker
    words_named(document, edit.words)
    speakers = list(_of_words(said))
    if edit.speaker != max(speakers) + 1:
        _known(said, edit.speaker)
    first, last = edit.words
    speakers[first : last + 1] = [edit.speaker] * (last + 1 - first)
    return with_words_of(said, speakers)


def _of_words(said: Transcript) -> tuple[int, ...]:
    """The speaker of each word; of a document of before, in which nobody is told apart, the first one."""
    return tuple(said.speaker_at(word.start_ms) or 1 for word in said.words)


def _known(said: Transcript, speaker: int) -> None:
    if speaker not in [one.id for one in said.speakers]:
        raise wrong(f"there is no speaker {speaker}.")
