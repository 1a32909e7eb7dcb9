"""How much there is to do of a job: by what is usual, until it is planned; then by its document."""

from video_automation.editing.flattening import looks
from video_automation.editing.highlights.choice import clips_by_length
from video_automation.editing.highlights.shorts import clip_frames, clip_size, kept_within
from video_automation.jobs.run.steps import Extent
from video_automation.plan.choices import ASPECT_RATIOS
from video_automation.plan.document import Document
from video_automation.plan.params import ClipParams, Params
from video_automation.plan.source.recording import Picture, Source

_PICTURES_A_SECOND = 30 * 1280 * 720
"""The pixels in a second of such a video as `Extent` counts by."""


def expected_extent(source: Source, params: Params) -> Extent:
    """How much there usually is to do of a recording."""
    picture, seconds = source.picture, source.duration_ms / 1000
    clips_s = min(seconds, _clips_s(params.clips, source.duration_ms)) if params.create_shorts and source.sound else 0.0
    clips = round(clips_s * picture.rate)
    return Extent(
        recording_s=seconds,
        speech_s=seconds if params.needs_words and source.sound else 0.0,
        passages_s=0.0 if picture.drawn else _weighed(clips, picture.display_width, picture.display_height),
        videos_s=_weighed(picture.frames, picture.display_width, picture.display_height)
        + _weighed(clips, *_clip_size(picture, params.clips)),
        cleaned_s=seconds if params.level.sound == "clean" and source.sound else 0.0,
    )


def planned_extent(document: Document) -> Extent:
    """How much there is to do of a document."""
    picture, params, video = document.source.picture, document.params, document.timeline
    size = picture.display_width, picture.display_height
    clips = sum(kept_within(video, clip_frames(clip, picture.rate, picture.frames)).frames for clip in document.clips)
    expected = expected_extent(document.source, params)
    return Extent(
        recording_s=expected.recording_s,
        speech_s=expected.speech_s,
        passages_s=_weighed(sum(span.length for span in looks(document)), *size),
        videos_s=_weighed(video.frames, *size) + _weighed(clips, *_clip_size(picture, params.clips)),
        cleaned_s=expected.cleaned_s,
    )


def _clips_s(params: ClipParams, source_ms: int) -> float:
    """How long the clips of a talk usually are together, in seconds."""
    if params.clips:
        return sum(end - start for start, end in params.clips)
    return (params.max_clips or clips_by_length(source_ms)) * (params.target_from_s + params.target_to_s) / 2


def _clip_size(picture: Picture, params: ClipParams) -> tuple[int, int]:
    """The size of most clips: an upright part of the picture, enlarged as much as may be."""
    aspect = ASPECT_RATIOS[params.aspect]
    shown = min(picture.display_width, picture.display_height * aspect.width // aspect.height)
    return clip_size(aspect, shown)


def _weighed(frames: int, width: int, height: int) -> float:
    return frames * width * height / _PICTURES_A_SECOND
