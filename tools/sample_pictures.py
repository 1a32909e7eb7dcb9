"""The pictures of the sample: bees in a meadow, on the wall of their hive and on a comb, as the talk comes to them."""

import cmath
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from math import cos, pi, sin, sqrt

from drawn_shapes import HEIGHT, WIDTH, Label, Picture, Shape, box, circle, dashes, eased, ellipse, hexagon, line, polygon

CREAM, SKY, SUN, LEAF, HILL = "#fff6df", "#c4e8f4", "#ffd76a", "#5d9c59", "#8fc27f"
WAX, HONEY, AMBER, BROWN, INK = "#f7cf7a", "#f2ab27", "#d98f1f", "#6b4423", "#43301d"
PETALS = ("#f28ba8", "#a88bdc", "#ffffff", "#ff9d6c", "#7fb2ea")
_FADE_S = 0.35
Starts = Mapping[str, float]
"""When each part of the talk begins, by its name."""
Tiles = Iterator[tuple[list[complex], bool]]
"""The corners of each tile, and whether it is a dark one."""


def bee(middle: complex, size: float, turn: float, time: float, *, from_above: bool = False) -> list[Shape]:
    """A bee that looks in the direction of `turn`; its body is `size` long."""
    arm, beat = cmath.rect(size / 100, turn), 0.25 * sin(2 * pi * 6.2 * time)
    flip = -1 if not from_above and cos(turn) < 0 else 1

    def at(x: float, y: float) -> complex:
        return middle + arm * complex(x, y * flip)

    def oval(x: float, y: float, along: float, across: float, lean: float = 0.0) -> str:
        return ellipse(at(x, y), along * size / 100, across * size / 100, turn + lean * flip)

    wings = [(-8, -34, 34, 17, 1.15 + beat), (12, -36, 36, 18, 1.75 + beat)]
    if from_above:
        wings = [(-12, 34 * s, 38, 15, s * (-0.95 + beat)) for s in (1, -1)] + [
            (0, 40 * s, 36, 13, s * (-1.3 + beat)) for s in (1, -1)
        ]
    stripes = []
    for x in (-34, -14, 6):
        a, b = (29 * sqrt(1 - (edge / 50) ** 2) for edge in (x - 5, x + 5))
        stripes.append(Shape(INK, polygon((at(x - 5, -a), at(x + 5, -b), at(x + 5, b), at(x - 5, a)))))
    feelers = [(54, -12, 70, -26), (54, 12, 70, 26)] if from_above else [(54, -14, 72, -30), (50, -16, 62, -36)]
    eyes = [(52, -8), (52, 8)] if from_above else [(54, -4)]
    return [
        Shape(INK, polygon((at(-48, -6), at(-64, 0), at(-48, 6)))),
        *(Shape("#ffffff", oval(*wing), 0.72) for wing in wings[: len(wings) // 2 * (not from_above)]),
        Shape(SUN, oval(0, 0, 50, 29)),
        *stripes,
        *(Shape(INK, line(at(a, b), at(c, d), 0.045 * size)) for a, b, c, d in feelers),
        Shape(BROWN, oval(46, 0, 19, 19)),
        *(Shape("#ffffff", oval(x, y, 5, 5)) for x, y in eyes),
        *(Shape("#ffffff", oval(*wing), 0.72) for wing in wings[len(wings) // 2 * (not from_above) :]),
    ]


def blossom(middle: complex, size: float, colour: str, turn: float = 0.0) -> list[Shape]:
    """Six petals around a middle."""
    angles = [turn + pi / 3 * k for k in range(6)]
    petals = [Shape(colour, ellipse(middle + cmath.rect(30 * size, a), 27 * size, 17 * size, a)) for a in angles]
    return [*petals, Shape(HONEY, circle(middle, 18 * size))]


def flower(foot: complex, height: float, colour: str, time: float) -> list[Shape]:
    """A flower that sways."""
    sway = 0.05 * sin(1.3 * time + foot.real / 90)
    head = foot + cmath.rect(height, -pi / 2 + sway)
    bend = foot - 1j * height * 0.5
    return [
        Shape(LEAF, line(foot, bend, 9)),
        Shape(LEAF, line(bend, head, 9)),
        Shape(LEAF, ellipse(bend + complex(24, 10), 28, 11, -0.6)),
        *blossom(head, 1, colour, sway),
    ]


def _hill(top: float, swing: float, shift: float) -> str:
    return polygon(
        (
            1j * HEIGHT,
            *(complex(x, top + swing * sin(x / 210 + shift)) for x in range(0, WIDTH + 1, 20)),
            complex(WIDTH, HEIGHT),
        )
    )


def meadow(time: float) -> Picture:
    """Flowers in the sun."""
    sun = 1010 + 150j
    clouds = [(180, 120, 1.0), (640, 80, 0.75), (900, 230, 0.55)]
    shapes: Picture = [Shape(SKY, box(0, WIDTH, HEIGHT))]
    shapes += [Shape(SUN, circle(sun, 62 + 34 * k), 1.0 if k == 0 else 0.22) for k in (2, 1, 0)]
    for x, y, size in clouds:
        place = complex((x + 9 * time) % (WIDTH + 300) - 150, y)
        puffs = ((0, 0, 70, 34), (-52, 12, 46, 24), (56, 12, 50, 26))
        shapes += [Shape("#ffffff", ellipse(place + size * complex(a, b), size * w, size * h), 0.9) for a, b, w, h in puffs]
    shapes += [Shape(HILL, _hill(470, 34, 0.4)), Shape("#79b36b", _hill(560, 22, 2.1))]
    for place, tall, petal in ((150, 190, 0), (330, 130, 2), (660, 235, 1), (905, 150, 3), (1120, 205, 4)):
        shapes += flower(complex(place, 700 - place % 40), tall, PETALS[petal], time)
    return shapes


def _flight(time: float, seconds: float) -> complex:
    """The way of a bee from the left to the flower in the middle."""
    share = eased(time, 0, seconds)
    return complex(-80 + 735 * share, 330 + 90 * sin(5.5 * share) - 60 * share + 8 * sin(3 * time))


def arrival(time: float, start: float, end: float) -> Picture:
    """A bee finds a flower."""
    seconds = (end - start) * 0.75
    now, before = _flight(time - start, seconds), _flight(time - start - 0.12, seconds)
    trail = [_flight(time - start - 0.16 * k, seconds) for k in range(2, 9)]
    return [
        *meadow(time),
        *(Shape("#ffffff", circle(spot, 6), 0.8 - 0.09 * k) for k, spot in enumerate(trail)),
        *bee(now, 130, cmath.phase(now - before + 3), time),
    ]


def wall() -> Picture:
    """The comb on which bees dance."""
    cells: Picture = [Shape(AMBER, box(0, WIDTH, HEIGHT))]
    for row in range(-1, 11):
        for column in range(-1, 17):
            middle = complex(83 * column + 41.5 * (row % 2), 72 * row)
            cells.append(Shape((HONEY, "#f5b843", "#efa51c")[(row * 5 + column * 3) % 3], polygon(hexagon(middle, 42))))
    return cells


_RUN = cmath.rect(1, -pi / 2 + 0.62)
"""The direction of the dance: so far to the right of straight up."""
_RUN_S, _LOOP_S, _LONG = 1.9, 1.7, 130


def _dancing(time: float) -> tuple[complex, float]:
    """Where a bee that dances is, from the middle of its dance, and where it looks: a straight run and a loop back by turns."""
    turns, at = divmod(time, _RUN_S + _LOOP_S)
    if at < _RUN_S:
        shake = sin(2 * pi * 4.7 * at)
        return _RUN * complex(2 * _LONG * at / _RUN_S - _LONG, 9 * shake), cmath.phase(_RUN) + 0.16 * shake
    side, angle = (1 if turns % 2 else -1), pi * (at - _RUN_S) / _LOOP_S
    spot = _RUN * complex(_LONG * cos(angle), side * 1.25 * _LONG * sin(angle))
    ahead = _RUN * complex(-_LONG * sin(angle), side * 1.25 * _LONG * cos(angle))
    return spot, cmath.phase(ahead)


def dance(time: float, at: Starts) -> Picture:
    """A bee dances among others; the angle and the length are pointed out as they are named."""
    middle = complex(560, 400)
    spot, turn = _dancing(time - at["dances"])
    angle, length = eased(time, at["angle"] + 0.4, 0.8), eased(time, at["second"], 0.6)
    low, high = middle - _RUN * 150, middle + _RUN * 290
    up = low - 420j
    others = ((250, 250, 0.4), (240, 560, -0.3), (900, 590, -2.6), (480, 640, -1.5))
    shapes: Picture = [*wall()]
    for x, y, way in others:
        shapes += bee(complex(x, y), 105, way, 0, from_above=True)
    if angle:
        shapes += [Shape("#ffffff", circle(up - 8j, 64), 0.5 * angle), Shape("#fff3b0", circle(up - 8j, 46), angle)]
        shapes += dashes(low, low + (up + 44j - low) * angle, "#ffffff")
        shapes += dashes(low, low + (high - low) * angle, "#ffffff")
        arc = [low + cmath.rect(190, -pi / 2 + 0.62 * angle * k / 12) for k in range(13)]
        shapes += [Shape("#ffffff", line(a, b, 7)) for a, b in pairwise(arc)]
        shapes += blossom(high, 1.15 * angle, PETALS[0])
    if length:
        card = complex(905, 330)
        shapes += [Shape(CREAM, box(card - complex(0, 62), 300, 124), length)]
        shapes += [
            Label("1 second", card + complex(150, -24), 46, INK, length),
            Label("about 1 km", card + complex(150, 26), 46, BROWN, length),
        ]
    return [*shapes, *bee(middle + spot, 150, turn, time, from_above=True)]


def _cells() -> list[complex]:
    """The middles of the cells of a comb, from its own middle outwards."""
    across, down = 104.0, 90.0
    spots = [complex(across * (x + (y % 2) / 2), down * y) for y in range(-3, 4) for x in range(-6, 7)]
    return sorted((spot for spot in spots if abs(spot) < 330), key=lambda spot: (round(abs(spot)), cmath.phase(spot)))


def _level(corners: list[complex], top: float) -> list[complex]:
    """The part of a shape below a height; empty if there is none."""
    kept: list[complex] = []
    for a, b in pairwise((*corners, corners[0])):
        if a.imag >= top:
            kept.append(a)
        if (a.imag >= top) != (b.imag >= top):
            kept.append(a + (b - a) * (top - a.imag) / (b.imag - a.imag))
    return kept


def comb(time: float, start: float, seconds: float, honey: float = 0.0) -> Picture:
    """A comb that is built cell by cell in so many seconds; `honey` of it, from 0 to 1, is full."""
    spots, middle = _cells(), complex(640, 335)
    shapes: Picture = [Shape(CREAM, box(0, WIDTH, HEIGHT))]
    for place, spot in enumerate(spots):
        grown = eased(time, start + place * seconds / len(spots), 0.4)
        if not grown:
            continue
        shapes.append(Shape(AMBER, polygon(hexagon(middle + spot, 61 * grown))))
        shapes.append(Shape(WAX, polygon(hexagon(middle + spot, 52 * grown))))
        full = min(1.0, max(0.0, honey * (len(spots) + 5) - place) / 5)
        if full:
            shapes.append(Shape(HONEY, polygon(_level(hexagon(middle + spot, 52), middle.imag + spot.imag + 52 - 104 * full))))
            shapes.append(Shape("#ffffff", ellipse(middle + spot - 14 - 16j, 12, 6, -0.6), 0.55 * full))
    return shapes


def _triangles(middle: complex) -> Tiles:
    for row in range(4):
        for column in range(-3, 4):
            up = (row + column) % 2 == 0
            left, top = middle + complex(33 * column - 33, 57 * row - 114), 57 * (not up)
            yield [left + 1j * (57 - top), left + 66 + 1j * (57 - top), left + complex(33, top)], up


def _squares(middle: complex) -> Tiles:
    for row in range(4):
        for column in range(4):
            corner = middle + complex(57 * column - 114, 57 * row - 114)
            yield [corner, corner + 57, corner + 57 + 57j, corner + 57j], (row + column) % 2 == 0


def _hexagons(middle: complex) -> Tiles:
    for row in range(-2, 3):
        for column in range(-2, 3):
            spot = complex(62 * (column + (row % 2) / 2), 54 * row)
            if abs(spot) < 125:
                yield hexagon(middle + spot, 36), (column - row // 2 + 2 * row) % 3 == 0


def tilings(time: float, at: Starts) -> Picture:
    """Three walls without gaps: of triangles, of squares, of hexagons; each comes as it is named."""
    kinds: tuple[tuple[str, str, str, Callable[[complex], Tiles]], ...] = (
        ("triangles", "#6fa8dc", "#94c2ea", _triangles),
        ("squares", "#7fb069", "#a1cb8e", _squares),
        ("hexagons", HONEY, WAX, _hexagons),
    )
    shapes: Picture = [Shape(CREAM, box(0, WIDTH, HEIGHT))]
    for place, (name, dark, light, tiles) in enumerate(kinds):
        shown, middle = eased(time, at[name] - 0.1, 0.5), complex(240 + 400 * place, 330)
        for corners, strong in tiles(middle) if shown else ():
            own = sum(corners) / len(corners)
            small = [middle + shown * (own - middle + 0.95 * (corner - own)) for corner in corners]
            shapes.append(Shape(dark if strong else light, polygon(small)))
        if shown:
            shapes.append(Label(name, middle + 180j, 56, INK, shown))
    return shapes


def price(time: float, at: Starts) -> Picture:
    """Seven jars of honey, and the one piece of wax they make."""
    shapes: Picture = [Shape(CREAM, box(0, WIDTH, HEIGHT))]
    for k in range(7):
        up = eased(time, at["eat"] + 0.3 * k, 0.4)
        corner = complex(110 + 145 * (k % 4) + 72 * (k // 4), 160 + 190 * (k // 4) + 40 * (1 - up))
        if up:
            shapes += [Shape(AMBER, box(corner, 108, 140), up), Shape(HONEY, box(corner + 8 + 30j, 92, 102), up)]
            shapes += [Shape(BROWN, box(corner - 6 - 18j, 120, 24), up), Shape(CREAM, box(corner + 22 + 62j, 64, 34), up)]
    made = eased(time, at["wax"], 0.6)
    if made:
        shapes += dashes(730 + 335j, 730 + 170 * made + 335j, BROWN)
        shapes += [
            Shape(AMBER, polygon(hexagon(1040 + 335j, 118 * made))),
            Shape(WAX, polygon(hexagon(1040 + 335j, 100 * made))),
        ]
        shapes.append(Label("1 kg of wax", 1040 + 530j, 60, INK, made))
    jars = eased(time, at["eat"] + 1.4, 0.5)
    return [*shapes, Label("7 kg of honey", 400 + 565j, 60, INK, jars)] if jars else shapes


def ending(time: float, at: Starts) -> Picture:
    """The full comb, and a bee that walks over it."""
    since = time - at["end"]
    spot = complex(640 + 250 * sin(0.55 * since - 0.9), 330 + 110 * sin(1.1 * since - 1.8))
    ahead = complex(250 * 0.55 * cos(0.55 * since - 0.9), 110 * 1.1 * cos(1.1 * since - 1.8))
    return [*comb(time, 0, 0, 1), *bee(spot, 170, cmath.phase(ahead), time, from_above=True)]


def picture(time: float, at: Starts) -> Picture:
    """What is seen at this moment."""
    scenes: tuple[tuple[float, Callable[[], Picture]], ...] = (
        (0.0, lambda: arrival(time, 0.0, at["dances"])),
        (at["dances"] - 0.3, lambda: dance(time, at)),
        (at["comb"] - 0.3, lambda: comb(time, at["comb"], at["three"] - at["comb"] - 1)),
        (at["three"] - 0.3, lambda: tilings(time, at)),
        (at["least"] - 0.3, lambda: comb(time, 0, 0, eased(time, at["least"], at["eat"] - at["least"] - 0.8))),
        (at["eat"] - 0.3, lambda: price(time, at)),
        (at["end"] - 0.3, lambda: ending(time, at)),
    )
    drawn = next(draw for start, draw in reversed(scenes) if time >= start)
    veil = max(1 - abs(time - start) / _FADE_S for start, _ in scenes[1:])
    return [*drawn(), Shape(CREAM, box(0, WIDTH, HEIGHT), veil)] if veil > 0 else drawn()
