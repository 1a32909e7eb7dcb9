"""Chromium before the pages: of an app in this process, whose tasks a test moves by hand, or of the whole service."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import PATIENCE_MS
from doors import open_access
from driven import NoQueue, Site
from e2e.instance import running
from e2e.instance import video as make_video
from flask import Flask
from models import model_folder
from places import folders_in
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from video_automation.access.repositories import Access
from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.config import Settings
from video_automation.jobs.ports import Backend, Rules
from video_automation.stores.memory import MemoryOnce, MemoryStore
from video_automation.stores.owners_file import owners_files
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app

ENDS_WITHIN_S = 5


class Stage:
    """What a server answers with: another app in each test, at one address, so that a browser reads the scripts once."""

    address: str
    app: Flask

    def __init__(self) -> None:
        self._answers = 0
        self._changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """The app's answer, noted in the environment of the request: it is closed after it."""
        answer = self.app(environ, start)
        environ["answers"].append(answer)
        return answer

    @contextmanager
    def answering(self) -> Iterator[None]:
        with self._changed:
            self._answers += 1
        try:
            yield
        finally:
            with self._changed:
                self._answers -= 1
                self._changed.notify()

    def next(self, app: Flask) -> None:
        """Another app answers; what the one before still sends to pages that are gone ends first, and its files are closed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._answers, ENDS_WITHIN_S)
        self.app = app


class ClosingHandler(WSGIRequestHandler):
    """Closes the file of an answer that the browser no longer wants: where it drops the connection, Werkzeug may forget to."""

    def run_wsgi(self) -> None:
        with self.server.app.answering():
            super().run_wsgi()

    def make_environ(self) -> dict[str, Any]:
        return super().make_environ() | {"answers": []}

    def connection_dropped(self, _: BaseException, environ: dict[str, Any] | None = None) -> None:
        for answer in (environ or {}).get("answers", ()):
            answer.close()


class Window:
    """Pages are opened in it, with one cache: a fresh one after a page that was closed, or whose clock a test took over."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._context: BrowserContext | None = None

    def open(self) -> Page:
        if not self._context:
            self._context = self._browser.new_context(viewport={"width": 1280, "height": 800})
            self._context.set_default_timeout(PATIENCE_MS)
        return self._context.new_page()

    def leave(self, page: Page) -> None:
        """Closes a page; the next one finds nothing of it but what is in the cache."""
        if page.is_closed() or page.evaluate(LEAVING):
            self.close()
        else:
            page.close()
            page.context.clear_cookies()
            page.context.clear_permissions()

    def close(self) -> None:
        if self._context:
            self._context.close()
        self._context = None


LEAVING = """() => {
    try { localStorage.clear(); } catch {}
    return "__pwClock" in window;
}"""
"""Forgets what the page keeps, and tells whether its clock is a test's."""


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[Window]:
    window = Window(chromium)
    yield window
    window.close()


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    """A fresh page; an error in its script fails the test."""
    page = window.open()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    if not page.is_closed():
        page.evaluate("0")  # events of the page arrive while it is spoken to
    in_use = tuple(errors)
    window.leave(page)  # breaks off what the page still loads: no fault of its scripts
    assert not in_use


@pytest.fixture
def access() -> Access:
    return open_access()


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    stage = Stage()
    server = make_server("127.0.0.1", 0, stage, threaded=True, request_handler=ClosingHandler)
    stage.address = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield stage
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(tmp_path: Path, access: Access, stage: Stage) -> Site:
    folders = folders_in(tmp_path)
    model = SpeechModel(str(model_folder(tmp_path / "models" / "base", 99)))
    rules = Rules(max_upload_bytes=64_000_000, reserve_bytes=0, model=model)
    backend = Backend(MemoryStore(), NoQueue(), folders, rules, MemoryOnce(), *owners_files(tmp_path))
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    stage.next(create_app(backend, access, health, settings=Settings(), version="1", log_file=tmp_path / "pipeline.log"))
    return Site(stage.address, backend)


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds with a tone that pauses every other second."""
    return make_video(tmp_path_factory.mktemp("videos") / "my talk.mp4", 6)


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for small videos that are made once."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole service, with a worker that works."""
    with running(tmp_path_factory.mktemp("service") / "data") as instance:
        yield instance.address
