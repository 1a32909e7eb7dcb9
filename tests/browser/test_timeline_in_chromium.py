"""The editor's player skips cuts; its timeline shows cuts and clips, and moves their edges."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
from driven import Site
from lectures import lecture
from places import on_disk, write_manifest
from playwright.sync_api import Page, expect
from watched import cut_window, film, go_to, now_ms, open_player, plan

import video_automation.web
from video_automation.jobs.model import Job
from video_automation.jobs.run.manifest import Artifact, read_manifest

FRAME_MS = 40
FRAMES = """async film => {
    const seen = [];
    const look = (_, { mediaTime }) => { seen.push(mediaTime * 1000); film.requestVideoFrameCallback(look); };
    film.requestVideoFrameCallback(look);
    await new Promise(done => film.addEventListener("pause", done, { once: true }));
    return seen;
}"""
"""A script that gives the times of all frames shown until the player stops, in milliseconds of the recording."""


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def task(site: Site, media: Path) -> Job:
    return lecture(site, media)


@pytest.fixture
def opened(page: Page, site: Site, task: Job) -> Callable[[], Page]:
    return lambda: open_player(page, site, task)


def place(page: Page, ms: float) -> float:
    """The horizontal position of a moment in the timeline (which shows the whole recording), in pixels of the window."""
    box = page.locator("#timeline canvas").bounding_box()
    assert box
    return box["x"] + box["width"] * ms / plan(page)["duration_ms"]


class TestPlayer:
    @pytest.mark.parametrize("speed", ["1×", "2×"])
    def test_no_frame_of_a_cut_is_shown(self, speed: str, opened: Callable[[], Page]):
        page = opened()
        page.get_by_label("Speed").select_option(speed)
        cut = plan(page)["cuts"][0]
        window = cut_window(page)
        window.get_by_role("button", name="Play across").press("Enter")
        seen = film(page).evaluate(FRAMES)
        assert min(seen) < cut["start_ms"]
        assert max(seen) > cut["end_ms"] + 1000
        assert [at for at in seen if cut["start_ms"] <= at < cut["end_ms"] - 1] == []

    def test_what_is_cut_can_be_played_as_well(self, opened: Callable[[], Page]):
        page = opened()
        cut = plan(page)["cuts"][0]
        cut_window(page).get_by_role("button", name="Play what is cut").press("Enter")
        seen = film(page).evaluate(FRAMES)
        assert len([at for at in seen if cut["start_ms"] <= at < cut["end_ms"]]) > 5
        assert max(seen) < cut["end_ms"] + 5 * FRAME_MS

    def test_keys_play_step_and_select(self, opened: Callable[[], Page]):
        page = opened()
        page.keyboard.press("Space")
        expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
        page.keyboard.press("k")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        go_to(page, 10_000)
        page.keyboard.press("ArrowRight")
        assert now_ms(page) == 11_000
        page.keyboard.press("Shift+ArrowLeft")
        first = round(now_ms(page))
        assert first in {word["start_ms"] for word in plan(page)["words"]}
        page.keyboard.press("j")
        assert now_ms(page) == first - 5_000
        page.get_by_role("slider", name="Position").focus()
        page.keyboard.press("End")
        expect(page.get_by_role("slider", name="Position")).to_have_attribute("aria-valuetext", re.compile("1:2[67] of 1:27"))

    def test_the_words_are_shown_over_the_picture_and_cut_ones_are_not(self, opened: Callable[[], Page]):
        page = opened()
        go_to(page, 10_000)
        caption = page.locator(".caption")
        expect(caption).to_contain_text("printing press")
        page.get_by_role("button", name="Captions").click()
        expect(caption).to_be_hidden()

    def test_while_the_proxy_is_made_the_page_says_so_and_then_plays_it(self, page: Page, site: Site, task: Job):
        result = on_disk(site.backend, task.id).result(task)
        made = read_manifest(result.manifest)
        still = Artifact("still.jpg", "still", "image/jpeg")
        write_manifest(replace(made, artifacts=(*made.artifacts, still)), result.manifest)
        copyfile(Path(video_automation.web.__file__).with_name("static") / "sample.jpg", result.folder / still.name)
        proxy = on_disk(site.backend, task.id).workspace.proxy(task)
        away = proxy.rename(proxy.with_suffix(".away"))
        page.goto(f"{site.address}/task/{task.id}/edit")
        expect(page.locator("#player")).to_contain_text("Preparing the player… You can edit meanwhile.")
        expect(film(page)).to_have_attribute("poster", re.compile("/still.jpg$"))
        away.rename(proxy)
        expect(page.locator("#player .said")).to_be_hidden()
        expect(film(page)).not_to_have_attribute("poster", re.compile(""))

    def test_a_new_cut_under_the_playhead_is_skipped_at_once(
        self, opened: Callable[[], Page], capsys: pytest.CaptureFixture[str]
    ):
        page = opened()
        told = page.evaluate(
            """async () => {
                const at = name => import(new URL(name, document.querySelector("script[src*='editor/main']").src));
                const [{ Session }, { mountPlayer }] = [await at("./session.js"), await at("./player.js")];
                const session = new Session(document.querySelector("#editor").dataset.address);
                const root = document.body.appendChild(document.createElement("div"));
                root.append(Object.assign(document.createElement("div"), { className: "screen" }));
                root.firstChild.append(document.createElement("video"));
                const player = mountPlayer(session, root);
                await session.load();
                const film = root.querySelector("video");
                while (film.readyState < 3) await new Promise(requestAnimationFrame);
                player.play({ fromMs: 5000 });
                while (film.currentTime < 5.3) await new Promise(requestAnimationFrame);
                const start = performance.now();
                session.edit([{ op: "cut", start_ms: 4000, end_ms: 9000 }]);
                return { script_ms: performance.now() - start, now_ms: player.nowMs, paused: player.paused };
            }"""
        )
        with capsys.disabled():
            print(f" from the edit to the player being past it: {told['script_ms']:.1f} ms", end=" ")
        assert told["now_ms"] >= 9_000
        assert not told["paused"]


class TestTimeline:
    def test_a_cut_can_be_restored_and_its_edges_moved_by_keyboard(self, opened: Callable[[], Page]):
        page = opened()
        before = plan(page)["cuts"]
        window = cut_window(page, 2)
        window.get_by_role("button", name="Starts 50 ms earlier").press("Enter")
        expect(window.get_by_role("button", name="Starts 50 ms earlier")).to_be_focused()
        expect(page.locator("[data-told]")).to_have_text("1 change")
        widened = plan(page)["cuts"][1]
        assert 0 < before[1]["start_ms"] - widened["start_ms"] <= 2 * FRAME_MS
        window.get_by_role("button", name="Ends at the next word border").press("Enter")
        expect(page.locator("[data-told]")).to_have_text("2 changes")
        window.get_by_role("button", name="Keep this").press("Enter")
        expect(window).to_be_hidden()
        expect(page.locator(".cut-list summary")).to_have_text("1 cut")
        assert plan(page)["cuts"] == before[:1]

    def test_a_click_on_a_cut_opens_it_and_a_click_elsewhere_seeks(self, opened: Callable[[], Page]):
        page = opened()
        cut = plan(page)["cuts"][0]
        box = page.locator("#timeline canvas").bounding_box()
        assert box
        middle = (cut["start_ms"] + cut["end_ms"]) / 2
        page.mouse.move(place(page, middle), box["y"] + 60)
        expect(page.locator(".hint")).to_have_text("Pause, 1.6 s, at 0:29. Click to hear or keep it.")
        page.mouse.click(place(page, middle), box["y"] + 60)
        expect(page.get_by_role("dialog", name="Pause, 1.6 s, at 0:29")).to_be_visible()
        page.keyboard.press("Escape")
        page.mouse.click(place(page, 10_000), box["y"] + 60)
        assert now_ms(page) == pytest.approx(10_000, abs=200)

    def test_a_dragged_edge_of_a_cut_snaps_to_a_word_and_is_one_edit(self, opened: Callable[[], Page]):
        page = opened()
        cut = plan(page)["cuts"][0]
        edge, y = self.zoomed_to(page, cut["start_ms"])
        page.mouse.move(edge, y)
        page.mouse.down()
        page.mouse.move(edge - 10, y)
        page.mouse.move(edge - 40, y, steps=4)
        page.mouse.up()
        expect(page.locator("[data-told]")).to_have_text("1 change")
        moved = plan(page)["cuts"][0]
        assert moved["end_ms"] == cut["end_ms"]
        borders = [ms for word in plan(page)["words"] for ms in (word["start_ms"], word["end_ms"])]
        assert moved["start_ms"] < cut["start_ms"] - 200
        assert min(abs(moved["start_ms"] - ms) for ms in borders) <= FRAME_MS / 2

    def test_a_dragged_edge_of_a_clip_snaps_to_the_end_of_a_sentence(self, opened: Callable[[], Page]):
        page = opened()
        clip = plan(page)["clips"][0]
        box = page.locator("#timeline canvas").bounding_box()
        assert box
        page.mouse.move(place(page, clip["end_ms"]), box["y"] + 12)
        page.mouse.down()
        page.mouse.move(place(page, clip["end_ms"] + 3_000), box["y"] + 12, steps=3)
        page.mouse.move(place(page, clip["end_ms"] + 6_500), box["y"] + 12, steps=3)
        page.mouse.up()
        expect(page.locator("[data-told]")).to_have_text("1 change")
        changed = plan(page)
        assert changed["clips"][0]["end_ms"] == changed["words"][50]["end_ms"]
        assert changed["clips"][0]["start_ms"] == clip["start_ms"]

    def test_escape_lets_go_of_an_edge(self, opened: Callable[[], Page]):
        page = opened()
        edge, y = self.zoomed_to(page, plan(page)["cuts"][0]["start_ms"])
        page.mouse.move(edge, y)
        page.mouse.down()
        page.mouse.move(edge - 40, y, steps=4)
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(page.locator("[data-told]")).to_have_text("Up to date")

    @staticmethod
    def zoomed_to(page: Page, ms: float) -> tuple[float, float]:
        """Zooms in with the wheel until a second is about 50 pixels wide; the moment under the mouse must stay in place."""
        box = page.locator("#timeline canvas").bounding_box()
        assert box
        x, y = round(place(page, ms)), round(box["y"]) + 60
        page.mouse.move(x, y)
        page.keyboard.down("Control")
        for _ in range(10):
            page.mouse.wheel(0, -100)
        page.keyboard.up("Control")
        expect(page.locator("canvas.at-edge")).to_be_visible()
        return x, y
