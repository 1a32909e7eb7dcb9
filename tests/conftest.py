"""Fixtures that several kinds of tests share."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pure
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile(
    "same",
    deadline=None,  # a slow machine is no defect
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="FUZZ_EXAMPLES" not in os.environ,  # `make fuzz` looks for new examples
)
settings.register_profile("quick", settings.get_profile("same"), max_examples=10)  # `make check` has it, `make test` the first
settings.load_profile("same")
_REPOSITORY = Path(__file__).parent.parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if config.option.markexpr.startswith("pure") and not pure.holds_any(collection_path) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    pure.mark(items)
    for item in items:
        if "corpus" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.thorough)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with pure.held_to(item):
        return (yield)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real videos (`MEDIA_CORPUS`, for `make thorough`); without one the test is skipped."""
    folder = Path(os.environ.get("MEDIA_CORPUS", _REPOSITORY / "../shared/media")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real videos at {folder} (set MEDIA_CORPUS)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One Chromium for all tests, since a thread cannot have a second one."""
    from chromium import headless  # noqa: PLC0415  (takes long, and few tests need it)

    with headless() as browser:
        yield browser
