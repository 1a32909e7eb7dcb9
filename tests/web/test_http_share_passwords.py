"""Share links with a password: they show nothing before it is entered, and guessing it is slow."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from doors import keyed_access
from flask import Flask
from flask.testing import FlaskClient
from linked import BROWSER, addresses

from video_automation.access.repositories import Access, Rate, Rates
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.stores.memory_access import MemoryThrottle


@pytest.fixture
def access() -> Access:
    return keyed_access()


class TestAPassword:
    @pytest.fixture
    def link(self, anns: Job, make_link: Callable[..., str]) -> str:
        return make_link(anns, password="open sesame ü", downloads="video, captions")

    def test_hides_everything_until_it_is_given(self, guest: FlaskClient, anns: Job, link: str):
        page = guest.get(link, headers=BROWSER)
        assert page.status_code == 401
        assert "needs a password" in page.text
        for secret in ("A &lt;title&gt;", "og:", "my talk", "Start", anns.id, "processed"):
            assert secret not in page.text, secret
        for address in (link, f"{link}/files/processed_video.mp4", f"{link}/files/t.jpg", f"{link}/clips"):
            told = guest.get(address)
            assert (told.status_code, told.json["code"]) == (401, "password_needed")

    def test_opens_the_page_and_its_files_for_the_browser_that_sends_it(self, guest: FlaskClient, app: Flask, link: str):
        answer = guest.post(link, data={"password": "open sesame ü"}, headers=BROWSER)
        assert (answer.status_code, answer.headers["Location"]) == (303, link)
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert f"Path={link}" in cookie
        assert "SameSite=Lax" in cookie
        page = guest.get(link, headers=BROWSER)
        assert page.status_code == 200
        assert "og:" not in page.text
        found = {address for address in addresses(page) if "/files/" in address}
        assert found
        assert {guest.get(address).status_code for address in found} == {200}
        assert app.test_client().get(link, headers=BROWSER).status_code == 401

    def test_by_tls_its_cookie_stays_there(self, guest: FlaskClient, link: str):
        answer = guest.post(link, data={"password": "open sesame ü"}, base_url="https://localhost")
        assert "Secure" in answer.headers["Set-Cookie"]

    @pytest.mark.parametrize("wrong", ["", "open sesame", "Open sesame ü", "x" * 300])
    def test_that_is_wrong_is_told_and_opens_nothing(self, guest: FlaskClient, link: str, wrong: str):
        page = guest.post(link, data={"password": wrong}, headers=BROWSER)
        assert page.status_code == 401
        assert "This password is not right." in page.text
        assert "Set-Cookie" not in page.headers
        assert guest.post(link, data={"password": wrong}).json["code"] == "wrong_password"

    def test_of_the_link_before_opens_nothing_any_more(self, guest: FlaskClient, anns: Job, link: str, make_link):
        guest.post(link, data={"password": "open sesame ü"})
        kept = guest.get_cookie("share", path=link)
        assert kept is not None
        other = make_link(anns, password="another")
        guest.set_cookie("share", kept.value, path=other)
        assert guest.get(other).status_code == 401

    def test_is_kept_as_a_hash_with_a_salt(self, anns: Job, backend: Backend, make_link: Callable[..., str]):
        kept = set()
        for _ in range(2):
            make_link(anns, password="sesame")
            share = backend.store.get(anns.id).share
            assert share is not None
            assert "sesame" not in str(share)
            kept.add(share.password)
        assert len(kept) == 2

    def test_that_is_guessed_too_often_is_not_looked_at(self, guest: FlaskClient, app: Flask, access: Access, link: str):
        still = MemoryThrottle(clock=lambda: 0.0)
        app.extensions["video_automation.access"] = replace(access, throttle=still, rates=Rates(failures=Rate(2)))
        assert [guest.post(link, data={"password": "x"}).status_code for _ in range(2)] == [401, 401]
        answer = guest.post(link, data={"password": "open sesame ü"})
        assert (answer.status_code, answer.headers["Retry-After"], "Set-Cookie" in answer.headers) == (429, "30", False)
        there = {"REMOTE_ADDR": "198.51.100.7"}
        assert guest.post(link, data={"password": "open sesame ü"}, environ_base=there).status_code == 303
