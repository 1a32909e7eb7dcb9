"""How much script a page loads, compressed as it is served, when it is opened for the first time."""

from pathlib import Path

import pytest
from driven import Site
from page_states import Reach, editor, home_with_tasks, result
from playwright.sync_api import Page, Request

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.mark.parametrize(("state", "most_bytes"), [(home_with_tasks, 40_000), (result, 40_000), (editor, 160_000)])
def test_a_page_loads_no_more_script_than_it_may(
    state: Reach, most_bytes: int, page: Page, site: Site, media: Path, capsys: pytest.CaptureFixture[str]
):
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    state(page, site, media)
    page.wait_for_load_state("networkidle")
    scripts = [request for request in asked if _is_script(request)]
    loaded = sum(request.sizes()["responseBodySize"] for request in scripts)
    with capsys.disabled():
        print(f" {loaded / 1000:.1f} kB of script in {len(scripts)} files", end=" ")
    assert {request.response().header_value("content-encoding") for request in scripts} <= {"br", None}  # type: ignore[union-attr]
    assert 5_000 < loaded <= most_bytes


def _is_script(request: Request) -> bool:
    answer = request.response()
    return answer is not None and ("javascript" in answer.headers.get("content-type", "") or request.url.endswith(".wasm"))
