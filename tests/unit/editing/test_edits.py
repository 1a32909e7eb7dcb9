"""Edits on a document: what each changes, what it does not change, and that it can be undone."""

import json
from dataclasses import replace

import pytest
from gardens import LENGTH_MS, WORDS, after, garden, made_of, refused

from video_automation.editing.edits.applying import all_applied, replayed
from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan
from video_automation.plan.edits import edit_values, edits_from
from video_automation.plan.params import LookParams
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.time import FrameSpan


def without_clips(document: Document) -> EditPlan:
    return made_of(replace(document, clips=(), decided=(), looked_at=()))


def said(document: Document) -> str:
    return " ".join(cue.text for cue in without_clips(document).main.cues)


def test_a_stretch_is_cut_and_taken_back() -> None:
    cut = after({"op": "cut", "start_ms": 10_000, "end_ms": 12_000})
    (own,) = [one for one in cut.cuts if one.reason == "asked"]
    assert own.span == FrameSpan(1000, 1200)
    assert cut.timeline.frames == garden().timeline.frames - 200
    assert after({"op": "keep", "start_ms": 10_000, "end_ms": 12_000}, document=cut) == garden()


def test_words_are_cut_out_of_video_and_captions() -> None:
    first, last = 4, 6
    cut = after({"op": "cut", "words": [first, last]})
    assert cut.timeline.timeline_frame(WORDS[5].start_ms // 10 + 1) is None
    texts = [cue.text for cue in without_clips(cut).main.cues]
    assert " ".join(texts).split()[:5] == [word.text for word in (*WORDS[:4], *WORDS[7:8])]


def test_words_that_are_taken_back_in_bring_what_is_around_them() -> None:
    cut = after({"op": "cut", "words": [4, 6]})
    assert said(after({"op": "keep", "words": [4, 6]}, document=cut)) == said(garden())


def test_what_would_flash_by_between_two_cuts_goes_with_them() -> None:
    cut = after({"op": "cut", "start_ms": 10_000, "end_ms": 12_000}, {"op": "cut", "start_ms": 12_050, "end_ms": 13_000})
    assert cut.timeline.frames == garden().timeline.frames - 300


def test_a_word_is_corrected_in_the_captions_of_video_and_clips_and_nowhere_else() -> None:
    clip = garden().clips[0]
    i = next(i for i, word in enumerate(WORDS) if clip.start_ms <= word.start_ms)
    corrected = after({"op": "correct", "words": [i, i], "text": "Zanzibar"})
    before, now = made_of(garden()), made_of(corrected)
    assert "Zanzibar" in now.main.cues[0].text or any("Zanzibar" in cue.text for cue in now.main.cues)
    assert any("Zanzibar" in cue.text for cue in now.short(clip).cues)
    assert (now.main.timeline, now.stills, now.packaging) == (before.main.timeline, before.stills, before.packaging)
    assert now.renditions[2:] == before.renditions[2:]
    assert corrected.transcript == garden().transcript, "what was heard stays what was heard"


def test_several_words_become_others_in_the_time_they_had() -> None:
    corrected = after({"op": "correct", "words": [2, 4], "text": "one two three four five"})
    spoken_now = without_clips(corrected).transcript
    assert spoken_now
    five = spoken_now.words[2:7]
    assert [word.text for word in five] == ["one", "two", "three", "four", "five"]
    assert (five[0].start_ms, five[-1].end_ms) == (WORDS[2].start_ms, WORDS[4].end_ms)


def test_a_part_of_what_was_corrected_together_is_not_corrected_alone() -> None:
    corrected = after({"op": "correct", "words": [2, 4], "text": "all of it"})
    assert "2 to 4 were corrected together" in refused({"op": "correct", "words": [3, 3], "text": "x"}, document=corrected)
    assert [one.text for one in after({"op": "correct", "words": [1, 5], "text": "y"}, document=corrected).corrections] == ["y"]


def test_a_text_is_replaced_in_captions_titles_description_chapters_and_clips() -> None:
    word = garden().packaging.titles[0].text.split()[-1].strip("?.")
    changed = after({"op": "replace", "find": word, "with": "Zanzibar"})
    plan = made_of(changed)
    everything = json.dumps(
        [said(changed), [title.text for title in plan.packaging.titles], plan.packaging.description]
        + [chapter.title for chapter in plan.packaging.chapters]
        + [clip.title for clip in plan.clips]
    )
    assert word not in everything.split('"')
    assert "Zanzibar" in plan.packaging.titles[0].text
    assert "nowhere" in refused({"op": "replace", "find": word, "with": "x"}, document=changed)


def test_only_whole_words_are_replaced() -> None:
    texts = {word.text for word in WORDS}
    part = next(word[:-1] for word in texts if word.isalpha() and len(word) > 6 and word[:-1] not in texts)
    assert "nowhere" in refused({"op": "replace", "find": part, "with": "x"})


def test_captions_of_a_file_stay_where_they_belong_when_the_video_is_cut() -> None:
    vtt = "WEBVTT\n\n00:02.000 --> 00:04.000\nFirst.\n\n00:30.000 --> 00:33.000\nSecond.\n"
    own = after({"op": "captions", "vtt": vtt})
    before = without_clips(own).main.cues
    assert [cue.text for cue in before] == ["First.", "Second."]
    assert [cue.span for cue in before] == [FrameSpan(200, 400), FrameSpan(3000, 3300)]
    cut = after({"op": "cut", "start_ms": 10_000, "end_ms": 12_000}, document=own)
    assert without_clips(cut).main.cues[1].span == FrameSpan(2800, 3100)
    gone = after({"op": "cut", "start_ms": 1_900, "end_ms": 4_100}, document=own)
    assert [cue.text for cue in without_clips(gone).main.cues] == ["Second."]
    assert without_clips(after({"op": "captions"}, document=own)).main == without_clips(garden()).main


def test_a_correction_reaches_captions_of_a_file_too() -> None:
    text = " ".join(word.text for word in WORDS[:4])
    end = WORDS[3].end_ms / 1000
    own = after({"op": "captions", "vtt": f"WEBVTT\n\n00:00.000 --> 00:0{end:.3f}\n{text}\n"})
    corrected = after({"op": "correct", "words": [1, 1], "text": "Zanzibar"}, document=own)
    assert without_clips(corrected).main.cues[0].text.split()[1] == "Zanzibar"


def test_a_clip_keeps_its_id_whatever_becomes_of_it() -> None:
    clip = garden().clips[1]
    changed = after({"op": "clip_set", "clip": clip.id, "start_ms": clip.start_ms + 2000, "title": "Mine", "style": "box"})
    (now,) = [one for one in changed.clips if one.id == clip.id]
    assert (now.title, now.style, now.start_ms, now.name) == ("Mine", "box", clip.start_ms + 2000, clip.name)
    assert after({"op": "clip_reset", "clip": clip.id}, document=changed) == garden()


def test_a_clip_of_another_stretch_is_scored_by_that_stretch() -> None:
    clip = garden().clips[1]
    assert clip.signals
    titled = after({"op": "clip_set", "clip": clip.id, "title": "Mine", "start_ms": clip.start_ms}).clip(clip.id)
    assert titled is not None
    assert (titled.score, titled.signals) == (clip.score, clip.signals)
    moved = after({"op": "clip_set", "clip": clip.id, "start_ms": clip.start_ms + 2000})
    now = moved.clip(clip.id)
    assert now is not None
    assert (now.score, now.signals) != (clip.score, clip.signals)
    assert now.signals
    back = after({"op": "clip_set", "clip": clip.id, "start_ms": clip.start_ms}, document=moved)
    assert back == garden()


def test_a_clip_is_dropped_and_comes_back_in_its_place() -> None:
    ids = [clip.id for clip in garden().clips]
    dropped = after({"op": "clip_drop", "clip": ids[1]})
    assert [clip.id for clip in dropped.clips] == [ids[0], *ids[2:]]
    assert after({"op": "clip_reset", "clip": ids[1]}, document=dropped) == garden()
    assert "no clip" in refused({"op": "clip_set", "clip": ids[1], "title": "x"}, document=dropped)


def test_a_clip_is_added_under_a_name_of_its_own() -> None:
    added = after({"op": "clip_add", "start_ms": 5_000, "end_ms": 25_000})
    new = added.clips[-1]
    assert new.name == f"short_{len(garden().clips) + 1:02}"
    assert (new.start_ms, new.end_ms) == (5_000, 25_000)
    assert new.title
    assert made_of(added).short(new).name == f"Garden_{new.name}.mp4"
    twice = after({"op": "clip_add", "start_ms": 5_000, "end_ms": 25_000, "title": "Again"}, document=added)
    assert len({clip.id for clip in twice.clips}) == len(twice.clips)


def test_a_candidate_becomes_a_clip_with_its_title_and_its_reasons() -> None:
    if not garden().candidates:
        pytest.skip("this talk has no other passages")
    one = garden().candidates[0]
    added = after({"op": "clip_add", "start_ms": one.start_ms, "end_ms": one.end_ms})
    assert (added.clips[-1].title, added.clips[-1].signals) == (one.title, one.signals)
    assert one not in added.candidates


def test_texts_are_a_persons_own() -> None:
    chapters = [{"start_ms": 0, "title": "Start"}, {"start_ms": 20_000, "title": "Then"}]
    own = after({"op": "text", "titles": ["Mine", "Mine", ""], "description": "Mine too.", "chapters": chapters})
    packed = without_clips(own).packaging
    assert [title.text for title in packed.titles] == ["Mine"]
    assert packed.description == "Mine too."
    assert [chapter.title for chapter in packed.chapters] == ["Start", "Then"]
    only_chapters = without_clips(after({"op": "text", "chapters": chapters})).packaging
    assert only_chapters.description.splitlines()[-1].endswith("Then")


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ({"op": "cut", "start_ms": 5, "end_ms": 5}, "must end after its start"),
        ({"op": "cut", "start_ms": 0, "end_ms": 100_000_000}, "within the recording"),
        ({"op": "cut", "start_ms": 0, "end_ms": LENGTH_MS}, "nothing would be left"),
        ({"op": "cut", "words": [5, 4]}, "no words 5 to 4"),
        ({"op": "cut", "words": [0, 100_000]}, "no words"),
        ({"op": "cut"}, "give `start_ms` and `end_ms`, or `words`"),
        ({"op": "cut", "words": [0, 1], "start_ms": 3}, "not both"),
        ({"op": "keep", "start_ms": 0, "end_ms": 3}, "shorter than a picture"),
        ({"op": "correct", "words": [100_000, 100_000], "text": "x"}, "no words"),
        ({"op": "clip_set", "clip": "nope"}, "no clip 'nope'"),
        ({"op": "clip_drop", "clip": "nope"}, "no clip 'nope'"),
        ({"op": "clip_reset", "clip": "nope"}, "was decided"),
        ({"op": "clip_add", "start_ms": 9, "end_ms": 9}, "starts before it ends"),
        ({"op": "clip_add", "start_ms": 9, "end_ms": 1008}, "lasts at least one second"),
        ({"op": "text", "chapters": [{"start_ms": 9, "title": "a"}, {"start_ms": 9, "title": "b"}]}, "one after the other"),
        ({"op": "captions", "vtt": "nothing"}, "caption"),
        ({"op": "cut", "from": 3}, "Unexpected"),
        ({"op": "captions", "cues": []}, "has no 'cues'"),
        ({"op": "nope"}, "nope"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(edit: dict[str, object], why: str) -> None:
    assert why in refused(edit)


def test_of_a_list_the_edit_that_is_wrong_is_named() -> None:
    assert refused({"op": "cut", "start_ms": 0, "end_ms": 500}, {"op": "clip_drop", "clip": "x"}).startswith("Edit 2: ")


def test_what_was_said_otherwise_leaves_corrections_out_and_says_so() -> None:
    _, kept = all_applied(
        garden(), edits_from([{"op": "correct", "words": [0, 0], "text": "x"}, {"op": "cut", "words": [4, 6]}])
    )
    said_anew = replace(garden(), transcript=Transcript("en", WORDS[1:]), words_key="other")
    other = replayed(said_anew, kept)
    assert other.corrections == ()
    assert other.timeline == after({"op": "cut", "words": [4, 6]}).timeline
    assert other.remarks[-1].startswith("One of your changes does not fit")


def test_a_clip_has_a_look_of_its_own_over_that_of_all_clips() -> None:
    document = garden()
    all_green = replace(document.params, look=LookParams(letter_colour="#00FF00", words_per_line=2))
    document, clip = replace(document, params=all_green), document.clips[0].id
    own = after({"op": "clip_set", "clip": clip, "look": {"words_per_line": 1, "box": "line"}}, document=document)
    assert own.clip(clip).look == LookParams(words_per_line=1, box="line")  # type: ignore[union-attr]
    first, second = made_of(own).renditions[1:3]
    assert first.look == LookParams(letter_colour="#00FF00", words_per_line=1, box="line")
    assert second.look == all_green.look
    other = after({"op": "clip_set", "clip": clip, "look": {"box": "none"}}, document=own)
    assert other.clip(clip).look == LookParams(box="none"), "it replaces the one before"  # type: ignore[union-attr]
    assert after({"op": "clip_set", "clip": clip, "title": "x"}, document=own).clip(clip).look, "it stays"  # type: ignore[union-attr]
    assert after({"op": "clip_set", "clip": clip, "look": {}}, document=own) == document


@pytest.mark.parametrize("look", [{"letter_colour": "red"}, {"colour": "#FFFFFF"}, {"words_per_line": 0}, "bold"])
def test_a_look_that_cannot_be_is_refused(look: object) -> None:
    assert refused({"op": "clip_set", "clip": garden().clips[0].id, "look": look}).startswith("Edit 1, look")


def test_captions_of_a_clip_are_where_it_says_else_where_all_are_else_where_they_hide_no_face() -> None:
    document, clip = garden(), garden().clips[0].id
    free = made_of(document).renditions[1].captions_at
    assert free in ("low", "middle", "high")
    lifted = replace(document, params=replace(document.params, clips=replace(document.params.clips, caption_position=30)))
    assert made_of(lifted).renditions[1].captions_at == 30
    own = after({"op": "clip_set", "clip": clip, "caption_position": 0}, document=lifted)
    assert [video.captions_at for video in made_of(own).renditions[1:3]] == [0, 30]


def test_key_phrases_are_told_to_clips_that_colour_them_and_to_no_other() -> None:
    document = garden()
    coloured = after({"op": "clip_set", "clip": document.clips[0].id, "look": {"keyword_colour": "#FF0000"}}, document=document)
    first, second = made_of(coloured).renditions[1:3]
    assert first.keywords
    assert second.keywords == made_of(document).renditions[1].keywords == ()
    assert all(one.end <= first.timeline.frames for one in first.keywords)


def test_edits_are_written_as_they_are_sent() -> None:
    sent = [{"op": "replace", "find": "a", "with": "b"}, {"op": "clip_set", "clip": "1-2", "caption_position": "high"}]
    unset = {"op": "clip_set", "clip": "1-2", "style": None, "layout": "fit"}
    assert edit_values(edits_from([*sent, unset])) == [*sent, unset]


def test_what_a_clip_has_of_its_own_is_again_that_of_all_clips_where_null_is_sent() -> None:
    document, clip = garden(), garden().clips[0].id
    own = {"style": "box", "layout": "fit", "caption_position": "high", "look": {"font": "Rubik Bold"}}
    changed = after({"op": "clip_set", "clip": clip, **own}, document=document)
    for name in own:
        again = after({"op": "clip_set", "clip": clip, name: None}, document=changed).clip(clip)
        kept = {"op": "clip_set", "clip": clip} | {other: value for other, value in own.items() if other != name}
        assert again == after(kept, document=document).clip(clip)
    assert after({"op": "clip_set", "clip": clip, **dict.fromkeys(own)}, document=changed) == document
    assert after({"op": "clip_set", "clip": clip, "title": None, "start_ms": None}, document=changed) == changed
