"""Signing in and out, and the rates of requests."""

import re
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from doors import ADMIN, ANN, BOB, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access, Rate, Rates, Session
from video_automation.errors import TransientError
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.stores.memory_access import MemorySessions, MemoryThrottle

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def access() -> Access:
    return keyed_access()


@pytest.fixture
def anns(finished: Job, backend: Backend) -> Job:
    return backend.store.change(finished.id, lambda job: replace(job, owner="ann"))


def the_cookie(text: str, name: str = "session") -> dict[str, str]:
    """The value and the attributes of a cookie."""
    morsel = SimpleCookie(text)[name]
    return {"value": morsel.value} | {name: value for name, value in morsel.items() if value}


class GoneSessions(MemorySessions):
    """Sessions in a Redis that is unreachable."""

    def get(self, _: str) -> Session | None:
        raise TransientError("Error 111 connecting to redis.inside:6379.")


def test_a_stranger_does_not_hear_where_redis_is(app: Flask, access: Access) -> None:
    app.extensions["video_automation.access"] = replace(access, sessions=GoneSessions())
    client = app.test_client()
    client.set_cookie("session", "a.b")
    answer = client.get("/tasks")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert "redis" not in answer.text


class TestSigningIn:
    def test_gives_a_browser_a_session_that_no_script_and_no_other_site_can_use(self, client: FlaskClient) -> None:
        answer = client.post("/sign-in", data={"key": f" {ANN} "}, headers=BROWSER)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        cookie = the_cookie(answer.headers["Set-Cookie"])
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert "secure" not in cookie
        assert ANN not in cookie["value"]
        assert client.get("/tasks").status_code == 200

    def test_behind_tls_the_cookie_stays_there_and_is_of_this_host_alone(self, client: FlaskClient) -> None:
        there = {"base_url": "https://localhost"}
        cookie = the_cookie(client.post("/sign-in", data={"key": ANN}, **there).headers["Set-Cookie"], "__Host-session")
        assert (cookie["secure"], cookie["path"], "domain" in cookie) == (True, "/", False)
        assert client.get("/tasks", **there).status_code == 200
        ended = the_cookie(client.post("/sign-out", **there).headers["Set-Cookie"], "__Host-session")
        assert (ended["secure"], ended["path"], ended["max-age"]) == (True, "/", "0")
        assert client.get("/tasks", **there).status_code == 401

    def test_behind_tls_a_cookie_that_another_host_could_have_set_opens_nothing(self, client: FlaskClient) -> None:
        value = the_cookie(client.post("/sign-in", data={"key": ANN}).headers["Set-Cookie"])["value"]
        client.set_cookie("session", value)
        assert client.get("/tasks").status_code == 200
        assert client.get("/tasks", base_url="https://localhost").status_code == 401

    def test_a_wrong_key_is_told_on_the_page(self, client: FlaskClient) -> None:
        answer = client.post("/sign-in", data={"key": "wrong"}, headers=BROWSER)
        assert answer.status_code == 401
        assert "does not open" in answer.text
        assert "Set-Cookie" not in answer.headers

    def test_a_program_hears_it_as_a_problem(self, client: FlaskClient) -> None:
        answer = client.post("/sign-in", data={"key": "wrong"})
        assert (answer.status_code, answer.json["code"]) == (401, "wrong_key")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    @pytest.mark.parametrize("sent", ["a&" * 20_000, "a" * 20_000])
    def test_a_strangers_form_that_could_be_no_key_is_not_taken_apart(self, client: FlaskClient, sent: str) -> None:
        answer = client.post("/sign-in", data={"key": ANN, "other": sent})
        assert (answer.status_code, answer.json["code"]) == (413, "too_large")
        assert "Set-Cookie" not in answer.headers

    def test_a_page_leads_to_it_and_it_leads_back(self, client: FlaskClient, anns: Job) -> None:
        first = client.get(f"/result/{anns.id}?x=1", headers=BROWSER)
        assert first.status_code == 303
        form = client.get(first.headers["Location"], headers=BROWSER).text
        (after,) = re.findall(r'name="next" value="([^"]*)"', form)
        answer = client.post("/sign-in", data={"key": ANN, "next": after}, headers=BROWSER)
        assert answer.headers["Location"] == f"/result/{anns.id}?x=1"

    @pytest.mark.parametrize(
        "place",
        ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example", "/\r\nX: y"],
    )
    def test_it_leads_to_no_other_site(self, client: FlaskClient, place: str) -> None:
        answer = client.post("/sign-in", data={"key": ANN, "next": place}, headers=BROWSER)
        assert not answer.headers["Location"].startswith(("http", "//", "/\\", "\\", "javascript"))

    def test_the_link_that_is_printed_signs_in_at_once(self, client: FlaskClient) -> None:
        answer = client.get(f"/sign-in?key={ANN}", headers=BROWSER | {"Sec-Fetch-Site": "none"})
        assert (answer.status_code, answer.headers["Location"], answer.headers["Cache-Control"]) == (303, "/", "no-store")
        assert client.get("/tasks").status_code == 200

    def test_a_link_with_a_key_that_opens_nothing_is_told_and_the_right_key_leads_on(self, client: FlaskClient) -> None:
        answer = client.get("/sign-in?key=of-yesterday&next=/tasks", headers=BROWSER | {"Sec-Fetch-Site": "none"})
        assert answer.status_code == 401
        assert "does not open" in answer.text
        assert "of-yesterday" not in answer.text
        (after,) = re.findall(r'name="next" value="([^"]*)"', answer.text)
        assert after == "/tasks"

    @pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {}], ids=["said", "said nothing, for want of TLS"])
    def test_a_strange_page_cannot_sign_a_visitor_in_under_its_own_key(self, client: FlaskClient, said: dict[str, str]) -> None:
        answer = client.get(f"/sign-in?key={BOB}", headers=BROWSER | said)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers

    def test_the_session_before_ends_and_its_token_is_of_no_use_to_who_planted_it(self, client: FlaskClient) -> None:
        client.set_cookie("session", "planted")
        first = the_cookie(client.post("/sign-in", data={"key": ANN}).headers["Set-Cookie"])["value"]
        second = the_cookie(client.post("/sign-in", data={"key": ANN}).headers["Set-Cookie"])["value"]
        assert len({"planted", first, second}) == 3
        client.set_cookie("session", first)
        assert client.get("/tasks").status_code == 401

    def test_signing_out_ends_the_session_for_good(self, client: FlaskClient) -> None:
        token = the_cookie(client.post("/sign-in", data={"key": ANN}).headers["Set-Cookie"])["value"]
        assert "Sign out" in client.get("/").text
        assert client.post("/sign-out", headers=BROWSER).status_code == 303
        client.set_cookie("session", token)
        assert client.get("/tasks").status_code == 401

    def test_where_no_key_is_needed_there_is_nothing_to_sign_in_to(
        self, client: FlaskClient, app: Flask, access: Access
    ) -> None:
        app.extensions["video_automation.access"] = replace(access, is_open=True)
        assert client.get("/sign-in", headers=BROWSER).headers["Location"] == "/"
        assert client.post("/sign-in", data={"key": "x"}, headers=BROWSER).headers["Location"] == "/"


class TestRates:
    @pytest.fixture
    def access(self) -> Access:
        rates = Rates(uploads=Rate(2), requests=Rate(3), failures=Rate(2), sign_ins=Rate(2))
        return replace(keyed_access(rates=rates), throttle=MemoryThrottle(clock=lambda: 0.0))

    def test_who_asks_too_often_waits_and_is_told_how_long(self, client: FlaskClient) -> None:
        assert [client.get("/tasks", headers=bearer(ANN)).status_code for _ in range(3)] == [200] * 3
        answer = client.get("/tasks", headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (429, "too_many_requests", "20")

    def test_another_address_of_the_same_key_waits_too_and_another_key_from_there_does_not(self, client: FlaskClient) -> None:
        for _ in range(3):
            client.get("/tasks", headers=bearer(ANN))
        there = {"REMOTE_ADDR": "198.51.100.7"}
        assert client.get("/tasks", headers=bearer(ANN), environ_base=there).status_code == 429
        assert client.get("/tasks", headers=bearer(BOB), environ_base=there).status_code == 200

    def test_addresses_of_one_network_of_ipv6_count_as_one(self, client: FlaskClient) -> None:
        codes = [
            client.get("/tasks", headers=bearer(key), environ_base={"REMOTE_ADDR": f"2001:db8::{n}"}).status_code
            for n, key in enumerate((ANN, BOB, ADMIN, BOB))
        ]
        assert codes == [200, 200, 200, 429]

    def test_addresses_of_ipv4_count_apart_also_where_they_come_written_as_ipv6(self, client: FlaskClient) -> None:
        codes = [
            client.get("/tasks", headers=bearer("wrong"), environ_base={"REMOTE_ADDR": f"::ffff:192.0.2.{n}"}).status_code
            for n in (1, 1, 1, 2)
        ]
        assert codes == [401, 401, 429, 401]

    def test_uploads_are_counted_by_themselves(self, client: FlaskClient) -> None:
        codes = [client.post("/upload", headers=bearer(ANN)).status_code for _ in range(3)]
        assert codes == [400, 400, 429]
        assert client.get("/tasks", headers=bearer(ANN)).status_code == 200

    def test_wrong_keys_by_header_and_by_form_count_together(self, client: FlaskClient) -> None:
        codes = [
            client.get("/tasks", headers=bearer("wrong")).status_code,
            client.post("/sign-in", data={"key": "wrong"}).status_code,
            client.post("/sign-in", data={"key": "wrong"}).status_code,
        ]
        assert codes == [401, 401, 429]

    @pytest.mark.parametrize("headers", [{}, BROWSER], ids=["program", "browser"])
    @pytest.mark.parametrize("by", ["form", "link"])
    def test_signing_in_by_a_right_key_is_counted_before_a_session_begins(
        self, app: Flask, access: Access, by: str, headers: dict[str, str]
    ) -> None:
        def sign_in(key: str, there: str) -> TestResponse:
            how = {"headers": headers | {"Sec-Fetch-Site": "same-origin"}, "environ_base": {"REMOTE_ADDR": there}}
            client = app.test_client()
            return (
                client.post("/sign-in", data={"key": key}, **how) if by == "form" else client.get(f"/sign-in?key={key}", **how)
            )

        sessions = access.sessions
        assert isinstance(sessions, MemorySessions)
        assert [sign_in(ANN, "192.0.2.1").status_code for _ in range(2)] == [303] * 2
        for key, there in ((ANN, "192.0.2.1"), (BOB, "192.0.2.1"), (ANN, "192.0.2.2")):
            answer = sign_in(key, there)
            assert (answer.status_code, answer.headers["Retry-After"], "Set-Cookie" in answer.headers) == (429, "30", False)
            assert "Too many sign-ins" in answer.text
        assert sign_in(BOB, "192.0.2.2").status_code == 303
        assert len(sessions.kept) == 3

    def test_health_is_never_refused(self, client: FlaskClient) -> None:
        assert {client.get("/health/live", headers=bearer("wrong")).status_code for _ in range(9)} == {200}

    def test_where_no_key_is_needed_nothing_is_counted(self, client: FlaskClient, app: Flask, access: Access) -> None:
        app.extensions["video_automation.access"] = replace(access, is_open=True)
        assert {client.get("/tasks").status_code for _ in range(9)} == {200}
