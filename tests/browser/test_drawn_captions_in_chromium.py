"""Captions that are drawn in the browser look as those the renderer draws into the picture."""

import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from chromium import PATIENCE_MS
from driven import Site
from likeness import around, frames_of, from_png, png, similarity
from media.plans import picture, plan_of, rendered
from playwright.sync_api import Browser, Page, Route

from video_automation.media.command import Command
from video_automation.media.ffmpeg import Tools, run
from video_automation.plan.choices import CLIP_STYLES, LONG_VIDEO_STYLE
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.render.captions import fonts
from video_automation.render.captions.ass_captions import script


@dataclass(frozen=True)
class Bare:
    """A recording, the plan that shows all of it, and its video and frames without captions."""

    source: Path
    plan: EditPlan
    video: Path
    frames: np.ndarray

    def looking(self, style: str, language: str) -> Rendition:
        """Its video with captions in a style, one after another all along."""
        said = SAID[language]
        each = FRAMES // len(said)
        cues = tuple(_cue(at * each, (at + 1) * each, text) for at, text in enumerate(said))
        looks = {"style": style, "language": language, "title": "In the title"}
        return replace(self.plan.renditions[0], cues=cues, burn_in=True, **looks)  # type: ignore[arg-type]

    def captioned(self, style: str, language: str, folder: Path) -> tuple[str, np.ndarray]:
        """The script of captions in a style, and the frames of the video they are rendered into."""
        video = self.looking(style, language)
        made = rendered(replace(self.plan, renditions=(video,)), self.source, folder)
        return script(video, FrameSpan(0, FRAMES)), frames_of(made, SIZE)

    def drawn_into(self, scripts: tuple[str, ...], frames: tuple[int, ...], folder: Path) -> np.ndarray:
        """These frames with the captions of each script, drawn by the renderer's ffmpeg in one run: (scripts, frames, ...)."""
        fonts.provide(folder, scripts)
        for at, text in enumerate(scripts):
            (folder / f"{at}.ass").write_text(text, "utf-8")
        wanted = "+".join(f"eq(n,{frame})" for frame in frames)
        apart = "".join(f"[a{at}]" for at in range(len(scripts)))
        each = (f"[a{at}]ass=f={at}.ass:fontsdir={fonts.FOLDER}[b{at}]" for at in range(len(scripts)))
        joined = "".join(f"[b{at}]" for at in range(len(scripts)))
        steps = (f"select='{wanted}',split={len(scripts)}{apart}", *each, f"{joined}concat=n={len(scripts)}[out]")
        argv = ("-i", str(self.video), "-filter_complex", ";".join(steps), "-map", "[out]", "-fps_mode", "passthrough")
        encoder = ("-c:v", "libx264", "-qp", "4", "-preset", "ultrafast", "-f", "mp4")
        readable = (self.video, *fonts.OF_THE_MACHINE, *fonts.OF_PACKAGES)
        made = run(Tools(folder, readable), Command((*argv, *encoder), "all.mp4"))
        return frames_of(made, SIZE).reshape(len(scripts), len(frames), SIZE[1], SIZE[0], 3)


RATE, FRAMES, SIZE = Fraction(10), 120, (360, 640)
LOOKED_AT = (1, 22)
"""Frames with and without the title, in which different words are spoken, soon after they appeared and later."""
RANDOM_FRAMES = 20
STYLES = (LONG_VIDEO_STYLE.name, *CLIP_STYLES)
SAID = {
    "en": (
        "Captions are drawn by libass here and there",
        "the same letters, the same colours",
        "Jumping over: quick, 1984!",
    ),
    "ar": ("تُرسم الترجمة هنا وهناك",),
    "hi": ("शब्द यहाँ और वहाँ एक जैसे हैं",),
    "ja": ("字幕は ここでも そこでも 同じです",),
}
LEAST_SIMILARITY = 0.98
TRIES = 40
"""A browser shows what was drawn some frames later."""
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
NEXT = f"""async (script) => {{
    {PLACE}
    await redrawCaptions(window.shown.drawn, script);
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
    return Bare(source, plan, video, frames_of(video, SIZE))


@pytest.fixture
def chromium_page(chromium: Browser, site: Site, bare: Bare) -> Iterator[Page]:
    """A page of the size of the picture, which finds each bare frame at an address."""
    context = chromium.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.route(
        "**/picture-*.png", lambda route: route.fulfill(body=png(bare.frames[frame_in(route)]), content_type="image/png")
    )
    page.goto(site.address)
    yield page
    context.close()
    assert refused == []


def _cue(start: int, end: int, text: str) -> Cue:
    said = text.split()
    borders = [start + (end - start) * at // len(said) for at in range(len(said) + 1)]
    words = tuple(CueWord(FrameSpan(borders[at], borders[at + 1]), word) for at, word in enumerate(said))
    return Cue(FrameSpan(start, end), (text,), words)


def drawn_alike(page: Page, before: np.ndarray, wanted: np.ndarray, draw: Callable[[], object] = lambda: None) -> float:
    """How much the page becomes like a rendered frame where that differs from the bare one."""
    rows, columns = box = around(np.abs(wanted.astype(int) - before).max(axis=2) > 60)
    clip = {"x": columns.start, "y": rows.start, "width": columns.stop - columns.start, "height": rows.stop - rows.start}
    best = 0.0
    for _ in range(TRIES):
        draw()
        best = max(best, similarity(from_png(page.screenshot(clip=clip)), wanted[box]))  # type: ignore[arg-type]
        if best >= LEAST_SIMILARITY:
            break
    return best


def frame_drawn_alike(page: Page, bare: Bare, frame: int, wanted: np.ndarray) -> float:
    return drawn_alike(page, bare.frames[frame], wanted, lambda: page.evaluate(DRAW, [frame, float(frame / RATE)]))


def test_they_are_alike_in_every_style(chromium_page: Page, bare: Bare, tmp_path: Path) -> None:
    scripts = tuple(script(bare.looking(style, "en"), FrameSpan(0, FRAMES)) for style in STYLES)
    wanted = bare.drawn_into(scripts, LOOKED_AT, tmp_path)
    alike: dict[tuple[str, int], float] = {}
    for style, text, frames in zip(STYLES, scripts, wanted, strict=True):
        chromium_page.evaluate(NEXT if alike else BEGIN, text)
        for frame, colours in zip(LOOKED_AT, frames, strict=True):
            alike[style, frame] = frame_drawn_alike(chromium_page, bare, frame, colours)
    assert min(alike.values()) >= LEAST_SIMILARITY, alike


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("style", "language"), [*((style, "en") for style in STYLES), ("box", "ar"), ("box", "hi"), ("box", "ja")]
)
def test_they_are_alike_in_any_frame(chromium_page: Page, bare: Bare, tmp_path: Path, style: str, language: str) -> None:
    text, wanted = bare.captioned(style, language, tmp_path / "captioned")
    chromium_page.evaluate(BEGIN, text)
    chosen = random.Random(f"{style} {language}").sample(range(FRAMES), RANDOM_FRAMES)
    alike = {frame: frame_drawn_alike(chromium_page, bare, frame, wanted[frame]) for frame in chosen}
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
