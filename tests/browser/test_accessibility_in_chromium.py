"""axe-core finds nothing wrong in any state of any page, on desktop and phone, light and dark; all controls stand out."""

from pathlib import Path

import pytest
from accessibility import OTHERS, flaws
from doors import ADMIN, keyed_access
from driven import Site
from page_states import STATES, Reach
from playwright.sync_api import Page, expect

from video_automation.access.repositories import Access

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_is_wrong(state: Reach, page: Page, site: Site, media: Path):
    state(page, site, media)
    assert flaws(page) == []


@pytest.mark.thorough
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nor_in_the_other_theme(state: Reach, page: Page, site: Site, media: Path):
    state(page, site, media)
    assert flaws(page, OTHERS) == []


@pytest.mark.thorough
def test_nothing_is_wrong_in_the_description_of_the_api(page: Page, site: Site):
    page.goto(f"{site.address}/docs")
    assert flaws(page) == []


class TestWithKeys:
    @pytest.fixture
    def access(self) -> Access:
        return keyed_access()

    def test_nothing_is_wrong_where_one_signs_in_and_then(self, page: Page, site: Site):
        page.goto(f"{site.address}/sign-in")
        page.get_by_label("Key").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert flaws(page) == []
        page.get_by_label("Key").fill(ADMIN)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("link", name="Operator page")).to_be_visible()
        assert flaws(page) == []
