"""Fonts, logos and cards of owners: uploaded, used by uploads and edits, deleted without harm."""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from doors import ANN, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from pysubs2 import SSAFile
from surroundings import plan_of
from werkzeug.test import TestResponse

from video_automation.access.quotas import Quotas
from video_automation.jobs.brand import belongings
from video_automation.jobs.brand.belongings import owner_file
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.plan.brand.brand_files import Brand
from video_automation.plan.brand.card_params import CardParams
from video_automation.plan.time import FrameSpan

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))
from brands import bomb, card, font, logo

NAME = "Acme Sans Bold"
NOTHING = {"fonts": [], "logo": None, "opening_card": None, "closing_card": None}
OPENING, CLOSING = "/brand/cards/opening", "/brand/cards/closing"


@pytest.fixture
def brand(client: FlaskClient, backend: Backend) -> Brand:
    """One font and a logo."""
    assert client.post("/brand/fonts", data=font(), content_type="font/ttf").status_code == 201
    assert client.put("/brand/logo", data=logo(), content_type="image/png").status_code == 200
    return backend.brands.of("local")


def upload(client: FlaskClient, video: bytes, **options: str) -> TestResponse:
    return client.post("/upload", data={**options, "file": (BytesIO(video), "talk.mp4")})


def test_a_font_and_a_logo_are_taken_listed_and_deleted(client: FlaskClient, brand: Brand, backend: Backend) -> None:
    told = client.get("/brand").json
    assert told["fonts"] == [{"name": NAME}]
    assert (told["logo"]["width"], told["logo"]["height"]) == (200, 100)
    shown = client.get(told["logo"]["href"])
    assert (shown.mimetype, shown.data[:4]) == ("image/png", b"\x89PNG")
    client.post("/brand/fonts", data=font(flavor="woff"))
    assert client.get("/brand").json["fonts"] == [{"name": NAME}], "the same family replaces it"
    assert client.delete(f"/brand/fonts/{NAME}").json["fonts"] == []
    assert client.delete("/brand/logo").json == NOTHING
    assert [client.delete(place).json["code"] for place in (f"/brand/fonts/{NAME}", "/brand/logo")] == [
        "unknown_font",
        "unknown_logo",
    ]
    assert client.get("/brand/logo").status_code == 404
    assert not backend.folders.storage.files("input/brands/")


@pytest.mark.parametrize(
    ("method", "place", "content", "refused"),
    [
        ("post", "/brand/fonts", b"text", (415, "not_a_font")),
        ("post", "/brand/fonts", logo(), (415, "not_a_font")),
        ("post", "/brand/fonts", font("Roboto", "Black"), (415, "not_a_font")),
        ("post", "/brand/fonts", bytes(10_000_001), (413, "too_large")),
        ("put", "/brand/logo", font(), (415, "not_a_logo")),
        ("put", "/brand/logo", bytes(5_000_001), (413, "too_large")),
        ("put", OPENING, font(), (415, "not_a_card")),
        ("put", CLOSING, bomb(), (415, "not_a_card")),
        ("put", OPENING, card()[:200], (415, "not_a_card")),
        ("put", CLOSING, bytes(10_000_001), (413, "too_large")),
    ],
    ids=["text", "picture", "name of ours", "large font", "font", "large logo", "font", "bomb", "half", "large card"],
)
def test_what_is_no_font_logo_or_card_is_refused(
    client: FlaskClient, method: str, place: str, content: bytes, refused: tuple[int, str]
) -> None:
    answer = client.open(place, method=method.upper(), data=content)
    assert (answer.status_code, answer.json["code"]) == refused
    assert client.get("/brand").json == NOTHING


def test_an_owner_has_so_many_fonts_at_most(client: FlaskClient, brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belongings, "MOST_FONTS", 1)
    answer = client.post("/brand/fonts", data=font("Other"))
    assert (answer.status_code, answer.json["code"]) == (400, "too_many_fonts")


def test_an_upload_keeps_copies_that_outlive_the_brand(
    client: FlaskClient, brand: Brand, video: bytes, backend: Backend
) -> None:
    job = backend.store.get(upload(client, video, font=NAME, logo_in_clips="true").json["task_id"])
    assert job.params.brand == brand
    client.delete(f"/brand/fonts/{NAME}")
    client.delete("/brand/logo")
    workspace = backend.folders.of(job.id)
    assert all(backend.folders.storage.read(workspace.brand(digest)) for digest in brand.files)
    plain = backend.store.get(upload(client, video).json["task_id"])
    assert plain.params.brand == Brand()


def test_a_preset_names_a_font_and_a_logo_of_its_owner(
    client: FlaskClient, brand: Brand, video: bytes, backend: Backend
) -> None:
    assert client.put("/presets/Show", json={"font": NAME, "logo_in_clips": True}).status_code == 200
    job = backend.store.get(upload(client, video, from_preset="Show").json["task_id"])
    assert (job.params.look.font, job.params.brand) == (NAME, brand)
    assert client.put("/presets/Show", json={"font": "Comic Sans"}).json["code"] == "wrong_option"


@pytest.mark.parametrize(
    "options", [{"font": "Comic Sans"}, {"logo_in_video": "true"}, {"opening_in_clips": "true"}, {"closing_in_video": "true"}]
)
def test_a_font_logo_or_card_that_is_not_there_is_refused(client: FlaskClient, video: bytes, options: dict[str, str]) -> None:
    answer = upload(client, video, **options)
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_option")


def test_cards_are_taken_listed_replaced_and_deleted(client: FlaskClient, backend: Backend) -> None:
    assert client.put(OPENING, data=card("640x360"), content_type="image/png").status_code == 200
    told = client.put(CLOSING, data=logo("3000x1500", kind="jpeg")).json
    assert [(told[name]["width"], told[name]["height"]) for name in ("opening_card", "closing_card")] == [
        (640, 360),
        (1920, 960),
    ]
    shown = client.get(told["closing_card"]["href"])
    assert (shown.mimetype, shown.data[:4]) == ("image/png", b"\x89PNG")
    assert client.put(OPENING, data=logo()).json["opening_card"]["width"] == 200
    assert len(backend.folders.storage.files("input/brands/")) == 2
    assert client.delete(OPENING).json["opening_card"] is None
    assert client.delete(CLOSING).json == NOTHING
    assert [client.open(OPENING, method=method).json["code"] for method in ("GET", "DELETE")] == ["unknown_card"] * 2
    assert not backend.folders.storage.files("input/brands/")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_card_of_another_name_is_refused_with_the_names_there_are(client: FlaskClient, method: str) -> None:
    answer = client.open("/brand/cards/middle", method=method, data=card())
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_card")
    assert answer.json["error"] == "There is no card “middle”: a card is “opening” or “closing”."


def test_a_preset_carries_cards_and_a_task_keeps_copies_of_those_it_shows(
    client: FlaskClient, video: bytes, backend: Backend
) -> None:
    for place in (OPENING, CLOSING):
        client.put(place, data=card())
    wanted = {"opening_in_clips": True, "opening_s": 2, "card_colour": "#ff8800"}
    assert client.put("/presets/Show", json=wanted).status_code == 200
    job = backend.store.get(upload(client, video, from_preset="Show").json["task_id"])
    own = backend.brands.of("local")
    assert job.params.brand == Brand(opening_card=own.opening_card)
    assert job.params.cards == CardParams(opening_in_clips=True, opening_s=2, card_colour="#ff8800")
    client.delete(OPENING)
    assert backend.folders.storage.read(backend.folders.of(job.id).brand(own.opening_card.sha256))
    assert upload(client, video, from_preset="Show").json["code"] == "wrong_option"
    for wrong in ({"opening_s": "7"}, {"closing_s": "0"}, {"card_colour": "red"}):
        assert upload(client, video, **wrong).json["code"] == "wrong_option"


def test_cards_are_changed_afterwards_and_the_plan_tells_how_long_they_are_shown(
    client: FlaskClient, planned: Job, change: Callable[..., TestResponse], plan: Callable[[], dict[str, Any]]
) -> None:
    none = {"opening_ms": 0, "closing_ms": 0}
    assert plan()["cards"] == {"video": none, "clips": none}
    before = plan()["description"]
    assert change({"op": "options", "opening_in_video": True}).json["code"] == "wrong_option"
    for place in (OPENING, CLOSING):
        client.put(place, data=card())
    told = change({"op": "options", "opening_in_video": True, "opening_s": 4, "closing_in_clips": True})
    assert told.status_code == 202
    assert told.json["kept_ms"] == plan()["kept_ms"], "cards are no part of what is kept"
    assert plan()["cards"] == {"video": {"opening_ms": 4000, "closing_ms": 0}, "clips": {"opening_ms": 0, "closing_ms": 3000}}
    assert plan()["description"] == before.replace("0:04 Mainz", "0:08 Mainz") != before
    client.post(f"/task/{planned.id}/undo", json={"render": False})
    assert plan()["cards"]["video"] == none


def test_captions_are_read_drawn_and_sent_in_on_the_clock_of_a_video_with_a_card(
    client: FlaskClient, planned: Job, change: Callable[..., TestResponse], backend: Backend
) -> None:
    def drawn() -> list[tuple[int, int]]:
        script = SSAFile.from_string(client.get(f"/task/{planned.id}/captions.ass").text)
        return [(event.start, event.end) for event in script]

    assert drawn() == [(0, 6980)]
    client.put(OPENING, data=card())
    change({"op": "options", "opening_in_video": True, "opening_s": 2})
    assert drawn() == [(1980, 8980)], "from half a frame before its first"
    own = "WEBVTT\n\n00:00.000 --> 00:01.500\nOver the card.\n\n00:01.900 --> 00:04.000\nOwn words.\n"
    assert change({"op": "captions", "vtt": own}).status_code == 202
    (cue,) = plan_of(backend, planned).captions
    rate = plan_of(backend, planned).source.picture.rate
    assert (cue.text, cue.span) == ("Own words.", FrameSpan(0, int(2 * rate)))
    assert client.get(f"/task/{planned.id}/plan").json["remarks"][-1].endswith("were left out: 1.")
    over = own.partition("\n\n00:01.900")[0]
    assert client.put(f"/task/{planned.id}/captions", data=over).json["code"] == "broken_captions"


def test_a_clip_of_a_task_takes_an_uploaded_font(
    client: FlaskClient, brand: Brand, planned: Job, change: Callable[..., TestResponse], backend: Backend
) -> None:
    (own,) = brand.fonts
    place = f"/task/{planned.id}/clips/1000-5000/captions.ass"
    shown = client.get(place, query_string={"font": NAME})
    assert (shown.status_code, own.face in shown.text) == (200, True)
    drawn = client.get(f"/task/{planned.id}/fonts/{own.face}")
    assert drawn.data == backend.folders.storage.read(owner_file("local", own.sha256))
    assert change({"op": "clip_set", "clip": "1000-5000", "look": {"font": "Comic Sans"}}).json["code"] == "wrong_option"
    assert change({"op": "clip_set", "clip": "1000-5000", "look": {"font": NAME}}).status_code == 202
    client.delete(f"/brand/fonts/{NAME}")
    assert own.face in client.get(place).text
    assert client.get(f"/task/{planned.id}/fonts/{own.face}").data == drawn.data
    assert change({"op": "clip_set", "clip": "1000-5000", "style": "neon"}).status_code == 202
    assert change({"op": "options", "crf": 30}).status_code == 202, "what the task has already stays"
    assert backend.store.get(planned.id).params.brand.fonts == (own,)


def test_nobody_sees_or_uses_the_brand_of_another_owner(
    client: FlaskClient, brand: Brand, video: bytes, backend: Backend
) -> None:
    backend.brands.change("bob", lambda _: brand)
    backend.brands.change("local", lambda _: Brand())
    assert client.get("/brand").json == NOTHING
    assert upload(client, video, font=NAME).status_code == 400
    assert client.get("/brand/logo").status_code == client.delete(f"/brand/fonts/{NAME}").status_code == 404
    assert owner_file("bob", "0" * 64) != owner_file("local", "0" * 64)


def test_a_font_deleted_while_an_upload_arrives_is_told(
    client: FlaskClient, brand: Brand, video: bytes, backend: Backend
) -> None:
    started = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(video)),
        "Upload-Metadata": "filename dGFsaw==,font QWNtZSBTYW5zIEJvbGQ=",
    }
    place = client.post("/files", headers=started).headers["Location"]
    client.delete(f"/brand/fonts/{NAME}")
    piece = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    answer = client.patch(place, headers=piece, data=video)
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_option")


FILES = pytest.mark.parametrize(
    "sent",
    [
        {"path": "/brand/fonts", "method": "POST", "data": font()},
        {"path": "/brand/logo", "method": "PUT", "data": logo()},
        {"path": OPENING, "method": "PUT", "data": card()},
    ],
    ids=["font", "logo", "card"],
)


def held(app: Flask, most: int) -> None:
    """Has Ann's key allow so many bytes."""
    app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=most))


def anns_upload(client: FlaskClient, video: bytes) -> TestResponse:
    return client.post("/upload", data={"file": (BytesIO(video), "talk.mp4")}, headers=bearer(ANN))


@FILES
def test_a_file_of_a_brand_is_refused_with_the_words_of_a_video_where_no_more_may_be_held(
    client: FlaskClient, app: Flask, video: bytes, backend: Backend, sent: dict[str, object]
) -> None:
    held(app, 10_000_000)
    assert anns_upload(client, video).status_code == 202
    (job,), _ = backend.store.listed("ann", start=0, count=9)
    workspace = backend.folders.of(job.id)
    backend.folders.storage.write(workspace.brand("0" * 64), bytes(1_000_000))  # more than any other file here
    used = backend.folders.storage.held((workspace.input,))
    for most, status in ((used + 1, 429), (1, 413)):
        held(app, most)
        refused, as_video = client.open(**sent, headers=bearer(ANN)), anns_upload(client, video)
        assert (refused.status_code, refused.json["code"]) == (status, "quota_bytes")
        assert (as_video.status_code, as_video.json) == (status, refused.json)
    assert backend.brands.of("ann") == Brand()
    assert not backend.folders.storage.files("input/brands/")


@FILES
def test_a_file_of_a_brand_counts_as_held_until_it_is_deleted(
    client: FlaskClient, app: Flask, video: bytes, backend: Backend, sent: dict[str, object]
) -> None:
    held(app, 10_000_000)
    assert client.open(**sent, headers=bearer(ANN)).status_code in (200, 201)
    used = backend.folders.storage.held(("input/brands/",))
    held(app, used + len(video) - 1)
    assert anns_upload(client, video).status_code == 429
    for place in (f"/brand/fonts/{NAME}", "/brand/logo", OPENING):
        client.delete(place, headers=bearer(ANN))
    assert anns_upload(client, video).status_code == 202
