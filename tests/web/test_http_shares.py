"""Share links: owners make them and turn them off; what guests see with one, and what they never see."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from doors import ANN, BOB, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer
from linked import BROWSER, addresses
from surroundings import VIDEO_BYTES

from video_automation.access.repositories import Access, Rate, Rates
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.stores.memory_access import MemoryThrottle

SECRET_FILES = ("plan.json", "task.log", "manifest.json", "v.edl", "video.otio", "video.transcript.json", "video.txt")
"""Files that a guest never gets: the log, the plan, lists of files and cuts, and a transcript with cut words."""


@pytest.fixture
def access() -> Access:
    return keyed_access()


class TestGuests:
    def test_see_the_video_its_chapters_clips_and_transcript(
        self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]
    ):
        page = guest.get(make_link(anns), headers=BROWSER)
        assert page.status_code == 200
        for text in (
            "A &lt;title&gt;",
            "Start",
            "1:05",
            "A &lt;clip&gt;",
            "0:07",
            "Hello &lt;there&gt;.",
            "1:01:07",
            "good bye",
        ):
            assert text in page.text, text
        assert 'content="noindex"' in page.text

    def test_get_all_that_their_page_names(self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]):
        link = make_link(anns)
        found = addresses(guest.get(link, headers=BROWSER)) - {"/language"}  # which takes a choice, and gives nothing
        assert {f"{link}/files/processed_video.mp4?download=1", f"{link}/clips", f"{link}/files/video.vtt"} <= found
        assert {address: guest.get(address).status_code for address in found} == dict.fromkeys(found, 200)
        assert guest.get(f"{link}/files/processed_video.mp4", headers={"Range": "bytes=1-2"}).data == VIDEO_BYTES[1:3]

    def test_never_hear_what_is_the_owners_alone(self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]):
        link = make_link(anns, downloads=["video", "clips", "captions"])
        page = guest.get(link, headers=BROWSER)
        for secret in (anns.id, "my talk", "Opens well", "score", "log", "plan", "manifest", "Edit", "Delete", *SECRET_FILES):
            assert secret not in page.text, secret
        for name in (*SECRET_FILES, "nothing.mp4", "..", ".manifest.json.part"):
            for query in ("", "?download=1"):
                answer = guest.get(f"{link}/files/{name}{query}")
                assert answer.status_code == 404
                assert anns.id not in answer.text
        assert anns.id not in str(guest.get(f"{link}/files/processed_video.mp4").headers)

    def test_save_only_what_the_owner_offers(self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]):
        files = {"video": "processed_video.mp4", "clips": "v.mp4", "captions": "video.srt"}
        for offered in ((), ("video",), ("clips",), ("captions",), ("video", "clips", "captions")):
            link = make_link(anns, downloads=list(offered))
            page = guest.get(link, headers=BROWSER).text
            for name, file in files.items():
                address, status = f"{link}/files/{file}?download=1", 200 if name in offered else 404
                assert guest.get(address).status_code == status, (offered, name)
                assert (address in page) == (name in offered)
            assert guest.get(f"{link}/files/v.mp4").status_code == 200, "what the page plays is there"
            assert guest.get(f"{link}/clips").status_code == (200 if "clips" in offered else 404)

    def test_have_all_clips_as_one_zip(self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]):
        answer = guest.get(f"{make_link(anns)}/clips")
        assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == ["v.mp4"]
        assert answer.headers["Content-Disposition"] == "attachment; filename=A_title_clips.zip"

    def test_are_shown_to_others_by_a_picture_and_a_title(self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]):
        link = make_link(anns)
        page = guest.get(link, headers={"Accept": "*/*"}).text  # as programs do that make previews of links
        assert '<meta property="og:title" content="A &lt;title&gt;">' in page
        assert f'<meta property="og:image" content="http://localhost{link}/files/t.jpg">' in page

    def test_see_the_old_video_while_it_is_made_again(
        self, guest: FlaskClient, anns: Job, backend: Backend, make_link: Callable[..., str]
    ):
        link = make_link(anns)
        backend.store.change(anns.id, lambda job: replace(job, state=State.PROGRESS, building="1-new"))
        assert guest.get(link).status_code == 200
        assert guest.get(f"{link}/files/processed_video.mp4").data == VIDEO_BYTES

    def test_with_a_key_see_the_same(self, guest: FlaskClient, anns: Job, make_link: Callable[..., str]):
        link = make_link(anns)
        assert guest.get(link, headers=bearer(BOB)).text == guest.get(link).text

    def test_without_any_title_read_the_name_of_the_recording(
        self, guest: FlaskClient, finished: Job, backend: Backend, make_link: Callable[..., str]
    ):
        backend.store.change(finished.id, lambda job: replace(job, owner="ann"))
        page = guest.get(make_link(finished), headers=BROWSER).text
        assert "<bdi>my talk</bdi>" in page
        assert "my talk.mp4" not in page

    def test_use_links_of_the_version_before(self, guest: FlaskClient, access: Access, anns: Job, backend: Backend, make_link):
        link = make_link(anns)
        share = backend.store.get(anns.id).share
        assert share is not None
        former = URLSafeSerializer(access.secret, salt=f"share of {anns.id}").dumps(share.id)
        for address, place in (
            (f"/result/{anns.id}?share={former}", link),
            (f"/task/{anns.id}/plan?share={former}", link),
            (f"/task/{anns.id}/files/v.mp4?share={former}&download=1", f"{link}/files/v.mp4?download=1"),
        ):
            answer = guest.get(address)
            assert (answer.status_code, answer.headers["Location"]) == (303, place)
        assert guest.post(f"/task/{anns.id}/cancel?share={former}").status_code == 401


class TestALinkThatEnded:
    @pytest.mark.parametrize("how", ["turned off", "replaced", "forgotten"])
    def test_says_so(self, client: FlaskClient, guest: FlaskClient, anns: Job, backend: Backend, make_link, how: str):
        link = make_link(anns)
        if how == "turned off":
            assert client.post(f"/task/{anns.id}/unshare", headers=bearer(ANN)).status_code == 200
        elif how == "replaced":
            assert make_link(anns) != link
        else:
            backend.store.remove(anns.id)
        told = guest.get(link, headers={"Accept": "application/json"})
        assert (told.status_code, told.json["code"]) == (410, "link_ended")
        assert "new one" in told.json["advice"]
        page = guest.get(link, headers=BROWSER)
        assert page.status_code == 410
        assert "does not work any more" in page.text
        assert "Ask the person who sent you the link" in page.text
        assert "front page" not in page.text
        assert guest.get(f"{link}/files/processed_video.mp4").status_code == 410

    def test_of_a_video_that_was_deleted_says_that(self, client: FlaskClient, guest: FlaskClient, anns: Job, make_link):
        link = make_link(anns)
        client.post(f"/task/{anns.id}/cleanup", headers=bearer(ANN))
        told = guest.get(link, headers={"Accept": "application/json"})
        assert (told.status_code, told.json["code"]) == (410, "cleaned_up")
        assert "was deleted" in told.json["error"]

    def test_is_told_from_one_that_never_was(self, guest: FlaskClient):
        page = guest.get("/s/never-made", headers=BROWSER)
        assert page.status_code == 404
        assert "Check that the link is whole" in page.text


class TestAnOwner:
    def test_hears_what_the_link_is(self, client: FlaskClient, anns: Job):
        address = f"/task/{anns.id}/share"
        told = client.post(address, json={"downloads": ["captions", "video"], "password": "x"}, headers=bearer(ANN)).json
        assert (told["downloads"], told["has_password"]) == (["video", "captions"], True)
        told = client.post(address, headers=bearer(ANN)).json
        assert (told["downloads"], told["has_password"]) == (["video", "clips"], False)
        assert anns.id not in told["href"]

    @pytest.mark.parametrize("hours", [0, -1, 9000, "soon", "nan", "inf"])
    def test_is_told_of_hours_that_make_no_sense(self, client: FlaskClient, anns: Job, hours: object):
        answer = client.post(f"/task/{anns.id}/share", json={"hours": hours}, headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_hours")

    @pytest.mark.parametrize(
        ("wish", "code"), [({"downloads": "plan"}, "wrong_downloads"), ({"password": "x" * 201}, "wrong_password")]
    )
    def test_is_told_what_cannot_be(self, client: FlaskClient, anns: Job, wish: dict[str, object], code: str):
        answer = client.post(f"/task/{anns.id}/share", json=wish, headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"]) == (400, code)

    def test_can_share_only_what_is_done(self, client: FlaskClient, put: Callable[..., Job]):
        job = put(7, owner="ann")
        assert client.post(f"/task/{job.id}/share", headers=bearer(ANN)).status_code == 409

    def test_makes_it_by_a_form_and_finds_it_on_the_page(self, client: FlaskClient, guest: FlaskClient, anns: Job):
        client.post("/sign-in", data={"key": ANN})
        form = {"hours": "24", "downloads": ["", "captions"], "password": ""}
        assert client.post(f"/task/{anns.id}/share", data=form, headers=BROWSER).status_code == 303
        page = client.get(f"/result/{anns.id}").text
        (link,) = set(re.findall(r"<code>(http[^<]+)</code>", page))
        assert "To download: the captions." in page
        assert f'action="/task/{anns.id}/unshare"' in page
        assert guest.get(link).status_code == 200
        assert guest.get(f"{link}/files/processed_video.mp4?download=1").status_code == 404

    def test_of_a_service_that_needs_no_key_shares_too(self, client: FlaskClient, app: Flask, access: Access, anns: Job):
        app.extensions["video_automation.access"] = replace(access, is_open=True)
        page = client.get(f"/result/{anns.id}", headers=BROWSER).text
        assert "Make a link" in page
        assert "on this machine alone" in page
        link = client.post(f"/task/{anns.id}/share").json["href"]
        shown = client.get(link, headers=BROWSER)
        assert shown.status_code == 200
        assert anns.id not in shown.text


def test_guests_who_ask_too_often_wait(guest: FlaskClient, app: Flask, access: Access, anns: Job, make_link) -> None:
    link, still = make_link(anns), MemoryThrottle(clock=lambda: 0.0)
    app.extensions["video_automation.access"] = replace(access, throttle=still, rates=Rates(requests=Rate(2)))
    assert [guest.get(link).status_code for _ in range(3)] == [200, 200, 429]
