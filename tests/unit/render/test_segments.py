"""A segment's id changes with everything that decides its bytes, and with nothing else."""

from dataclasses import replace
from fractions import Fraction

from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Mixed, Picture, Sound, SoundTrack, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.encoders import CHOSEN, ENCODERS, Encoder
from video_automation.render.encode.segments import Segment, segment_from_json, segment_json, segments

PICTURE = Picture(0, "h264", 320, 180, Fraction(1), 0, Fraction(30), 3000, variable=False, interlaced=False, transfer="sdr")
SOURCE = Source("a", "talk.mp4", "matroska,webm", 100_000, PICTURE, Sound((SoundTrack(1, "aac", 48_000, 2),), (Mixed(1),)))


def plan(*spans: tuple[int, int], name: str = "video.mp4", gain_db: float | None = 3.0, source: Source = SOURCE) -> EditPlan:
    timeline = Timeline("a", Fraction(30), tuple(FrameSpan(*span) for span in spans))
    params = Params()
    return EditPlan(source, (Rendition(name, timeline, 320, 180, gain_db, -2.0, params.encode),), params)


def segments_of(made: EditPlan) -> tuple[Segment, ...]:
    return segments(made, made.renditions[0])


def ids(made: EditPlan, kind: str) -> list[str]:
    return [segment.id for segment in segments_of(made) if segment.kind == kind]


def test_equal_plans_give_equal_ids_and_no_id_comes_twice() -> None:
    first, second = segments_of(plan((0, 1000), (1100, 2900))), segments_of(plan((0, 1000), (1100, 2900)))
    assert first == second
    assert len({segment.id for segment in first}) == len(first)


def test_names_of_files_decide_nothing() -> None:
    renamed = replace(SOURCE, name="other.mp4")
    assert ids(plan((0, 900)), "picture") == ids(plan((0, 900), name="b.mp4", source=renamed), "picture")


def test_another_loudness_leaves_the_picture_as_it_is() -> None:
    quiet, loud = plan((0, 900)), plan((0, 900), gain_db=9.0)
    assert ids(quiet, "picture") == ids(loud, "picture")
    assert ids(quiet, "sound") != ids(loud, "sound")


def test_sound_that_is_cleaned_is_another_and_the_picture_is_not() -> None:
    original = plan((0, 900))
    clean, less = (replace(original, cleaned=(FrameSpan(0, end),)) for end in (900, 600))
    assert len({*ids(original, "sound"), *ids(clean, "sound"), *ids(less, "sound")}) == 3
    assert ids(original, "picture") == ids(clean, "picture")


def test_another_cut_changes_the_sound_and_only_the_chunks_it_touches() -> None:
    before, after = plan((0, 1000), (1400, 2900)), plan((0, 1000), (1410, 2900))
    assert ids(before, "sound") != ids(after, "sound")
    assert ids(before, "picture")[0] == ids(after, "picture")[0]
    assert ids(before, "picture")[-1] == ids(after, "picture")[-1]
    assert len(set(ids(before, "picture")) - set(ids(after, "picture"))) == 1


def test_a_segment_survives_as_json() -> None:
    for segment in segments_of(plan((0, 1000), (1400, 2900))):
        assert segment_from_json(segment_json(segment)) == segment


def test_a_video_without_sound_has_no_sound_segment() -> None:
    assert ids(plan((0, 900), gain_db=None, source=replace(SOURCE, sound=None)), "sound") == []


def test_segments_follow_the_timeline() -> None:
    sound, *picture = segments_of(plan((0, 1000), (1100, 2900)))
    assert (sound.kind, sound.timeline.frames) == ("sound", 2800)
    assert [segment.span.start for segment in picture] == sorted(segment.span.start for segment in picture)
    assert sum(segment.span.length for segment in picture) == 2800


def captioned(*texts: str, burn_in: bool = True) -> EditPlan:
    """A video with a caption every two seconds."""
    made = plan((0, 3000))
    cues = tuple(Cue(FrameSpan(60 * i + 5, 60 * i + 65), (text,)) for i, text in enumerate(texts))
    return replace(made, renditions=(replace(made.renditions[0], cues=cues, burn_in=burn_in),))


def test_a_corrected_caption_changes_the_chunks_it_is_drawn_into_and_no_other() -> None:
    texts = [f"caption {i}" for i in range(49)]
    before = ids(captioned(*texts), "picture")
    changed = []
    for i in range(len(texts)):
        after = ids(captioned(*texts[:i], "corrected", *texts[i + 1 :]), "picture")
        changed.append(sum(a != b for a, b in zip(before, after, strict=True)))
    assert len(before) > 5
    assert set(changed) == {1, 2}
    assert changed.count(2) == len(before) - 1  # the captions across a border


def test_captions_decide_nothing_about_the_sound_and_nothing_at_all_where_they_are_not_drawn() -> None:
    assert ids(captioned("a", "b"), "sound") == ids(captioned("a", "c"), "sound")
    bare = ids(plan((0, 3000)), "picture")
    assert ids(captioned("a", "b", burn_in=False), "picture") == bare
    assert ids(captioned("a", "b"), "picture")[1:] == bare[1:]


def test_when_a_word_of_a_caption_is_spoken_decides_nothing() -> None:
    made = captioned("a")
    cue = made.renditions[0].cues[0]
    spoken = replace(cue, words=(CueWord(cue.span, "a"),))
    again = replace(made, renditions=(replace(made.renditions[0], cues=(spoken,)),))
    assert segments_of(made)[1].id == segments_of(again)[1].id


def test_another_layout_changes_the_chunks_it_is_in_and_no_other() -> None:
    made = plan((0, 3000))
    fit, crop = FramedSpan("fit"), FramedSpan("crop", (CropPath(100, 100, (CropKey(720, 0, 0),)),), 720)
    alone, turned = (
        replace(made, renditions=(replace(made.renditions[0], framing=Framing(spans)),))
        for spans in ((fit,), (fit, crop, FramedSpan("fit", start=1440)))
    )
    before, after = ids(alone, "picture"), ids(turned, "picture")
    assert before[:2] == after[:2]
    assert before[4:] == after[4:]
    assert not set(before[2:4]) & set(after)
    assert ids(alone, "sound") == ids(turned, "sound")


def test_another_encoder_or_other_arguments_of_it_change_the_picture_and_leave_the_sound() -> None:
    made, other = plan((0, 900)), replace(CHOSEN, name="other")
    slower = Encoder(CHOSEN.name, lambda encode: (*CHOSEN.arguments(encode), "-tune", "film"))
    usual = segments_of(made)
    for encoder in (other, slower):
        sound, *picture = segments(made, made.renditions[0], encoder)
        assert sound == usual[0]
        assert not {segment.id for segment in picture} & {segment.id for segment in usual}


def test_other_settings_of_the_encoder_change_the_picture() -> None:
    made = plan((0, 900))
    finer = replace(made, renditions=(replace(made.renditions[0], encode=replace(made.params.encode, crf=18)),))
    assert not set(ids(made, "picture")) & set(ids(finer, "picture"))


def test_no_more_encoders_run_at_a_time_than_they_allow() -> None:
    assert ENCODERS["libx264"].at_once(16) == 16
    assert [replace(CHOSEN, sessions=3).at_once(cores) for cores in (1, 3, 16)] == [1, 3, 3]
