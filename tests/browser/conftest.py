"""Chromium before the pages: of an app in this process, whose tasks a test moves by hand, or of the whole service."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import PATIENCE_MS
from doors import open_access
from driven import NoQueue, Site
from e2e.instance import running
from e2e.instance import video as make_video
from editor_pages import Opened, SavedPlan, Tab, open_editor, open_tab, saved_plan
from flask import Flask
from lectures import lecture
from models import model_folder
from places import folders_in
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from video_automation.access.repositories import Access
from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.config import Settings
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend, Rules
from video_automation.stores.memory import MemoryOnce, MemoryStore
from video_automation.stores.owners_file import owners_files
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app


class ClosingHandler(WSGIRequestHandler):
    """Closes the file of an answer that the browser no longer wants: where it drops the connection, Werkzeug may forget to."""

    def make_environ(self) -> dict[str, Any]:
        return super().make_environ() | {"answers": []}

    def connection_dropped(self, _: BaseException, environ: dict[str, Any] | None = None) -> None:
        for answer in (environ or {}).get("answers", ()):
            answer.close()


def noting_answers(app: Flask) -> Callable[..., Any]:
    """The app, which notes in the environment of a request what is to be closed after it."""

    def noted(environ: dict[str, Any], start: Any) -> Any:
        answer = app(environ, start)
        environ["answers"].append(answer)
        return answer

    return noted


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page; an error in its script fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    if not page.is_closed():
        page.evaluate("0")  # events of the page arrive while it is spoken to
    in_use = tuple(errors)
    context.close()  # breaks off what the page still loads: no fault of its scripts
    assert not in_use


@pytest.fixture
def access() -> Access:
    return open_access()


@pytest.fixture
def site(tmp_path: Path, access: Access, chromium: Browser) -> Iterator[Site]:
    folders = folders_in(tmp_path)
    model = SpeechModel(str(model_folder(tmp_path / "models" / "base", 99)))
    rules = Rules(max_upload_bytes=64_000_000, reserve_bytes=0, model=model)
    backend = Backend(MemoryStore(), NoQueue(), folders, rules, MemoryOnce(), *owners_files(tmp_path))
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    app = create_app(backend, access, health, settings=Settings(), version="1", log_file=tmp_path / "pipeline.log")
    server = make_server("127.0.0.1", 0, noting_answers(app), threaded=True, request_handler=ClosingHandler)
    server.daemon_threads = False  # type: ignore[attr-defined]  # closing it waits for answers under way, and so for their files
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield Site(f"http://127.0.0.1:{server.port}", backend)
    for context in chromium.contexts:
        for page in context.pages:
            page.goto("about:blank")  # what it still loads would fail without the server
    server.shutdown()
    thread.join()
    server.server_close()


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


@pytest.fixture
def task(site: Site, tmp_path: Path) -> Job:
    """A finished task for the editor."""
    return lecture(site, tmp_path.parent / "lectures")


@pytest.fixture
def opened(page: Page, site: Site, task: Job) -> Opened:
    return lambda: open_editor(page, site, task)


@pytest.fixture
def tab(opened: Opened) -> Tab:
    return lambda name: open_tab(opened, name)


@pytest.fixture
def plan(page: Page, site: Site, task: Job) -> SavedPlan:
    return lambda: saved_plan(page, site, task)
