"""A person's hands before a page: what they click, press and type is counted."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from benchmarks.browsing import drag

MOST_TABS = 300


@dataclass
class Hands:
    """Whatever is done by these is counted: a click, a drag of the mouse, a key or keys held together, a word that is typed."""

    page: Page
    count: int = 0

    def click(self, place: Locator) -> None:
        place.click()
        self.count += 1

    def drag(self, start: Locator, end: Locator) -> None:
        """From the beginning of one word to the end of another."""
        start.scroll_into_view_if_needed()
        drag(self.page, start, end)
        self.count += 1

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.count += times

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text.split())

    def reach(self, place: Locator) -> None:
        """Presses Tab until something has the focus."""
        for _ in range(MOST_TABS):
            if place.evaluate("element => element.contains(document.activeElement)"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {place}.")
