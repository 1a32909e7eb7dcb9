"""Keeps the colours of a picture: tells each filter, and each player, what its numbers mean."""

from video_automation.plan.source.recording import Picture

_HDR = (
    "setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc,zscale=t=linear:npl=100,format=gbrpf32le,"
    "zscale=p=709,tonemap=hable:desat=0,zscale=t=709:m=709:r=limited,format=yuv420p,sidedata=mode=delete"
)
_WIDE = "setparams=color_primaries={primaries}:color_trc=bt709:colorspace={matrix},zscale=p=709:t=709:m=709:r=limited"
_NARROW = ("bt709", "bt470bg", "smpte170m")
"""Primaries and matrices that every player knows; they differ so little that a picture keeps its own."""


def narrowed(picture: Picture) -> str:
    """The filters that convert high dynamic range and wide gamuts to BT.709, and drop invalid tags."""
    if picture.transfer != "sdr":
        return _HDR.format(transfer={"pq": "smpte2084", "hlg": "arib-std-b67"}[picture.transfer])
    if picture.primaries not in _NARROW:
        return _WIDE.format(primaries=picture.primaries, matrix=picture.matrix)
    return _tagged(picture.primaries)


def for_video(picture: Picture) -> tuple[str, str]:
    """For a narrowed picture: options of `scale`, and the last filter, which sets the other colour tags.

    BT.601 and BT.709 stay as they are, without loss; colour spaces that few players know become BT.709.
    """
    primaries, found = _found(picture)
    return _scale(found, matrix(picture), "limited"), _tagged(primaries)


def matrix(picture: Picture) -> str:
    """The colour matrix of the video made of a narrowed picture."""
    _, found = _found(picture)
    return found if found in _NARROW else "bt709"


def for_jpeg(picture: Picture) -> str:
    """Options of `scale` for a narrowed picture: JPEG has no colour tags, its colours are always full-range BT.601."""
    return _scale(_found(picture)[1], "bt470bg", "full")


def _found(picture: Picture) -> tuple[str, str]:
    """Primaries and matrix of a narrowed picture."""
    if picture.transfer != "sdr" or picture.primaries not in _NARROW:
        return "bt709", "bt709"
    return picture.primaries, picture.matrix


def _tagged(primaries: str) -> str:
    return f"setparams=color_primaries={primaries}:color_trc=bt709"


def _scale(matrix: str, wanted: str, extent: str) -> str:
    return f"in_color_matrix={matrix}:out_color_matrix={wanted}:out_range={extent}"
