"""The edit plan of a film: what was observed and asked for, decided."""

from dataclasses import replace

from video_automation.editing.captioning import cues
from video_automation.editing.correction import corrected_cues
from video_automation.editing.fillers import fillers, removals
from video_automation.editing.levelling import gain_db
from video_automation.editing.linebreaks import line_length
from video_automation.editing.naming import safe_stem
from video_automation.editing.settling import settled
from video_automation.editing.trim import kept_spans
from video_automation.editing.utterances import utterances
from video_automation.plan.edit import EditPlan
from video_automation.plan.observed import Hearing
from video_automation.plan.params import Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source import Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.plan.transcript import Transcript

_NO_SOUND = "The film has no sound, so it was left whole."
_NO_SPEECH = "No speech was found, so the film was left whole."


def plan(
    source: Source, hearing: Hearing, transcript: Transcript | None, params: Params, *, corrections: str | None = None
) -> EditPlan:
    """What will be made of a source: one film, `processed_<name>.mp4`, without its long pauses, captioned, as is asked for.

    `corrections` are captions a person has put in place of ours, as SRT or WebVTT on the clock of the finished film.

    Raises:
        RequestError: the corrections cannot be read.
    """
    picture, heard = source.picture, utterances(hearing)
    said = transcript and replace(transcript, words=settled(transcript.words, heard))
    unwanted = fillers(said.words, params.speech) if said else ()
    wanted = tuple(word for word in said.words if word not in unwanted) if said else ()
    pauses = (
        params.trim if params.trim_silence else replace(params.trim, longest_pause_ms=source.duration_ms)
    )  # none is too long
    spans = kept_spans(heard, picture, pauses, words=wanted, fillers=unwanted) if params.trim_silence or unwanted else ()
    timeline = Timeline(source.id, picture.rate, spans or (FrameSpan(0, picture.frames),))
    film = Rendition(
        name=f"processed_{safe_stem(source.name)}.mp4",
        timeline=timeline,
        width=picture.display_width,
        height=picture.display_height,
        gain_db=gain_db(hearing, timeline, params.level.target_lufs),
        ceiling_dbtp=params.level.ceiling_dbtp,
        encode=params.encode,
    )
    remarks = (_whole_because(hearing),) if params.trim_silence and not spans else ()
    return EditPlan(
        source=source,
        renditions=(captioned(film, said, params, corrections),),
        params=params,
        remarks=remarks,
        removals=removals(unwanted, timeline),
        transcript=said,
    )


def captioned(film: Rendition, said: Transcript | None, params: Params, corrections: str | None) -> Rendition:
    """The film with its captions: a person's own, or else those its words make."""
    length = line_length(film.width, film.height, params.captions.longest_line)
    if not params.add_subtitles or not said:
        return film
    if corrections is None:
        shown = cues(said.words, film.timeline, longest_line=length, language=said.language)
    else:
        shown = corrected_cues(corrections, rate=film.timeline.rate, frames=film.timeline.frames, line_length=length)
    return replace(film, cues=shown, burn_in=bool(shown) and params.captions.burn_captions)


def _whole_because(hearing: Hearing) -> str:
    return _NO_SPEECH if hearing.levels_db else _NO_SOUND
