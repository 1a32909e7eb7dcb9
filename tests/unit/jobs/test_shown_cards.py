"""Cards that are shown, changed and taken away again by edits of a finished job."""

import logging

import av
import pytest
from media.brands import card, logo
from revised import CLIP, made, outputs, served, titled
from test_revisions import encodes

from video_automation.jobs.brand.belongings import drop_card, put_card
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.changes import How, edit_plan
from video_automation.jobs.revisions.effort import effort
from video_automation.jobs.revisions.stored import document_at
from video_automation.plan.edits import OtherOptions


def shown(**options: str) -> OtherOptions:
    """The edit that shows cards so."""
    return OtherOptions(options=tuple(options.items()))


def to_encode(backend: Backend, job: Job) -> int:
    """How many segments of picture the newest revision has to have encoded."""
    now, folders = backend.store.get(job.id), backend.folders.of(job.id)
    document = document_at(folders, now)
    assert document
    return effort(folders, now, document).to_encode


def lengths(backend: Backend, job: Job) -> dict[str, tuple[int, int | None]]:
    """The frames of each video that is served, and the milliseconds it is said to last."""
    told = {}
    for artifact in served(backend, job).artifacts:
        if artifact.kind in ("video", "short"):
            with av.open(str(outputs(backend, job).folder / artifact.name)) as video:
                told[artifact.kind] = (video.streams.video[0].frames, artifact.duration_ms)
    return told


def test_cards_are_shown_changed_and_taken_away_by_edits_of_the_options(
    backend: Backend, done: Job, caplog: pytest.LogCaptureFixture
) -> None:
    made(backend, done, CLIP)
    bare = lengths(backend, done)
    frames, _ = bare["short"]
    assert bare["video"] == (20, 667)
    for name in ("opening", "closing"):
        put_card(backend, done.owner, name, card())
    wanted = shown(opening_in_video="true", opening_s="2", closing_in_clips="yes", closing_s="1")
    edit_plan(backend, done.id, (wanted,), How(render=False))
    assert to_encode(backend, done) == 2
    made(backend, done, titled("Mine"))
    assert lengths(backend, done) == {"video": (80, 2667), "short": (frames + 30, 1400)}
    stats = served(backend, done).stats
    assert (stats.kept_ms, stats.removed_ms) == (667, 0), "a card is no part of what is kept"

    put_card(backend, done.owner, "opening", logo())
    edit_plan(backend, done.id, (shown(card_colour="#FFFFFF", closing_in_clips="false"),), How(render=False))
    drop_card(backend, done.owner, "opening")
    assert to_encode(backend, done) == 1
    caplog.set_level(logging.DEBUG)
    made(backend, done, titled("Other"))
    assert encodes(caplog) == 1, "the former clip still stands"
    assert lengths(backend, done) == {"video": (80, 2667), "short": bare["short"]}
    made(backend, done, shown(opening_in_video="false"))
    assert lengths(backend, done) == bare
