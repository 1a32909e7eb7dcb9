"""Filters that make every picture of a video as a player shows it: of one shape, upright, whole, without combs."""

from fractions import Fraction

from video_automation.plan.source.recording import Picture, Rotation
from video_automation.plan.time import FrameSpan, rounded

DECODING = ("-max_error_rate", "1", "-reinit_filter", "0", "-noautorotate")
"""Options before any input whose pictures go through `upright`: one filter graph, and one count of frames, lasts from the first
picture to the last, whatever changes. ffmpeg's own rotation is off, since it would come before combs are removed."""
_TURNS: dict[tuple[Rotation, bool], str] = {
    (0, False): "",
    (90, False): "transpose=clock",
    (180, False): "hflip,vflip",
    (270, False): "transpose=cclock",
    (0, True): "vflip",
    (90, True): "transpose=cclock_flip",
    (180, True): "hflip",
    (270, True): "transpose=clock_flip",
}


def upright(picture: Picture) -> tuple[str, ...]:
    """The filters, in order, for pictures whose times count from the start of the video.

    Their output has the stored orientation, then rotated: one even size for all, with the pixel shape of `picture`. While sizes
    still change, only `scale` and `pad` are allowed: other filters read beyond the end of a smaller picture.
    """
    steps = (
        # invalid tags could stop `scale`; a rotation matrix would rotate the output
        "setparams=color_primaries=bt709:color_trc=bt709,sidedata=mode=delete:type=DISPLAYMATRIX",
        _fitted(picture),
        *_without_combs(picture),
        _turned(picture),
    )
    return tuple(filter(None, steps))


def _fitted(picture: Picture) -> str:
    """Scales all pictures to the usual size, with black bars where the shape differs."""
    wide, high, usual = picture.width, picture.height, float(picture.pixel_aspect)
    aspect = "+".join(
        (
            f"{usual:.9f}",
            *(f"{float(other.pixel_aspect) - usual:.9f}*({_during(picture, (other.span,))})" for other in picture.others),
        )
    )
    shape = f"iw/ih*({aspect})"
    own = f"eq(iw,{wide})*eq(ih,{high})*lt(abs(({aspect})-{usual:.9f}),0.00001)"
    across = f"if({own},{wide},2*max(1,round(min({wide},{high}/{usual:.9f}*{shape})/2)))"
    down = f"if({own},{high},2*max(1,round(min({high},{wide}*{usual:.9f}/({shape}))/2)))"
    whole = f"{wide + wide % 2}:{high + high % 2}"  # `pad` rounds odd sizes down, below the picture's own
    even = f",crop={wide // 2 * 2}:{high // 2 * 2}:0:0:exact=1" if wide % 2 or high % 2 else ""
    return (
        f"scale=w='{across}':h='{down}':eval=frame:interl=-1,"
        f"pad={whole}:x='trunc((ow-iw)/4)*2':y='trunc((oh-ih)/4)*2':eval=frame{even},setsar=1"
    )


def _without_combs(picture: Picture) -> tuple[str, ...]:
    combs = picture.combs
    if combs.kind == "none":
        return ()
    if combs.kind == "found":
        parity = "auto" if combs.top_first else "bff"
        return (f"bwdif=mode=send_frame:deint=all:parity={parity}:enable='{_during(picture, combs.spans)}'",)
    steps = ("bwdif=mode=send_frame:deint=interlaced",)
    if combs.kind == "telecine":
        # it tags pictures it can complete with fields of the next ones as progressive, the others as combed
        return (f"fieldmatch=order={'tff' if combs.top_first else 'bff'}:combmatch=full", *steps)
    return steps


def _turned(picture: Picture) -> str:
    """Rotates pictures; those of stretches rotated differently are fitted into the usual shape and overlaid."""
    usual = picture.rotation, picture.flipped
    spans: dict[tuple[Rotation, bool], tuple[FrameSpan, ...]] = {}
    for other in picture.others:
        way = other.rotation, other.flipped
        if way != usual:
            spans[way] = (*spans.get(way, ()), other.span)
    if not spans:
        return _TURNS[usual]
    copies = "".join(f"[turn{i}]" for i in range(len(spans)))
    steps = [f"split={len(spans) + 1}[usual]{copies}", f"[usual]{_TURNS[usual] or 'null'}[upright0]"]
    for i, (way, when) in enumerate(spans.items()):
        steps += [
            f"[turn{i}]{_TURNS[way] or 'null'},{_inside(picture, way[0])}[over{i}]",
            f"[upright{i}][over{i}]overlay=format=auto:enable='{_during(picture, when)}'[upright{i + 1}]",
        ]
    return ";".join(steps).removesuffix(f"[upright{len(spans)}]")


def _inside(picture: Picture, rotation: Rotation) -> str:
    """Fits a picture rotated by `rotation` into the usual one, whose pixels are rotated by `picture.rotation`."""
    (wide, high, aspect), (across, down, own) = (_lying(picture, turn) for turn in (picture.rotation, rotation))
    share = min(wide * aspect / (across * own), Fraction(high, down))
    size = (2 * max(1, rounded(side / 2)) for side in (across * own * share / aspect, down * share))
    return "scale={}:{},pad={wide}:{high}:-1:-1,setsar=1".format(*size, wide=wide, high=high)


def _lying(picture: Picture, rotation: Rotation) -> tuple[int, int, Fraction]:
    """Width, height and pixel aspect of a stored picture after its rotation."""
    wide, high = picture.width // 2 * 2, picture.height // 2 * 2
    if rotation in (90, 270):
        return high, wide, 1 / picture.pixel_aspect
    return wide, high, picture.pixel_aspect


def _during(picture: Picture, spans: tuple[FrameSpan, ...]) -> str:
    """An ffmpeg expression of time: 1 while frames of these spans are shown, else 0."""
    return "+".join(f"gte(t,{_from(picture, span.start)})*lt(t,{_from(picture, span.end)})" for span in spans)


def _from(picture: Picture, frame: int) -> str:
    """The time in seconds from which a picture falls into a frame: half a frame before it."""
    micros = rounded((Fraction(frame) - Fraction(1, 2)) / picture.rate * 1_000_000) - picture.late_us
    return f"{micros / 1_000_000:.6f}"
