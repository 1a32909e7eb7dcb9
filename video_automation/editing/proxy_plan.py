"""The plan of a proxy: the whole recording, small and easy to jump about in, to be played while it is edited."""

from fractions import Fraction

from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Picture
from video_automation.plan.time import FrameSpan, rounded
from video_automation.plan.timeline import Timeline

LONGER_SIDE_PX = 640
_ENCODE = EncodeParams(preset="superfast", crf=30, audio_kbps=96)


def proxy_plan(document: Document) -> EditPlan:
    """The plan of the proxy of a document's recording: frame n of the proxy is frame n of the recording.

    Its sound has the mix and the loudness of the result's. The gain is found while it is made: how loud the recording is may be
    forgotten by then.
    """
    source, level = document.source, document.params.level
    picture = source.picture
    width, height = _size(picture)
    whole = Timeline(source.id, picture.rate, (FrameSpan(0, picture.frames),))
    gain_db = 0.0 if source.sound else None
    video = Rendition("proxy.mp4", whole, width, height, gain_db, level.ceiling_dbtp, _ENCODE)
    return EditPlan(source, (video,), document.params)


def _size(picture: Picture) -> tuple[int, int]:
    """Pixels across and down, both even: as the recording is shown, its longer side `LONGER_SIDE_PX` at most."""
    wide, high = picture.display_width, picture.display_height
    share = min(Fraction(1), Fraction(LONGER_SIDE_PX, max(wide, high)))
    return max(2, 2 * rounded(wide * share / 2)), max(2, 2 * rounded(high * share / 2))
