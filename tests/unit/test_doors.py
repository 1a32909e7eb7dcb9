"""When the service needs no key, and when it makes a first one."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from video_automation import bootstrap
from video_automation.access.keys import digest
from video_automation.config import Settings, load
from video_automation.errors import SettingsError
from video_automation.key_commands import keys


def settings(data: Path, host: str, **access: Any) -> Settings:
    return Settings.model_validate({"data_folder": data, "server": {"host": host}, "access": access})


def is_open(given: Settings) -> bool:
    return bootstrap.redis_access(given).is_open


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_on_this_machine_alone_it_is_open(tmp_path: Path, host: str) -> None:
    given = settings(tmp_path, host)
    assert bootstrap.first_key(given) is None
    assert is_open(given)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "example.org"])
def test_anywhere_else_a_key_is_made_once_and_opens_it(tmp_path: Path, host: str) -> None:
    given = settings(tmp_path, host)
    made = bootstrap.first_key(given)
    assert made is not None
    assert bootstrap.first_key(given) is None
    access = bootstrap.redis_access(given)
    assert not access.is_open
    key = access.keys().opened_by(made)
    assert key is not None
    assert (key.owner, key.operator) == ("local", True)


def test_back_on_this_machine_alone_that_key_is_not_asked_for(tmp_path: Path) -> None:
    assert bootstrap.first_key(settings(tmp_path, "0.0.0.0"))
    assert is_open(settings(tmp_path, "127.0.0.1"))


def test_nobody_gives_that_keys_name_to_one_that_shall_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(tmp_path, "127.0.0.1")
    monkeypatch.setattr(bootstrap, "settings", lambda: given)
    told = CliRunner().invoke(keys, ["add", bootstrap.FIRST_KEY])
    assert isinstance(told.exception, SettingsError)
    assert bootstrap.key_file(given).keys() == ()


@pytest.mark.parametrize("access", [{"api_keys": ["ann:hush-hush"]}, {"admin_key": "hush-hush"}])
def test_a_key_that_somebody_set_is_asked_for_everywhere(tmp_path: Path, access: dict[str, Any]) -> None:
    for host in ("127.0.0.1", "0.0.0.0"):
        given = settings(tmp_path, host, **access)
        assert bootstrap.first_key(given) is None
        assert not is_open(given)


def test_keys_come_from_the_environment(tmp_path: Path) -> None:
    given = load(tmp_path / "none.json", {"API_KEYS": "ann:hush-hush-1, hush-hush-2", "ADMIN_KEY": "hush-hush-3"})
    admin, ann, unnamed = given.access.keys
    assert (admin.name, admin.operator, ann.name, ann.operator, unnamed.operator) == ("admin", True, "ann", False, False)
    assert [key.sha256 for key in given.access.keys] == [digest(f"hush-hush-{n}") for n in (3, 1, 2)]


@pytest.mark.parametrize(
    ("access", "guessable"),
    [
        ({}, 0),
        ({"api_keys": ["a-name-of-many-letters:" + 19 * "x", 19 * "x"], "admin_key": 19 * "x"}, 3),
        ({"api_keys": ["ann:" + 20 * "x", 20 * "x"], "admin_key": 20 * "x"}, 0),
    ],
)
def test_keys_that_may_be_guessed_are_counted(tmp_path: Path, access: dict[str, Any], guessable: int) -> None:
    assert settings(tmp_path, "127.0.0.1", **access).access.guessable == guessable
