"""An upload in a real browser whose connection breaks, whose page is closed, or that is cancelled."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import pytest
from driven import Site
from playwright.sync_api import Page, expect

MB = 1 << 20


class Line(ThreadingTCPServer):
    """A proxy to the site that breaks off after so many bytes, and refuses connections until it is repaired."""

    def __init__(self, site: Site, breaks_after: int) -> None:
        super().__init__(("127.0.0.1", 0), Carrier)
        place = urlsplit(site.address)
        self.site, self.left, self.mended = (place.hostname, place.port), breaks_after, False
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def carries(self, count: int) -> bool:
        self.left -= count
        return self.mended or self.left >= 0


class Carrier(BaseRequestHandler):
    """One connection through the proxy."""

    server: Line

    def handle(self) -> None:
        with socket.create_connection(self.server.site) as far:
            back = threading.Thread(target=carry, args=(far, self.request, lambda _: True))
            back.start()
            carry(self.request, far, self.server.carries)
            back.join()


def carry(source: socket.socket, target: socket.socket, carries: Callable[[int], bool]) -> None:
    """Copies bytes from one socket to the other until either is closed or the proxy breaks; then closes both."""
    with suppress(OSError):
        while (block := source.recv(1 << 16)) and carries(len(block)):
            target.sendall(block)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def long_video(video: Path, tmp_path: Path) -> Path:
    """A video with the size of three pieces: a real one, followed by bytes that players skip."""
    file = tmp_path / "long talk.mp4"
    file.write_bytes(video.read_bytes() + (20 * MB).to_bytes(4) + b"free" + bytes(range(256)) * (20 * MB // 256))
    return file


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    """A proxy that breaks during the second piece."""
    with Line(site, breaks_after=12 * MB) as line:
        thread = threading.Thread(target=line.serve_forever)
        thread.start()
        yield line
        line.shutdown()
        thread.join()


def begin(page: Page, address: str, video: Path) -> None:
    page.goto(address)
    page.get_by_label("Choose a file").set_input_files(video)
    page.get_by_role("button", name="Upload and process").click()


def arrived(site: Site) -> bytes:
    (source,) = site.backend.folders.input.glob("*/source")
    return source.read_bytes()


def test_a_connection_that_drops_is_told_of_and_the_video_arrives_whole(site: Site, line: Line, page: Page, long_video: Path):
    begin(page, line.address, long_video)
    expect(page.get_by_text("Connection lost. Going on in")).to_be_visible()
    (half,) = site.backend.folders.input.glob("*/source.part")
    assert 8 * MB <= half.stat().st_size < 12 * MB
    line.mended = True
    page.wait_for_url(re.compile("/task/"))
    expect(page.get_by_role("heading", name="long talk.mp4")).to_be_visible()
    assert arrived(site) == long_video.read_bytes()
    assert page.evaluate("localStorage.length") == 0


def test_a_page_that_is_loaded_again_goes_on_where_the_same_video_is_chosen(
    site: Site, line: Line, page: Page, long_video: Path
):
    begin(page, line.address, long_video)
    expect(page.get_by_text("Connection lost. Going on in")).to_be_visible()
    line.mended = True
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(line.address)
    page.get_by_label("Choose a file").set_input_files(long_video)
    expect(page.get_by_text("is already here. We'll continue, with the options you chose then.")).to_be_visible()
    first = []
    page.on("request", lambda request: first.append(request.headers["upload-offset"]) if request.method == "PATCH" else None)
    page.get_by_role("button", name="Upload and process").click()
    page.wait_for_url(re.compile("/task/"))
    assert int(first[0]) >= 8 * MB
    assert arrived(site) == long_video.read_bytes()


def test_a_cancelled_upload_leaves_nothing(site: Site, line: Line, page: Page, long_video: Path):
    begin(page, line.address, long_video)
    expect(page.get_by_text("Connection lost. Going on in")).to_be_visible()
    line.mended = True
    page.get_by_role("button", name="Cancel upload").click()
    expect(page.get_by_text("The upload was cancelled. Nothing was kept.")).to_be_visible()
    assert list(site.backend.folders.input.glob("*-*")) == []
    assert page.evaluate("localStorage.length") == 0


def test_an_archive_is_refused_after_its_first_piece(site: Site, page: Page, tmp_path: Path):
    archive = tmp_path / "talk.zip"
    archive.write_bytes(b"PK\x03\x04" + bytes(40 * MB))
    pieces: list[str] = []
    page.on("request", lambda request: pieces.append(request.url) if request.method == "PATCH" else None)
    begin(page, site.address, archive)
    expect(page.get_by_text("This is a ZIP archive, not a video.")).to_be_visible()
    assert len(pieces) == 1
    assert list(site.backend.folders.input.glob("*-*")) == []
    assert page.evaluate("localStorage.length") == 0
