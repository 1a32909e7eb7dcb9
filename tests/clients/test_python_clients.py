"""Uploads with tuspy, requests and aiohttp, in the way of their documentation."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pytest
import requests
from e2e.instance import PATIENCE_S
from thorough import few
from tried import MB, Service

aiohttp = pytest.importorskip("aiohttp")
tus = pytest.importorskip("tusclient.client")
Result = TypeVar("Result")
NAMES = ("дом.mp4", 'the "best" of.mp4', "50% off.mp4", "a%20b; c.mp4", "C:\\Users\\me\\talk.mp4")
AS_THEY_COME = {"filetype": "video/mp4", "relativePath": "", "name": "other.mp4", "is_confidential": "yes"}


@pytest.fixture
def stream(video: Path) -> Iterator[BinaryIO]:
    """The video, opened: tuspy does not close what it opens."""
    with video.open("rb") as stream:
        yield stream


@pytest.mark.parametrize("place", ["/files", "/files/"])
def test_tuspy_sends_a_video_in_pieces(service: Service, video: Path, stream: BinaryIO, place: str):
    said = {"filename": video.name, "crf": "30"} | AS_THEY_COME
    uploader = tus.TusClient(service.address + place).uploader(
        file_stream=stream, chunk_size=2 * MB, metadata=said, upload_checksum=True
    )
    uploader.upload()
    assert service.arrived(uploader.url) == (video.name, video.read_bytes())


def test_tuspy_sends_a_video_at_once_and_without_a_name(service: Service, video: Path, stream: BinaryIO):
    uploader = tus.TusClient(f"{service.address}/files").uploader(file_stream=stream)
    uploader.upload()
    assert service.arrived(uploader.url) == ("video", video.read_bytes())


def test_tuspy_goes_on_where_it_was_stopped(service: Service, video: Path, stream: BinaryIO):
    client = tus.TusClient(f"{service.address}/files")
    first = client.uploader(file_stream=stream, chunk_size=2 * MB, metadata={"name": video.name})
    first.upload(stop_at=2 * MB)
    second = client.uploader(file_stream=stream, chunk_size=2 * MB, url=first.url)
    assert second.offset == 2 * MB
    second.upload()
    assert service.arrived(second.url) == (video.name, video.read_bytes())


def test_tuspy_sends_a_video_asynchronously(service: Service, video: Path, stream: BinaryIO):
    uploader = tus.TusClient(f"{service.address}/files").async_uploader(
        file_stream=stream, chunk_size=MB, metadata={"filename": video.name} | AS_THEY_COME
    )
    to_its_end(uploader.upload())
    assert service.arrived(uploader.url) == (video.name, video.read_bytes())


def test_tuspy_is_told_what_is_wrong(service: Service, stream: BinaryIO):
    uploader = tus.TusClient(f"{service.address}/files").uploader(file_stream=stream, metadata={"crf": "loud"})
    with pytest.raises(pytest.importorskip("tusclient.exceptions").TusCommunicationError) as refused:
        uploader.upload()
    assert refused.value.status_code == 400


def to_its_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs a coroutine in a thread of its own, since the browser of another test may have an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.mark.parametrize("name", few(NAMES, 'the "best" of.mp4', "дом.mp4"))
def test_requests_and_aiohttp_send_a_form_and_the_name_is_the_one_meant(service: Service, video: Path, name: str):
    meant = name.rpartition("\\")[2]
    content = video.read_bytes()
    by_requests = requests.post(f"{service.address}/upload", files={"file": (name, content)}, timeout=PATIENCE_S)
    assert (by_requests.status_code, by_requests.json()["filename"]) == (202, meant)
    assert service.arrived(by_requests.json()["task_id"])[1] == content
    status, told = to_its_end(_by_aiohttp(service, name, content))
    assert (status, told["filename"]) == (202, meant)
    assert service.arrived(told["task_id"])[1] == content


async def _by_aiohttp(service: Service, name: str, content: bytes) -> tuple[int, dict[str, str]]:
    form = aiohttp.FormData()
    form.add_field("file", BytesIO(content), filename=name, content_type="video/mp4")
    async with aiohttp.ClientSession() as session, session.post(f"{service.address}/upload", data=form) as answer:
        return answer.status, await answer.json(content_type=None)


def test_an_archive_is_refused_before_all_of_it_is_sent(service: Service, archive: Path):
    with archive.open("rb") as file:
        answer = requests.post(f"{service.address}/upload", files={"file": ("talk.mp4", file)}, timeout=PATIENCE_S)
    assert (answer.status_code, answer.json()["code"]) == (415, "not_a_film")
    assert "ZIP" in answer.json()["error"]
