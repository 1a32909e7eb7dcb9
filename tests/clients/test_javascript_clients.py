"""Uploads by tus-js-client and Uppy, in Node.js and in Chromium, as their users write them."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.instance import PATIENCE_S
from playwright.sync_api import Browser, Error, Page
from thorough import few
from tried import HERE, MB, Service

BY_UPPY = """
([plugin, options, meta]) => new Promise((done) => {
    const file = document.querySelector("#tried").files[0];
    const uppy = new Uppy({ meta }).use({ Tus, XHRUpload }[plugin], { retryDelays: [], ...options });
    uppy.addFile({ name: file.name, type: file.type, data: file });
    uppy.upload().then(({ successful, failed }) => done({
        url: successful[0]?.uploadURL,
        answer: successful[0]?.response?.body,
        status: failed[0]?.response?.status,
        error: failed[0]?.error,
    }));
})
"""
BY_TUS = """
(options) => new Promise((done, failed) => {
    const file = document.querySelector("#tried").files[0];
    const upload = new tus.Upload(file, {
        endpoint: "/files", metadata: { filename: file.name, filetype: file.type }, retryDelays: [],
        onSuccess: () => done(upload.url), onError: (error) => failed(error), ...options,
    });
    upload.start();
})
"""


@pytest.fixture(scope="session")
def bundle(packages: Path) -> Path:
    """The clients as a page loads them."""
    shutil.copy(HERE / "in_browser.js", packages)
    program = packages / "node_modules" / ".bin" / "esbuild"
    command = (program, "in_browser.js", "--bundle", "--format=iife", "--outfile=bundle.js", "--log-level=warning")
    subprocess.run(command, cwd=packages, check=True, timeout=PATIENCE_S)
    return packages / "bundle.js"


@pytest.fixture
def page(chromium: Browser, bundle: Path, service: Service, video: Path) -> Iterator[Page]:
    """A page of the service that has loaded the clients, and in which the video is chosen."""
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(service.address)
    page.add_script_tag(path=bundle)
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'tried' }))")
    page.locator("#tried").set_input_files(video)
    yield page
    context.close()


def in_node(packages: Path, service: Service, file: Path, **options: Any) -> "subprocess.CompletedProcess[str]":
    shutil.copy(HERE / "tus_in_node.mjs", packages)
    command = ("node", "tus_in_node.mjs", f"{service.address}/files/", str(file), json.dumps({"retryDelays": []} | options))
    return subprocess.run(command, check=False, cwd=packages, capture_output=True, text=True, timeout=PATIENCE_S)


AT_ONCE: dict[str, Any] = {}
IN_PIECES = {"chunkSize": 2 * MB}
BY_POST = IN_PIECES | {"overridePatchMethod": True}
FIRST_WITH_ITS_BEGINNING = IN_PIECES | {"uploadDataDuringCreation": True}


@pytest.mark.parametrize(
    "options", few([AT_ONCE, IN_PIECES, BY_POST, FIRST_WITH_ITS_BEGINNING], AT_ONCE, FIRST_WITH_ITS_BEGINNING)
)
def test_tus_js_client_in_node(packages: Path, service: Service, video: Path, options: dict[str, Any]):
    said = {"filename": video.name, "filetype": "video/mp4", "relativePath": "null", "caption": ""}
    done = in_node(packages, service, video, metadata=said, **options)
    assert done.returncode == 0, done.stderr
    assert service.arrived(done.stdout.strip()) == (video.name, video.read_bytes())


def test_tus_js_client_without_a_name(packages: Path, service: Service, video: Path):
    done = in_node(packages, service, video)
    assert done.returncode == 0, done.stderr
    assert service.arrived(done.stdout.strip()) == ("video", video.read_bytes())


def test_tus_js_client_is_told_that_an_archive_is_no_video(packages: Path, service: Service, archive: Path):
    assert "415" in in_node(packages, service, archive, chunkSize=8 * MB).stderr


@pytest.mark.parametrize("options", few([AT_ONCE, IN_PIECES, BY_POST], BY_POST))
def test_tus_js_client_in_a_browser(page: Page, service: Service, video: Path, options: dict[str, Any]):
    assert service.arrived(page.evaluate(BY_TUS, options)) == (video.name, video.read_bytes())


def test_tus_js_client_hears_that_parallel_uploads_are_not_joined(page: Page):
    with pytest.raises(Error, match="no_concatenation"):
        page.evaluate(BY_TUS, {"parallelUploads": 2})


@pytest.mark.parametrize("options", few([AT_ONCE, IN_PIECES], IN_PIECES))
def test_uppy_by_tus(page: Page, service: Service, video: Path, options: dict[str, Any]):
    meta = {"crf": "30", "caption": "", "author": "Зоя"}
    told = page.evaluate(BY_UPPY, ["Tus", {"endpoint": "/files/"} | options, meta])
    assert service.arrived(told["url"]) == (video.name, video.read_bytes())


def test_uppy_by_a_form(page: Page, service: Service, video: Path):
    told = page.evaluate(BY_UPPY, ["XHRUpload", {"endpoint": "/upload", "fieldName": "file"}, {"crf": "30"}])
    assert not told["error"], told
    assert service.arrived(told["answer"]["task_id"]) == (video.name, video.read_bytes())


def test_uppy_is_told_at_once_that_an_archive_is_no_video(page: Page, archive: Path):
    page.locator("#tried").set_input_files(archive)
    sent: list[int] = []
    page.on("request", lambda request: sent.append(1) if request.method == "PATCH" else None)
    told = page.evaluate(BY_UPPY, ["Tus", {"endpoint": "/files", "chunkSize": 8 * MB}, {}])
    assert told["status"] == 415, told
    assert "ZIP archive" in told["error"]
    assert len(sent) == 1
