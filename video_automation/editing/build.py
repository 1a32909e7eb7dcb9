"""The edit plan of a film: what was observed and asked for, decided."""

from video_automation.editing.levelling import gain_db
from video_automation.editing.naming import safe_stem
from video_automation.editing.trim import kept_spans
from video_automation.plan.edit import EditPlan
from video_automation.plan.observed import Hearing
from video_automation.plan.params import Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source import Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

_NO_SOUND = "The film has no sound, so it was left whole."
_NO_SPEECH = "No speech was found, so the film was left whole."


def plan(source: Source, hearing: Hearing, params: Params) -> EditPlan:
    """What will be made of a source: one film, `processed_<name>.mp4`, without its long pauses where that is asked for."""
    picture = source.picture
    spans = kept_spans(hearing, picture, params.trim) if params.trim_silence else ()
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
    return EditPlan(source=source, renditions=(film,), params=params, remarks=remarks)


def _whole_because(hearing: Hearing) -> str:
    return _NO_SPEECH if hearing.levels_db else _NO_SOUND
