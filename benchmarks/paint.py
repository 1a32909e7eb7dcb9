"""How soon the pages show the largest thing in them, on a slow phone with a slow connection, and how much script that takes."""

import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browsing import chromium
from benchmarks.screenshots import proxy_there
from benchmarks.service import ended, running, uploaded
from benchmarks.talks import talk

_TRIES = 3
_SLOWER = 4
"""Times: how much slower than this machine the phone is."""
_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""Milliseconds, and bytes a second."""
_QUIET_S = 1.5
_LATEST = """() => new Promise((done) => new PerformanceObserver((seen) => {
    const { startTime, element } = seen.getEntries().at(-1);
    done({ ms: startTime, what: element ? `${element.tagName} ${element.className}`.trim().toLowerCase() : "" });
}).observe({ type: "largest-contentful-paint", buffered: true }))"""
_SCRIPT = """() => performance.getEntriesByType("resource").filter(({ name }) => name.split("?")[0].endsWith(".js"))
    .map(({ encodedBodySize }) => encodedBodySize)"""


def paint(folder: Path) -> Iterator[str]:
    """The largest paint of home, result and editor, the best of three visits; each with an empty cache."""
    video = talk(folder, minutes=1).video
    with running(folder) as (address, _, _), chromium() as browser:
        task = uploaded(address, video)
        ended(address, task)
        proxy_there(address, task)
        for path, most_s in (("/", 2), (f"/result/{task}", 2), (f"/task/{task}/edit", 2.5)):
            tried = [_visited(browser, address + path) for _ in range(_TRIES)]
            ms, what, sizes = min(tried)
            page = path.rpartition("/")[2] if path.endswith("edit") else path.split("/")[1] or "home"
            yield (
                f"{page}: largest paint after {ms / 1000:.2f} s ({what}; {most_s} s at most); "
                f"{sum(sizes) / 1000:.0f} kB of script in {len(sizes)} files"
            )


def _visited(browser: Browser, address: str) -> tuple[float, str, list[int]]:
    """When the largest thing was painted, in milliseconds, what it was, and the compressed bytes of each script."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address, wait_until="load")
    last, since = page.evaluate(_LATEST), time.monotonic()
    while time.monotonic() - since < _QUIET_S * _SLOWER:
        page.wait_for_timeout(250)
        if (now := page.evaluate(_LATEST)) != last:
            last, since = now, time.monotonic()
    sizes = page.evaluate(_SCRIPT)
    context.close()
    return last["ms"], last["what"], sizes
