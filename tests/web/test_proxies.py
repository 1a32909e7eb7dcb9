"""The client's address and scheme are taken from trusted proxies, and from nobody else."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from flask import Flask, jsonify, request, url_for
from flask.testing import FlaskClient

from video_automation.config import load
from video_automation.errors import SettingsError
from video_automation.web.security.proxies import behind, ip_address_in

TRUSTED = tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/64")))
STRANGER = "203.0.113.9"


@pytest.fixture
def client() -> FlaskClient:
    """A client of an app behind these proxies, which responds with the address it sees."""
    app = Flask(__name__)
    app.add_url_rule("/", "home", lambda: jsonify(request.remote_addr, request.scheme, url_for("home", _external=True)))
    app.wsgi_app = behind(app.wsgi_app, TRUSTED)  # type: ignore[assignment, method-assign]
    return app.test_client()


def told(client: FlaskClient, peer: str, **headers: str) -> list[str]:
    """The address, the scheme and the external URL that the app sees."""
    named = {f"X-Forwarded-{name.title()}": value for name, value in headers.items()} | {"Host": "videos.example"}
    answer = client.get("/", headers=named, environ_overrides={"REMOTE_ADDR": peer})
    seen: list[str] = answer.json
    return seen


def test_a_trusted_proxy_tells_who_asks_and_how(client: FlaskClient) -> None:
    seen = told(client, "127.0.0.1", **{"for": STRANGER, "proto": "https"})
    assert seen == [STRANGER, "https", "https://videos.example/"]


@pytest.mark.parametrize("peer", [STRANGER, "11.0.0.1", "2001:db8:2::1", "", "unix:"])
def test_a_stranger_tells_nothing(client: FlaskClient, peer: str) -> None:
    seen = told(client, peer, **{"for": "198.51.100.1", "proto": "https"})
    assert seen == [peer, "http", "http://videos.example/"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("127.0.0.1", f"198.51.100.1, {STRANGER}", STRANGER),
        ("127.0.0.1", f"127.0.0.1, 10.0.0.1,{STRANGER}", STRANGER),
        ("127.0.0.1", f"{STRANGER},10.1.2.3", STRANGER),
        ("127.0.0.1", f"198.51.100.1,{STRANGER}, 10.1.2.3 ,10.0.0.7", STRANGER),
        ("::ffff:127.0.0.1", STRANGER, STRANGER),
        ("127.0.0.1", f"::ffff:{STRANGER}", STRANGER),
        ("127.0.0.1", f"{STRANGER}:50123", STRANGER),
        ("2001:db8:1::5", "[2001:db8:2::1]:443", "2001:db8:2::1"),
        ("127.0.0.1", "2001:DB8:2:0::1", "2001:db8:2::1"),
        ("127.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("127.0.0.1", f"{STRANGER}, unknown", "127.0.0.1"),
        ("127.0.0.1", f"{STRANGER}, <script>, 10.0.0.2", "10.0.0.2"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", ",", "127.0.0.1"),
        ("127.0.0.1", ",".join(["10.0.0.1"] * 5000), "10.0.0.1"),
    ],
)
def test_the_client_is_whom_the_last_trusted_proxy_names(client: FlaskClient, peer: str, forwarded: str, seen: str) -> None:
    assert told(client, peer, **{"for": forwarded})[0] == seen


@pytest.mark.parametrize(
    ("forwarded", "scheme"),
    [
        ("https", "https"),
        ("HTTPS", "https"),
        ("http, https", "https"),
        ("https, http", "http"),
        ("javascript", "http"),
        ("", "http"),
    ],
)
def test_the_scheme_is_what_the_nearest_proxy_says(client: FlaskClient, forwarded: str, scheme: str) -> None:
    assert told(client, "127.0.0.1", proto=forwarded)[1] == scheme


@pytest.mark.parametrize(
    "text", ["", "x", "1.2.3", "1.2.3.4.5", "fe80::1%eth0", "fe80::1%<script>", "[::1", "_hidden", "::1]:80"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    found = ip_address_in(text)
    assert found is None or str(found) == "::1"


def test_proxies_are_named_by_setting() -> None:
    told = load(environment={"TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,::1"}).server.trusted_proxies
    assert told == tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "::1")))
    assert load(environment={"VIDEO_AUTOMATION__SERVER__TRUSTED_PROXIES": '["::1"]'}).server.trusted_proxies == told[2:]


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/8", "10.0.0.0/33", "*"])
def test_what_cannot_be_a_proxy_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^TRUSTED_PROXIES: server\.trusted_proxies"):
        load(Path("none.json"), {"TRUSTED_PROXIES": text})
