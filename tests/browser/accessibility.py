"""What is wrong in a page for people who see, hear, point or move in another way than its makers."""

from importlib.resources import files
from typing import Literal

from playwright.sync_api import Page, ViewportSize

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
DESKTOP, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
RULES = """async () => {
    const options = { resultTypes: ["violations"], preload: false, rules: { "target-size": { enabled: true } } };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any, all, none }) =>
        `${id}: ${target.join(" ")}: ${[...any, ...all, ...none][0]?.message ?? help}`));
}"""
"""All rules of axe-core that are on by default, and the one that targets are 24 pixels wide and high."""
FAINT = """() => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const parts = (color) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = color;
        pen.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
        return { rgb: [red, green, blue], alpha: alpha / 255 };
    };
    const over = (color, under) => {
        const { rgb, alpha } = parts(color);
        return rgb.map((part, at) => part * alpha + under[at] * (1 - alpha));
    };
    const behind = (element) => {
        if (!element) return over(getComputedStyle(document.body).backgroundColor, over("Canvas", [255, 255, 255]));
        const { backgroundColor } = getComputedStyle(element);
        return over(backgroundColor, parts(backgroundColor).alpha === 1 ? [0, 0, 0] : behind(element.parentElement));
    };
    const light = (rgb) => rgb.map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const contrast = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const controls = document.querySelectorAll(`button, .button, select, textarea, .options-row label, [role=tab],
        input:not([type=checkbox], [type=radio], [type=range], [type=file], [type=hidden])`);
    const pictured = (control) => control.matches(":has(img, canvas, video)");
    return [...controls].flatMap((control) => {
        if (!control.checkVisibility({ opacityProperty: true }) || pictured(control)) return [];
        if (control.matches(":disabled, [aria-disabled=true]")) return [];
        const style = getComputedStyle(control);
        const under = behind(control.parentElement);
        const fill = over(style.backgroundColor, under);
        const edges = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) > 0)
            .map((side) => contrast(over(style[`border${side}Color`], fill), under));
        const clearest = Math.max(contrast(fill, under), ...edges);
        const isText = clearest < 1.02; // no box at all: its words tell what it is
        if (isText || clearest >= 3) return [];
        const name = `${control.tagName}.${control.className} ${control.textContent.trim().slice(0, 30)}`;
        return [`faint: ${name}: ${clearest.toFixed(2)} : 1`];
    });
}"""
"""The controls with a box whose border, or fill, does not stand out from what is around them by 3 : 1."""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Returns once the page has been laid out in its new size."""


Look = tuple[ViewportSize, Literal["light", "dark"]]
"""How a page is looked at: on what, in which theme."""
USUAL: tuple[Look, ...] = ((DESKTOP, "light"), (PHONE, "dark"))
OTHERS: tuple[Look, ...] = ((DESKTOP, "dark"), (PHONE, "light"))


def flaws(page: Page, looks: tuple[Look, ...] = USUAL) -> list[str]:
    """Each flaw of a page as it stands, looked at in these ways."""
    return [f"{size['width']} {scheme}: {flaw}" for size, scheme in looks for flaw in _found(page, size, scheme)]


def _found(page: Page, size: ViewportSize, scheme: Literal["light", "dark"]) -> list[str]:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    rules: list[str] = page.evaluate(RULES)
    faint: list[str] = page.evaluate(FAINT)
    return rules + faint
