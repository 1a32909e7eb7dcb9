"""Laws of edits: after any edits are undone and redone, the plan is the same as before."""

from gardens import LENGTH_MS, WORDS, garden
from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.edits.applying import all_applied, replayed
from video_automation.errors import RequestError
from video_automation.plan.document import document_from_json, document_json
from video_automation.plan.edits import edits_from
from video_automation.plan.history import Entry, History, history_from_json, history_json, standing

times = st.integers(0, LENGTH_MS // 100).map(lambda n: 100 * n)
spans = st.tuples(times, times).map(sorted).filter(lambda span: span[0] < span[1])
words = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(0, 8)).map(lambda w: [w[0], min(len(WORDS) - 1, w[0] + w[1])])
texts = st.sampled_from(["Zanzibar", "two words", "", "Ärger mit ß", "日本語"])
ids = st.deferred(lambda: st.sampled_from([clip.id for clip in garden().clips]))
edits = st.one_of(
    spans.map(lambda s: {"op": "cut", "start_ms": s[0], "end_ms": s[1]}),
    spans.map(lambda s: {"op": "keep", "start_ms": s[0], "end_ms": s[1]}),
    words.map(lambda w: {"op": "cut", "words": w}),
    words.map(lambda w: {"op": "keep", "words": w}),
    st.tuples(words, texts).map(lambda v: {"op": "correct", "words": v[0], "text": v[1]}),
    st.sampled_from(WORDS).map(lambda word: {"op": "replace", "find": word.text, "with": "Zanzibar"}),
    spans.map(lambda s: {"op": "clip_add", "start_ms": s[0], "end_ms": min(s[1], s[0] + 50_000)}),
    st.tuples(ids, texts).map(lambda v: {"op": "clip_set", "clip": v[0], "title": v[1]}),
    st.tuples(ids, st.sampled_from(["box", None])).map(lambda v: {"op": "clip_set", "clip": v[0], "style": v[1]}),
    st.tuples(times, texts).map(lambda v: {"op": "thumbnail_set", "at_ms": v[0], "headline": v[1]}),
    st.tuples(ids, texts).map(lambda v: {"op": "thumbnail_set", "clip": v[0], "headline": v[1]}),
    st.tuples(words, st.integers(1, 3)).map(lambda v: {"op": "speaker", "words": v[0], "speaker": v[1]}),
    st.tuples(st.integers(1, 3), texts).map(lambda v: {"op": "speaker", "speaker": v[0], "name": v[1]}),
    st.sampled_from([[1, 2], [2, 1]]).map(lambda pair: {"op": "speaker", "merge": pair}),
    ids.map(lambda i: {"op": "clip_drop", "clip": i}),
    ids.map(lambda i: {"op": "clip_reset", "clip": i}),
    texts.map(lambda t: {"op": "text", "titles": [t], "description": t}),
    st.sampled_from(["WEBVTT\n\n00:02.000 --> 00:04.000\nOwn.\n", None]).map(lambda v: {"op": "captions", "vtt": v}),
)


@given(st.lists(st.one_of(edits, st.sampled_from(["undo", "redo"])), max_size=8))
def test_after_any_edits_undo_and_redo_the_plan_is_byte_for_byte_what_it_was(steps: list[dict[str, object] | str]) -> None:
    history, done, undone = History(), [garden()], []
    for step in steps:
        number = history.last + 1
        if isinstance(step, str):
            if not (done[1:] if step == "undo" else undone):
                continue
            if step == "undo":
                undone.append(done.pop())
            else:
                done.append(undone.pop())
            entry = Entry(number, step, (), 0.0, "ann")
        else:
            try:
                document, kept = all_applied(done[-1], edits_from([step]))
            except RequestError:
                continue
            done.append(document)
            undone.clear()
            entry = Entry(number, "edit", kept, 0.0, "ann")
        history = History((*history.entries, entry))
        read = history_from_json(history_json(history))
        assert read == history
        again = replayed(document_from_json(document_json(garden())), standing(read.entries).edits)
        assert document_json(again) == document_json(done[-1])
        assert again.timeline.frames > 0
    for document in done:
        assert document_from_json(document_json(document)) == document


@given(st.lists(edits, min_size=1, max_size=6), st.data())
def test_a_revision_that_came_to_nothing_is_as_if_it_had_never_been(
    steps: list[dict[str, object]], data: st.DataObject
) -> None:
    entries: list[Entry] = []
    for number, step in enumerate(steps, 1):
        entries.append(Entry(number, "edit", edits_from([step]), 0.0, "ann"))
    dropped = data.draw(st.sets(st.sampled_from([entry.revision for entry in entries])))
    kept = [entry for entry in entries if entry.revision not in dropped]
    assert standing(entries, dropped) == standing(kept)
