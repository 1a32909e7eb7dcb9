"""Downloads for a platform: what is published there, and the texts to paste."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from doors import ANN, BOB, bearer, keyed_access
from flask.testing import FlaskClient
from linked import link_to, to_share
from places import on_disk, write_manifest
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access
from video_automation.editing.publishing.platforms import PLATFORMS, text_for
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest


@pytest.fixture
def access() -> Access:
    return keyed_access()


@pytest.fixture
def shared(backend: Backend, finished: Job) -> Job:
    job = to_share(backend, finished)
    output = on_disk(backend, job.id).result(job)
    made = manifest.read_manifest(output.manifest)
    write_manifest(
        replace(made, description="About it.\n\n0:00 Start\n1:05 End", hashtags=("#a", "#b", "#c", "#d", "#e", "#f")),
        output.manifest,
    )
    return job


@pytest.fixture
def download(client: FlaskClient, shared: Job) -> Callable[..., TestResponse]:
    def download(name: str, key: str = ANN) -> TestResponse:
        return client.get(f"/task/{shared.id}/platforms/{name}.zip", headers=bearer(key))

    return download


def packed(answer: TestResponse) -> zipfile.ZipFile:
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text
    assert answer.content_length == len(answer.data)
    opened = zipfile.ZipFile(io.BytesIO(answer.data))
    assert opened.testzip() is None
    assert {one.compress_type for one in opened.infolist()} == {zipfile.ZIP_STORED}
    return opened


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("youtube", ["processed_video.mp4", "t.jpg", "v.jpg", "v.mp4", "video.srt", "youtube.txt"]),
        ("linkedin", ["linkedin.txt", "processed_video.mp4", "t.jpg", "v.jpg", "v.mp4", "video.srt"]),
        ("tiktok", ["tiktok.txt", "v.jpg", "v.mp4"]),
        ("instagram", ["instagram.txt", "v.jpg", "v.mp4"]),
    ],
)
def test_a_platform_gets_what_it_takes(download: Callable[..., TestResponse], name: str, files: list[str]):
    answer = download(name)
    assert sorted(packed(answer).namelist()) == files
    assert answer.headers["Content-Disposition"] == f"attachment; filename=my_talk_{name}.zip"


def test_the_texts_are_in_the_order_they_are_pasted_in(download: Callable[..., TestResponse]):
    youtube = packed(download("youtube")).read("youtube.txt").decode()
    assert youtube.split("\n\n\n") == [
        "TITLE\n\nA <title>",
        "DESCRIPTION\n\nAbout it.\n\n0:00 Start\n1:05 End\n\n#a #b #c #d #e #f",
        "CLIPS\n\nv.mp4: A <clip>\n",
    ]
    instagram = packed(download("instagram")).read("instagram.txt").decode()
    assert instagram.startswith("TEXT\n\nA <title>\n\nAbout it.\n\n#a #b #c #d #e\n\n\n"), "five hashtags, no chapters"


def test_chapters_that_a_persons_own_description_lacks_are_added_to_it():
    told = text_for(PLATFORMS["youtube"], title="A", description="Mine.", chapters=("0:00 Start", "1:05 End"), hashtags=())
    assert told == "Mine.\n\n0:00 Start\n1:05 End"


def test_a_platform_that_is_not_listed_and_a_task_of_others_are_unknown(download: Callable[..., TestResponse]):
    answer = download("myspace")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_platform")
    assert "youtube, tiktok" in answer.json["error"]
    assert download("youtube", BOB).status_code == 404


def test_a_task_without_a_result_has_none(client: FlaskClient, put: Callable[..., Job]):
    job = put(5, owner="ann", state=State.PROGRESS)
    answer = client.get(f"/task/{job.id}/platforms/youtube.zip", headers=bearer(ANN))
    assert (answer.status_code, answer.json["code"]) == (409, "not_done")


@pytest.mark.parametrize(
    ("downloads", "files"),
    [
        (["video"], ["processed_video.mp4", "t.jpg"]),
        (["clips"], ["v.jpg", "v.mp4"]),
        (["captions"], ["video.srt"]),
        (["video", "clips", "captions"], ["processed_video.mp4", "t.jpg", "v.jpg", "v.mp4", "video.srt"]),
    ],
)
def test_guests_get_what_their_link_offers_and_no_texts(
    client: FlaskClient, shared: Job, downloads: list[str], files: list[str]
):
    link = link_to(client, shared, downloads=downloads)
    assert sorted(packed(client.get(f"{link}/platforms/youtube.zip")).namelist()) == files
    assert f"{link}/platforms/youtube.zip" in client.get(link, headers={"Accept": "text/html"}).text


def test_guests_get_nothing_where_their_link_offers_nothing_of_it(client: FlaskClient, shared: Job):
    link = link_to(client, shared, downloads=["video"])
    assert client.get(f"{link}/platforms/tiktok.zip").json["code"] == "unknown_file"
    assert "tiktok.zip" not in client.get(link, headers={"Accept": "text/html"}).text
    assert client.get(f"{link}/platforms/x.zip").json["code"] == "unknown_platform"
    closed = link_to(client, shared, password="sesame")
    assert client.get(f"{closed}/platforms/youtube.zip").status_code == 401
