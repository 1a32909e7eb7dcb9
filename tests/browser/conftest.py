"""Chromium before the pages: of an app in this process, whose tasks a test moves by hand, or of the whole service."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import PATIENCE_MS
from doors import open_access
from driven import NoQueue, Site
from e2e.instance import running
from e2e.instance import video as make_video
from models import model_folder
from places import folders_in
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from video_automation.access.repositories import Access
from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.config import Settings
from video_automation.jobs.ports import Backend, Rules
from video_automation.stores.glossary_file import GlossaryFile
from video_automation.stores.memory import MemoryOnce, MemoryStore
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page; an error in its script fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


@pytest.fixture
def access() -> Access:
    return open_access()


@pytest.fixture
def site(tmp_path: Path, access: Access) -> Iterator[Site]:
    folders = folders_in(tmp_path)
    model = SpeechModel(str(model_folder(tmp_path / "models" / "base", 99)))
    rules = Rules(max_upload_bytes=64_000_000, reserve_bytes=0, model=model)
    glossaries = GlossaryFile(tmp_path / "glossaries.json")
    backend = Backend(MemoryStore(), NoQueue(), folders, rules, MemoryOnce(), glossaries)
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    app = create_app(backend, access, health, settings=Settings(), version="1", log_file=tmp_path / "pipeline.log")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = False  # type: ignore[attr-defined]  # closing it waits for answers under way, and so for their files
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield Site(f"http://127.0.0.1:{server.port}", backend)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds with a tone that pauses every other second."""
    return make_video(tmp_path_factory.mktemp("videos") / "my talk.mp4", 6)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole service, with a worker that works."""
    with running(tmp_path_factory.mktemp("service") / "data") as instance:
        yield instance.address
