"""The tokens of share links (signed, for one task and one link, unreadable), and the stored form of passwords."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from video_automation.access.passwords import password_hash, password_matches
from video_automation.access.shares import address, new_share, password_pass, token

TASK = "3f2b8c1e-0d4a-4c6b-9a57-5e0f1d2c3b4a"
SECRET, OTHER = b"s" * 32, b"t" * 32


def test_a_token_says_to_us_alone_which_task_and_link_it_is_of() -> None:
    share = new_share(0.0, for_s=60)
    told = address(SECRET, token(SECRET, TASK, share.id))
    assert told is not None
    assert told.job_id == TASK
    assert (told.opens(share, 59.0), told.opens(share, 60.0), told.opens(None, 0.0)) == (True, False, False)
    assert not told.opens(new_share(0.0, for_s=60), 0.0)
    assert address(OTHER, token(SECRET, TASK, share.id)) is None


def test_a_task_cannot_be_read_in_its_tokens() -> None:
    tokens = [token(SECRET, TASK, new_share(0.0, for_s=60).id) for _ in range(2)]
    assert len(set(tokens)) == 2
    for each in tokens:
        assert UUID(TASK).bytes not in urlsafe_b64decode(each + "==")
        assert TASK not in each


@given(st.integers(0, 43), st.integers(1, 255))
def test_a_token_with_any_byte_changed_is_none(place: int, by: int) -> None:
    read = bytearray(urlsafe_b64decode(token(SECRET, TASK, "a link") + "=="))
    read[place] ^= by
    assert address(SECRET, urlsafe_b64encode(read).decode()) is None


@given(st.text(max_size=80))
def test_no_text_is_a_token(text: str) -> None:
    assert address(SECRET, text) is None


def test_what_a_browser_keeps_is_of_one_link_and_one_password() -> None:
    share = new_share(0.0, for_s=60, password="hash")
    passes = {password_pass(SECRET, each) for each in (share, new_share(0.0, for_s=60, password="hash"))}
    assert len(passes | {password_pass(OTHER, share)}) == 3
    assert password_pass(SECRET, share) in passes


def test_a_password_is_told_from_others_and_kept_with_a_salt() -> None:
    kept = password_hash("sesame")
    assert password_matches("sesame", kept)
    assert not password_matches("Sesame", kept)
    assert password_hash("sesame") != kept
