"""What webhooks contain, how they are signed, where they may be sent, and when they are sent again."""

import json
from dataclasses import replace
from ipaddress import ip_address, ip_network

import pytest

from video_automation.errors import RequestError
from video_automation.jobs.lifecycle.transitions import (
    asked_to_end,
    failed,
    handed_back,
    handed_on,
    reopened,
    retried,
    revoked,
    succeeded,
    taken_up,
    up_for_review,
)
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.webhooks.addresses import check_webhook_url, is_reachable
from video_automation.jobs.webhooks.job_events import event_body, events_of
from video_automation.jobs.webhooks.outbox import (
    FIRST_PAUSE_S,
    GIVEN_UP_AFTER_S,
    LONGEST_PAUSE_S,
    Attempt,
    Delivery,
    after_attempt,
    first_due,
    next_look_at,
    pause_s,
)
from video_automation.jobs.webhooks.receivers import NO_WEBHOOKS, Receiver, Webhooks, deliveries_of
from video_automation.jobs.webhooks.signing import signed_headers, signing_key

pytestmark = pytest.mark.pure

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WAITING = Job(id="1", owner="ann", filename="my talk.mp4", created_at=0)
RUNNING = taken_up(WAITING, 5, "run")
DONE = succeeded(RUNNING, 9, output_filename="x.mp4")
AGAIN = taken_up(reopened(DONE, 10, building="1-a"), 11, "run")
BROKE = Problem("too_slow", "It broke.")


def told(before: Job, after: Job) -> list[str]:
    return [event for event, _ in events_of(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (WAITING, RUNNING, ["task.started"]),
        (RUNNING, DONE, ["task.succeeded"]),
        (RUNNING, up_for_review(RUNNING, 9), ["task.review"]),
        (RUNNING, failed(RUNNING, 9, BROKE), ["task.failed"]),
        (RUNNING, revoked(RUNNING, 9), ["task.cancelled"]),
        (WAITING, asked_to_end(WAITING, 9), ["task.cancelled"]),
        (RUNNING, asked_to_end(RUNNING, 9), []),
        (RUNNING, replace(RUNNING, progress=40), []),
        (RUNNING, handed_back(RUNNING, 9, setback="why"), []),
        (RUNNING, handed_on(RUNNING, 9, yields=False), []),
        (handed_on(RUNNING, 9, yields=False), taken_up(handed_on(RUNNING, 9, yields=False), 10, "other"), []),
        (DONE, reopened(DONE, 10, building="1-a"), []),
        (reopened(DONE, 10, building="1-a"), AGAIN, ["task.started"]),
        (AGAIN, failed(AGAIN, 12, BROKE), ["task.failed"]),
        (AGAIN, revoked(AGAIN, 12), ["task.cancelled"]),
        (AGAIN, succeeded(AGAIN, 12, output_filename="x.mp4"), ["task.succeeded"]),
    ],
)
def test_each_step_of_a_job_tells_what_it_is_and_no_more(before: Job, after: Job, events: list[str]) -> None:
    assert told(before, after) == events


def test_a_clip_is_told_once_and_again_when_the_work_begins_anew() -> None:
    one, two = replace(RUNNING, clips_ready=("a.mp4",)), replace(RUNNING, clips_ready=("a.mp4", "b.mp4"))
    assert events_of(one, two) == (("clip.ready", "b.mp4"),)
    assert events_of(two, two) == ()
    anew = retried(failed(two, 9, BROKE), 10, two.params, building="0-b")
    assert anew.clips_ready == ()


def test_a_body_tells_where_the_task_stands_and_what_went_wrong() -> None:
    after = failed(AGAIN, 12, BROKE)
    told = json.loads(event_body("task.failed", 1_750_000_000.5, after, None))
    links = {"task": "/task/1", "result": "/task/1/result", "page": "/result/1"}
    data = {"task_id": "1", "state": "SUCCESS", "filename": "my talk.mp4", "revision": 0, "links": links}
    problem = {"code": "too_slow", "sentence": "It broke."}
    assert told == {"type": "task.failed", "timestamp": "2025-06-15T15:06:40.500+00:00", "data": data | {"problem": problem}}
    clip = json.loads(event_body("clip.ready", 0, RUNNING, "my talk 1.mp4"))["data"]["links"]["clip"]
    assert clip == "/task/1/files/my%20talk%201.mp4"


def test_receivers_hear_of_what_they_asked_for_and_of_one_event_once() -> None:
    every, some = Receiver("https://every.example/", SECRET), Receiver("https://some.example/", SECRET, ("task.failed",))
    webhooks = Webhooks((every, some), SECRET)
    own = [replace(job, webhook_url=some.url) for job in (WAITING, RUNNING)]

    def urls(before: Job, after: Job) -> list[tuple[str, bool]]:
        return [(one.url, one.of_upload) for one in deliveries_of(webhooks, before, after)]

    assert urls(WAITING, RUNNING) == [(every.url, False)]
    assert urls(RUNNING, failed(RUNNING, 9, BROKE)) == [(every.url, False), (some.url, False)]
    assert urls(*own) == [(every.url, False), (some.url, True)]
    assert deliveries_of(NO_WEBHOOKS, WAITING, RUNNING) == ()
    assert len({one.id for one in deliveries_of(webhooks, *own)}) == 2


def test_nothing_is_sent_to_a_receiver_that_the_settings_no_longer_name() -> None:
    webhooks = Webhooks((Receiver("https://a.example/", SECRET),), "of uploads")
    assert webhooks.secret_of("https://a.example/", of_upload=False) == SECRET
    assert webhooks.secret_of("https://b.example/", of_upload=False) is None
    assert webhooks.secret_of("https://b.example/", of_upload=True) == "of uploads"
    assert NO_WEBHOOKS.secret_of("https://b.example/", of_upload=True) is None


def test_the_signature_is_that_of_the_specification() -> None:
    sent = {"message_id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "at_s": 1614265330, "body": b'{"test": 2432232314}'}
    assert signed_headers(SECRET, **sent) == {  # type: ignore[arg-type]
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize("secret", ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_no base64!"])
def test_what_cannot_be_a_secret_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 random bytes"):
        signing_key(secret)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((text, True) for text in ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8")),
        *((text, False) for text in ("127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1")),
        *((text, False) for text in ("0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "192.0.0.8", "198.18.0.1")),
        *((text, False) for text in ("::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1")),
        *((text, False) for text in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:0:1::1", "::7f00:1")),
    ],
)
def test_only_public_addresses_are_reached(address: str, public: bool) -> None:
    assert is_reachable(ip_address(address), ()) is public


def test_a_network_that_is_named_is_reached_and_no_other() -> None:
    named = (ip_network("10.1.0.0/16"), ip_network("::1/128"))
    reached = [text for text in ("10.1.2.3", "10.2.0.1", "::1", "127.0.0.1") if is_reachable(ip_address(text), named)]
    assert reached == ["10.1.2.3", "::1"]


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://example.org:8080/a?b=c", "https://8.8.8.8/", "https://[2606:4700::1]/"]
)
def test_a_url_that_leads_to_the_public_internet_is_taken(url: str) -> None:
    check_webhook_url(url, ())


@pytest.mark.parametrize(
    ("url", "code"),
    [
        *((f"http://{host}/", "private_webhook") for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0")),
        *((f"http://{host}/", "private_webhook") for host in ("[::1]", "[::ffff:10.0.0.1]", "localhost", "a.localhost.")),
        ("http://169.254.169.254/latest/meta-data", "private_webhook"),
        ("https://ann:secret@example.org/", "wrong_webhook"),
        ("https://ann@example.org/", "wrong_webhook"),
        *((url, "wrong_webhook") for url in ("", "example.org", "ftp://example.org/", "file:///etc/passwd", "https:///a")),
        *((url, "wrong_webhook") for url in ("https://example.org:0/", "https://example.org:99999/", "https://[::1/")),
        *(
            (url, "wrong_webhook")
            for url in ("https://a b/", "https://a\r\nb/", "https://ex\u00e4mple.org/", "https://" + "a" * 2000)
        ),
    ],
)
def test_any_other_url_is_refused(url: str, code: str) -> None:
    with pytest.raises(RequestError) as caught:
        check_webhook_url(url, ())
    assert caught.value.code == code


def test_loopback_by_name_is_taken_where_its_network_is_named() -> None:
    check_webhook_url("http://localhost:9000/", (ip_network("127.0.0.0/8"),))


def test_an_upload_may_name_a_url_only_where_there_is_a_secret_for_it() -> None:
    Webhooks(upload_secret=SECRET).check_upload("https://example.org/")
    with pytest.raises(RequestError) as caught:
        NO_WEBHOOKS.check_upload("https://example.org/")
    assert caught.value.code == "no_webhooks"


def delivery(number: int, url: str = "a", *, next_at: float = 0, created_at: float = 0) -> Delivery:
    return Delivery(str(number), "job", url, "task.started", "{}", of_upload=False, created_at=created_at, next_at=next_at)


def test_pauses_double_up_to_an_hour_and_half_of_each_is_left_to_chance() -> None:
    longest = [pause_s(attempts, chance=1) for attempts in range(1, 40)]
    assert longest[:4] == [FIRST_PAUSE_S, 2 * FIRST_PAUSE_S, 4 * FIRST_PAUSE_S, 8 * FIRST_PAUSE_S]
    assert longest[20:] == [LONGEST_PAUSE_S] * 19
    assert pause_s(3, chance=0) == longest[2] / 2


def test_a_delivery_that_failed_is_sent_again_for_a_day() -> None:
    once = after_attempt(delivery(1), Attempt(500, "It failed."), 100, chance=1)
    assert (once.attempts, once.last_at, once.status, once.next_at) == (1, 100, 500, 100 + FIRST_PAUSE_S)
    assert once.id == "1"
    sent, now = once, 0.0
    while sent.next_at is not None:
        now = sent.next_at
        sent = after_attempt(sent, Attempt(error="Nobody is there."), now, chance=0.5)
    assert GIVEN_UP_AFTER_S - LONGEST_PAUSE_S < now <= GIVEN_UP_AFTER_S
    assert 25 < sent.attempts < 50


def test_a_delivery_that_waited_longer_than_a_day_is_sent_once_all_the_same() -> None:
    late = after_attempt(delivery(1), Attempt(200), 2 * GIVEN_UP_AFTER_S, chance=1)
    assert (late.attempts, late.error, late.next_at) == (1, None, None)


def test_what_arrived_and_what_nobody_wants_is_over() -> None:
    assert after_attempt(delivery(1), Attempt(204), 1, chance=1).next_at is None
    assert after_attempt(delivery(1), Attempt(410, "Gone.", final=True), 1, chance=1).next_at is None


def test_a_later_event_waits_for_an_earlier_one_of_its_receiver_alone() -> None:
    pending = (delivery(1, next_at=50), delivery(2), delivery(3, "b", next_at=20), delivery(4, "b"))
    assert first_due(pending, 10) is None
    assert next_look_at(pending) == 20
    assert (first_due(pending, 30) or pending[0]).id == "3"
    assert next_look_at(()) is None


def test_a_job_that_ends_says_its_state() -> None:
    assert json.loads(event_body("task.cancelled", 0, revoked(RUNNING, 9), None))["data"]["state"] == State.REVOKED
