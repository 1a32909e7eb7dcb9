"""Captions that are drawn in the browser look as those the renderer draws into the picture."""

import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
from chromium import PATIENCE_MS
from driven import Site
from media.plans import picture, plan_of, rendered
from playwright.sync_api import Browser, Page, Route
from thorough import few

from video_automation.plan.choices import CLIP_STYLES, LONG_VIDEO_STYLE
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.edit import EditPlan
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.ass_captions import script


@dataclass(frozen=True)
class Bare:
    """A recording, the plan that shows all of it, and its video and frames without captions."""

    source: Path
    plan: EditPlan
    video: Path
    frames: np.ndarray

    def captioned(self, style: str, language: str, folder: Path) -> tuple[str, np.ndarray]:
        """The script of captions in a style, and the frames of the video they are rendered into."""
        said = SAID[language].split()
        each = FRAMES // len(said)
        words = tuple(CueWord(FrameSpan(at * each, (at + 1) * each), word) for at, word in enumerate(said))
        cue = Cue(FrameSpan(0, FRAMES), (SAID[language],), words)
        looks = {"style": style, "language": language, "title": "In the title"}
        video = replace(self.plan.renditions[0], cues=(cue,), burn_in=True, **looks)  # type: ignore[arg-type]
        made = rendered(replace(self.plan, renditions=(video,)), self.source, folder)
        return script(video, FrameSpan(0, FRAMES)), frames_of(made)


RATE, FRAMES, SIZE = Fraction(10), 40, (540, 960)
LOOKED_AT = (1, 12, 22, 38)
"""Frames with and without the title, in which different words are spoken."""
SAID = {
    "en": "Captions are drawn by libass here and there",
    "ar": "تُرسم الترجمة هنا وهناك",
    "hi": "शब्द यहाँ और वहाँ एक जैसे हैं",
    "ja": "字幕は ここでも そこでも 同じです",
}
LEAST_SIMILARITY = 0.98
TRIES = 100
"""A browser shows what was drawn some frames later."""
STYLES = [*((style, "en") for style in (LONG_VIDEO_STYLE.name, *CLIP_STYLES)), ("box", "ar"), ("box", "hi"), ("box", "ja")]
PLACE = """
    const laid = (one) => Object.assign(one.style, {
        position: "fixed", top: 0, left: 0, width: `${innerWidth}px`, height: `${innerHeight}px`, maxWidth: "none",
    });
    const { drawCaptions, redrawCaptions } = await import("/static/drawn_captions.js");
"""
BEGIN = f"""async (script) => {{
    {PLACE}
    const picture = new Image(), canvas = document.createElement("canvas");
    document.body.replaceChildren(picture, canvas);
    [picture, canvas].forEach(laid);
    window.shown = {{ picture, drawn: await drawCaptions({{ canvas }}, script) }};
}}"""
DRAW = """async ([frame, seconds]) => {
    const { picture, drawn } = window.shown;
    picture.src = `/picture-${frame}.png`;
    await picture.decode();
    const moment = { mediaTime: seconds, width: innerWidth, height: innerHeight, expectedDisplayTime: performance.now() };
    await drawn.manualRender(moment, true);
}"""
PLAY = f"""async ([address, script, seconds]) => {{
    {PLACE}
    const video = document.createElement("video");
    document.body.replaceChildren(video);
    laid(video);
    video.src = address;
    window.shown = await drawCaptions({{ video }}, script);
    video.currentTime = seconds;
}}"""
REDRAW = f"""async (script) => {{
    {PLACE}
    await redrawCaptions(window.shown, script);
}}"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """A busy picture that moves, and how it is rendered without captions."""
    folder = tmp_path_factory.mktemp("busy")
    source = folder / "busy.mp4"
    busy = f"testsrc2=s={SIZE[0]}x{SIZE[1]}:r={RATE}"
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", busy, "-frames:v", str(FRAMES))
    encoder = ("-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "8")
    subprocess.run([*argv, *encoder, str(source)], check=True)
    plan = plan_of(source, [(0, FRAMES)], picture(frames=FRAMES, rate=RATE, size=SIZE))
    video = rendered(plan, source, folder / "bare")
    return Bare(source, plan, video, frames_of(video))


@pytest.fixture
def chromium_page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page of the size of the picture."""
    context = chromium.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(site.address)
    yield page
    context.close()
    assert refused == []


def frames_of(video: Path) -> np.ndarray:
    """All frames of a video as colours: uint8 of shape (frames, height, width, 3)."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(video), "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    raw = subprocess.run(argv, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, SIZE[1], SIZE[0], 3)


def png(colours: np.ndarray) -> bytes:
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = *SIZE, "rgb24", Fraction(1)
    return b"".join(bytes(packet) for packet in encoder.encode(av.VideoFrame.from_ndarray(colours, format="rgb24")))


def screenshot(page: Page) -> np.ndarray:
    with av.open(io.BytesIO(page.screenshot())) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="rgb24")


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The structural similarity (SSIM) of the brightness of two pictures, 1 for equal ones, by windows of 7 x 7 pixels."""
    a, b = (colours.astype(float) @ (0.299, 0.587, 0.114) for colours in (one, other))

    def mean(values: np.ndarray) -> np.ndarray:
        return np.lib.stride_tricks.sliding_window_view(values, (7, 7)).mean(axis=(2, 3))

    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b, both = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2, mean(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(((2 * mean_a * mean_b + c1) * (2 * both + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def around(changed: np.ndarray) -> tuple[slice, slice]:
    """The box around what was drawn."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def drawn_alike(page: Page, before: np.ndarray, wanted: np.ndarray, draw: Callable[[], object] = lambda: None) -> float:
    """How much the page becomes like a rendered frame where that differs from the bare one."""
    box = around(np.abs(wanted.astype(int) - before).max(axis=2) > 60)
    best = 0.0
    for _ in range(TRIES):
        draw()
        best = max(best, similarity(screenshot(page)[box], wanted[box]))
        if best >= LEAST_SIMILARITY:
            break
    return best


@pytest.mark.parametrize(("style", "language"), few(STYLES, ("pop", "en")))
def test_they_are_alike_in_every_style(chromium_page: Page, bare: Bare, tmp_path: Path, style: str, language: str) -> None:
    page = chromium_page
    text, wanted = bare.captioned(style, language, tmp_path / "captioned")
    page.route(
        "**/picture-*.png", lambda route: route.fulfill(body=png(bare.frames[frame_in(route)]), content_type="image/png")
    )
    page.evaluate(BEGIN, text)
    alike = {
        frame: drawn_alike(
            page, bare.frames[frame], wanted[frame], lambda frame=frame: page.evaluate(DRAW, [frame, float(frame / RATE)])
        )
        for frame in LOOKED_AT
    }
    assert min(alike.values()) >= LEAST_SIMILARITY, alike


@pytest.mark.thorough
def test_over_a_video_they_follow_its_time_and_become_others(
    chromium_page: Page, site: Site, bare: Bare, tmp_path: Path
) -> None:
    page, frame = chromium_page, LOOKED_AT[1]
    job = site.finish(site.put(), bare.video)
    text, wanted = bare.captioned("pop", "en", tmp_path / "pop")
    page.evaluate(PLAY, [f"/task/{job.id}/files/processed_talk.mp4", text, float((frame + Fraction(1, 2)) / RATE)])
    assert drawn_alike(page, bare.frames[frame], wanted[frame]) >= LEAST_SIMILARITY
    text, wanted = bare.captioned("box", "ar", tmp_path / "box")
    page.evaluate(REDRAW, text)
    assert drawn_alike(page, bare.frames[frame], wanted[frame]) >= LEAST_SIMILARITY


def frame_in(route: Route) -> int:
    return int(route.request.url.rpartition("-")[2].removesuffix(".png"))
