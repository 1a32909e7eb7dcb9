"""The option `tracks`: a person names the tracks to use; impossible numbers are refused at once."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from tus_client import begun, create, refused, send

from video_automation.jobs.ports import Backend


@pytest.mark.parametrize(("text", "tracks"), [(" ", ()), ("1", (1,)), ("0, 1", (0, 1)), ("[0, 1]", (0, 1))])
def test_tracks_are_named_by_their_numbers(
    client: FlaskClient, backend: Backend, video: bytes, text: str, tracks: tuple[int, ...]
) -> None:
    answer = client.post("/upload", data={"tracks": text, "file": (BytesIO(video), "talk.mp4")})
    assert answer.status_code == 202, answer.text
    assert backend.store.get(answer.json["task_id"]).params.tracks == tracks


@pytest.mark.parametrize("text", ["first", "-1", "64", "1.5", "0;1", "["])
def test_what_is_no_number_of_a_track_is_refused_before_the_upload(client: FlaskClient, video: bytes, text: str) -> None:
    answer = client.post("/upload", data={"tracks": text, "file": (BytesIO(video), "talk.mp4")})
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_option")
    assert answer.json["error"].startswith("tracks: ")
    refused(create(client, len(video), filename="talk.mp4", tracks=text), 400, "wrong_option")


def test_a_track_the_video_does_not_have_is_refused_with_those_it_has(
    client: FlaskClient, backend: Backend, video: bytes
) -> None:
    told = "tracks: track 2 is not there. This video has: 0 (picture, h264), 1 (sound, aac)."
    answer = client.post("/upload", data={"tracks": "2", "file": (BytesIO(video), "talk.mp4")})
    assert (answer.status_code, answer.json["code"], answer.json["error"]) == (400, "wrong_option", told)
    place = begun(client, len(video), filename="talk.mp4", tracks="2")
    refused(send(client, place, 0, video), 400, "wrong_option")
    assert not [file for file in backend.folders.input.rglob("*") if file.is_file()]


def test_the_page_has_a_field_for_them(client: FlaskClient) -> None:
    assert 'name="tracks"' in client.get("/", headers={"Accept": "text/html"}).text
