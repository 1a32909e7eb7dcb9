"""Keys, and the file that keeps them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from video_automation.access.key_lookup import key_of
from video_automation.access.keys import Key, Keyring, digest, is_guessable, key_from_text, new_secret
from video_automation.access.quotas import Quotas
from video_automation.access.repositories import Access, Rate, Rates
from video_automation.errors import KeyNeededError, SettingsError, TooManyRequestsError
from video_automation.stores.key_file import KeyFile, secret
from video_automation.stores.memory_access import MemorySessions, MemoryThrottle

KEY = Key("ann", "ann", digest("s3cret"), quotas=Quotas(films_a_day=3, bytes_held=10))


def test_a_new_secret_is_long_and_different_each_time() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert not any(map(is_guessable, made))


def test_a_key_can_be_written_as_a_name_and_a_secret_or_as_a_secret_alone() -> None:
    assert key_from_text("ann:s3cret") == Key("ann", "ann", digest("s3cret"))
    alone = key_from_text("s3cret")
    assert alone.sha256 == digest("s3cret")
    assert alone.owner == alone.name != key_from_text("other").name
    assert key_from_text("ann:with:colons").sha256 == digest("with:colons")


@pytest.mark.parametrize(
    "text", ["", ":", "ann:", "a b:hush-hush", "../x:hush-hush", "ann:hush hush", "ann:hüsch-hush", "ann:hush-hush\n\0"]
)
def test_what_cannot_be_a_key_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(ValueError, match="key") as caught:
        key_from_text(text)
    assert "hush" not in str(caught.value)


def test_keys_are_kept_by_hash_for_this_user_alone(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "data" / "keys.json")
    assert file.keys() == ()
    file.change(lambda keys: (*keys, KEY))
    assert KeyFile(file.path).keys() == (KEY,)
    assert "s3cret" not in file.path.read_text()
    assert (file.path.stat().st_mode & 0o777, file.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_keys_added_at_once_are_all_there(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: file.change(lambda keys: (*keys, replace(KEY, name=f"key{n}"))), range(40)))
    assert len(file.keys()) == 40


def test_a_broken_file_of_keys_opens_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text('[{"name": "ann"}]')
    with pytest.raises(SettingsError, match=r"keys\.json"):
        KeyFile(tmp_path / "keys.json").keys()


def test_the_secret_of_share_links_is_made_once(tmp_path: Path) -> None:
    made = secret(tmp_path / "secret")
    assert len(made) == 32
    assert secret(tmp_path / "secret") == made
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


class TestGuessing:
    RATES = Rates(failures=Rate(3))

    def access(self, *secrets: str) -> Access:
        keys = Keyring(tuple(Key(f"key{n}", "ann", digest(given)) for n, given in enumerate(secrets)))
        return Access(False, lambda: keys, MemorySessions(), MemoryThrottle(lambda: 0.0), b"", self.RATES)

    def fail(self, access: Access, address: str, times: int) -> None:
        for _ in range(times):
            with pytest.raises((KeyNeededError, TooManyRequestsError)):
                key_of(access, "wrong", address)

    def test_wrong_keys_are_refused_then_made_to_wait(self) -> None:
        access = self.access("right-and-long-enough")
        for _ in range(3):
            with pytest.raises(KeyNeededError):
                key_of(access, "wrong", "1.2.3.4")
        with pytest.raises(TooManyRequestsError) as caught:
            key_of(access, "wrong", "1.2.3.4")
        assert caught.value.retry_after_s == 20

    def test_who_waits_as_long_as_they_were_told_is_not_refused_for_haste_again(self) -> None:
        now = 0.0
        access = replace(self.access(), throttle=MemoryThrottle(lambda: now), rates=Rates(failures=Rate(25)))
        for _ in range(25):
            with pytest.raises(KeyNeededError):
                key_of(access, "wrong", "1.2.3.4")
        with pytest.raises(TooManyRequestsError) as caught:
            key_of(access, "wrong", "1.2.3.4")
        now += caught.value.retry_after_s
        with pytest.raises(KeyNeededError):
            key_of(access, "wrong", "1.2.3.4")

    def test_a_key_nobody_can_guess_opens_even_then(self) -> None:
        access = self.access("right-and-long-enough")
        self.fail(access, "1.2.3.4", 50)
        assert key_of(access, "right-and-long-enough", "1.2.3.4").name == "key0"

    def test_a_short_one_is_not_even_looked_for(self) -> None:
        access = self.access("1234")
        self.fail(access, "1.2.3.4", 3)
        with pytest.raises(TooManyRequestsError):
            key_of(access, "1234", "1.2.3.4")
        assert key_of(access, "1234", "5.6.7.8").name == "key0"

    def test_of_many_sent_at_once_no_more_are_looked_for_than_may_be(self) -> None:
        looked: list[int] = []

        def keys() -> Keyring:
            looked.append(1)
            if len(looked) < 10:  # the next key is added while this one is looked up
                self.fail(access, "1.2.3.4", 1)
            return Keyring()

        access = replace(self.access(), keys=keys)
        self.fail(access, "1.2.3.4", 1)
        assert len(looked) == 3

    def test_but_where_it_has_opened_before(self) -> None:
        access = self.access("1234")
        assert key_of(access, "1234", "1.2.3.4").name == "key0"
        self.fail(access, "1.2.3.4", 50)
        assert key_of(access, "1234", "1.2.3.4").name == "key0"
