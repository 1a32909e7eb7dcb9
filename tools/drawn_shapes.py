"""Moving pictures as a script for libass: shapes, labels, and what is seen of them at each moment.

A picture is a list of shapes and labels, in order from the back to the front. Points are complex numbers, x + iy, in pixels
of a picture of 1280 by 720. Times are seconds.
"""

import cmath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import pi

WIDTH, HEIGHT, RATE = 1280, 720, 25
_CURVE = 0.5523
"""How far the handles of a curve reach, for a quarter of a circle of radius 1."""
_STYLE = (
    "Format: Name,Fontname,Fontsize,PrimaryColour,Bold,BorderStyle,Outline,Shadow,Alignment,Encoding\n"
    "Style: S,Roboto,40,&H00000000,-1,1,0,0,7,1"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape; its outline is a drawing of ASS in eighths of a pixel."""

    colour: str
    outline: str
    opacity: float = 1.0

    def event(self) -> str:
        """The text of its line in the script."""
        return f"{{\\an7\\pos(0,0)\\bord0\\shad0{_paint(self.colour, self.opacity)}\\p4}}{self.outline}"


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text around a point."""

    text: str
    middle: complex
    height: float
    colour: str
    opacity: float = 1.0

    def event(self) -> str:
        """The text of its line in the script."""
        place = f"\\an5\\pos({self.middle.real:.1f},{self.middle.imag:.1f})\\fs{self.height:.0f}"
        return f"{{{place}\\b1\\bord0\\shad0{_paint(self.colour, self.opacity)}}}{self.text}"


Picture = list[Shape | Label]


def _paint(colour: str, opacity: float) -> str:
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"\\1c&H{blue}{green}{red}&\\1a&H{round(255 * (1 - opacity)):02x}&"


def _spot(point: complex) -> str:
    return f"{round(8 * point.real)} {round(8 * point.imag)}"


def polygon(points: Iterable[complex]) -> str:
    """The outline through some points."""
    first, *others = map(_spot, points)
    return f"m {first} l {' '.join(others)}"


def ellipse(middle: complex, along: float, across: float, turn: float = 0.0) -> str:
    """The outline of an ellipse with these half axes, turned by an angle in radians."""
    arm = cmath.rect(1, turn)

    def at(unit: complex) -> str:
        return _spot(middle + arm * complex(unit.real * along, unit.imag * across))

    quarters = [(1j**q, 1j ** (q + 1)) for q in range(4)]
    curves = " ".join(f"b {at(u + _CURVE * v)} {at(v + _CURVE * u)} {at(v)}" for u, v in quarters)
    return f"m {at(1)} {curves}"


def circle(middle: complex, radius: float) -> str:
    """The outline of a circle."""
    return ellipse(middle, radius, radius)


def box(corner: complex, width: float, height: float) -> str:
    """The outline of a rectangle from its upper left corner."""
    return polygon((corner, corner + width, corner + complex(width, height), corner + 1j * height))


def line(a: complex, b: complex, width: float) -> str:
    """The outline of a straight stroke."""
    side = (b - a) / (abs(b - a) or 1) * 1j * width / 2
    return polygon((a + side, b + side, b - side, a - side))


def hexagon(middle: complex, radius: float) -> list[complex]:
    """The corners of a hexagon that stands on one of them."""
    return [middle + cmath.rect(radius, pi / 6 + pi / 3 * k) for k in range(6)]


def eased(time: float, start: float, seconds: float) -> float:
    """How far something has come, from 0 to 1, that begins at `start` and takes so long; slower at both ends."""
    share = min(1.0, max(0.0, (time - start) / seconds))
    return share * share * (3 - 2 * share)


def dashes(a: complex, b: complex, colour: str) -> list[Shape]:
    """A dashed stroke."""
    count = max(1, round(abs(b - a) / 26))
    step = (b - a) / count
    return [Shape(colour, line(a + k * step, a + (k + 0.55) * step, 6)) for k in range(count)]


def script(frames: int, picture: Callable[[float], Picture]) -> str:
    """So many frames of what `picture` shows at each time, as a script; what stays the same for some frames is one line."""
    ended: list[tuple[int, int, int, str]] = []
    begun: dict[tuple[int, str], int] = {}
    for frame in range(frames + 1):
        shown = {(layer, part.event()) for layer, part in enumerate(picture(frame / RATE))} if frame < frames else set()
        ended += [(begun.pop(part), frame, *part) for part in tuple(begun) if part not in shown]
        begun |= {part: frame for part in shown if part not in begun}
    head = f"[Script Info]\nScriptType: v4.00+\nPlayResX: {WIDTH}\nPlayResY: {HEIGHT}\n\n[V4+ Styles]\n{_STYLE}\n\n[Events]\n"
    body = (f"Dialogue: {layer},{_clock(start)},{_clock(end)},S,,0,0,0,,{text}" for start, end, layer, text in sorted(ended))
    return head + "Format: Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text\n" + "\n".join(body) + "\n"


def _clock(frame: int) -> str:
    hundredths = frame * 100 // RATE
    return f"{hundredths // 360_000}:{hundredths // 6_000 % 60:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"
