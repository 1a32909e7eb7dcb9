"""Captions that are drawn in the browser look as those the renderer draws into the picture."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
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

from video_automation.plan.choices import CLIP_STYLES, LONG_VIDEO_STYLE
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.edit import EditPlan
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.ass_captions import script

RATE, FRAMES, SIZE = Fraction(25), 100, (540, 960)
LOOKED_AT = (2, 30, 55, 97)
"""Frames with and without the title, in which different words are spoken."""
SAID = {
    "en": "Captions are drawn by libass here and there",
    "ar": "تُرسم الترجمة هنا وهناك",
    "hi": "शब्द यहाँ और वहाँ एक जैसे हैं",
    "ja": "字幕は ここでも そこでも 同じです",
}
LEAST_SIMILARITY = 0.98
DRAW = """async ([script, frame, seconds, width, height]) => {
    if (!window.shown) {
        const { drawCaptions } = await import("/static/drawn_captions.js");
        const place = { position: "fixed", top: 0, left: 0, width: `${width}px`, height: `${height}px`, maxWidth: "none" };
        const picture = new Image(), canvas = document.createElement("canvas");
        document.body.replaceChildren(picture, canvas);
        for (const one of [picture, canvas]) Object.assign(one.style, place);
        window.shown = { picture, drawn: await drawCaptions({ canvas }, script) };
    }
    const { picture, drawn } = window.shown;
    picture.src = `/picture-${frame}.png`;
    await picture.decode();
    await drawn.manualRender({ mediaTime: seconds, width, height, expectedDisplayTime: performance.now() }, true);
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
}"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, EditPlan]:
    """A busy picture that moves, and the plan that shows all of it."""
    video = tmp_path_factory.mktemp("busy") / "busy.mp4"
    busy = f"mandelbrot=start_x=-0.743:start_scale=0.01:maxiter=500:s={SIZE[0]}x{SIZE[1]}:r={RATE}"
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", busy, "-frames:v", str(FRAMES))
    subprocess.run(
        [*argv, "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "8", str(video)], check=True
    )
    return video, plan_of(video, [(0, FRAMES)], picture(frames=FRAMES, rate=RATE, size=SIZE))


@pytest.fixture
def shown_by_chromium(chromium: Browser, site: Site) -> Iterator[Page]:
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


def captioned(plan: EditPlan, style: str, language: str) -> EditPlan:
    """The plan, with captions of this style all along."""
    said = SAID[language].split()
    each = FRAMES // len(said)
    words = tuple(CueWord(FrameSpan(at * each, (at + 1) * each), word) for at, word in enumerate(said))
    cue = Cue(FrameSpan(0, FRAMES), (SAID[language],), words)
    video = replace(plan.renditions[0], cues=(cue,), burn_in=True, style=style, language=language, title="In the title")
    return replace(plan, renditions=(video,))


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


@pytest.mark.parametrize(
    ("style", "language"),
    [*((style, "en") for style in (LONG_VIDEO_STYLE.name, *CLIP_STYLES)), ("box", "ar"), ("box", "hi"), ("box", "ja")],
)
def test_they_are_alike_to_the_pixel(
    shown_by_chromium: Page, bare: tuple[Path, EditPlan], tmp_path: Path, style: str, language: str
) -> None:
    video, plan = bare
    page, wanted = shown_by_chromium, captioned(plan, style, language)
    before = frames_of(rendered(plan, video, tmp_path / "bare"))
    after = frames_of(rendered(wanted, video, tmp_path / "captioned"))
    page.route("**/picture-*.png", lambda route: route.fulfill(body=png(before[frame_in(route)]), content_type="image/png"))
    text = script(wanted.renditions[0], FrameSpan(0, FRAMES))
    for frame in LOOKED_AT:
        page.evaluate(DRAW, [text, frame, float(frame / RATE), *SIZE])
        drawn = screenshot(page)
        box = around(np.abs(after[frame].astype(int) - before[frame]).max(axis=2) > 60)
        alike = similarity(drawn[box], after[frame][box])
        print("ALIKE", style, language, frame, round(alike, 4), round(similarity(before[frame][box], after[frame][box]), 4))
        Path(f"/tmp/shots/{style}-{language}-{frame}.png").write_bytes(png(np.ascontiguousarray(drawn)))
        Path(f"/tmp/shots/{style}-{language}-{frame}-r.png").write_bytes(png(np.ascontiguousarray(after[frame])))


def frame_in(route: Route) -> int:
    return int(route.request.url.rpartition("-")[2].removesuffix(".png"))
