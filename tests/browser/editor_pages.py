"""Opens the editor in a browser, and reads the plan that it has saved."""

from collections.abc import Callable
from typing import Any

from driven import Site
from playwright.sync_api import Locator, Page, expect

from video_automation.jobs.model import Job

Opened = Callable[[], Page]
"""Opens the editor; gives its page once the plan is loaded."""
Tab = Callable[[str], Locator]
"""Opens the editor at the tab of this name; gives the panel of the tab."""
SavedPlan = Callable[[], dict[str, Any]]
"""Waits until one change is saved; gives the plan on the server."""


def open_editor(page: Page, site: Site, task: Job) -> Page:
    """Opens the editor of a task; returns once the plan is loaded."""
    page.goto(f"{site.address}/task/{task.id}/edit")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    return page


def open_tab(opened: Opened, name: str) -> Locator:
    """Opens the editor at a tab; gives the panel of the tab."""
    page = opened()
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def saved_plan(page: Page, site: Site, task: Job) -> dict[str, Any]:
    """The plan on the server, once one change in the open editor is saved."""
    expect(page.locator("[data-told]")).to_have_text("1 change")
    told: dict[str, Any] = page.request.get(f"{site.address}/task/{task.id}/plan").json()
    return told
