"""Fixtures that more than one kind of test needs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import headless
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

settings.register_profile(
    "same",
    deadline=None,  # a busy machine is no defect
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="FUZZ_EXAMPLES" not in os.environ,  # `make fuzz` looks for new examples
)
settings.load_profile("same")
_REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real videos (`MEDIA_CORPUS`): the test is skipped where there is none."""
    folder = Path(os.environ.get("MEDIA_CORPUS", _REPOSITORY / "../shared/media")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real videos at {folder} (set MEDIA_CORPUS)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all tests: a thread can have no second."""
    with headless() as browser:
        yield browser
