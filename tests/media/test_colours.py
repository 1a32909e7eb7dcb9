"""Videos, clips and stills show the colours of the source in players that follow the colour tags, whatever its tags are."""

import struct
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from plans import plan_of, rendered
from probing import ffmpeg, probed, refusal
from test_corpus import FOLDER
from thorough import few

from video_automation.errors import InputError
from video_automation.media.program import Tools
from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing
from video_automation.plan.still import Box, Still
from video_automation.render.encode.stills import make_stills

BARS = np.array(
    [
        (101, 101, 101),
        (190, 190, 190),
        (191, 190, 12),
        (12, 190, 190),
        (13, 222, 3),
        (190, 12, 190),
        (190, 12, 12),
        (12, 12, 190),
    ]
)
KR_KB = {1: (0.2126, 0.0722), 4: (0.30, 0.11), 5: (0.299, 0.114), 6: (0.299, 0.114)}
FRAMES, SIZE = 6, (320, 180)
CASES = FOLDER / "cases"


def bars(
    folder: Path,
    matrix: str,
    tags: str = "",
    *,
    extent: str = "limited",
    size: tuple[int, int] = SIZE,
    filters: str = "null",
    codec: tuple[str, ...] = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", "-pix_fmt", "yuv420p"),
    name: str = "source.mp4",
) -> Path:
    """Some frames of eight colour bars. `tags` are the colour tags of the stream, by default the true ones."""
    raw = folder / "bars.rgb"
    raw.write_bytes(np.tile(np.repeat(BARS, 40, axis=0), (180 * FRAMES, 1)).astype(np.uint8).tobytes())
    made = f"scale={size[0]}:{size[1]}:flags=neighbor:out_color_matrix={matrix}:out_range={extent},format=yuv420p,{filters}"
    source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "320x180", "-r", "30", "-i", raw)
    rewritten = ("-bsf:v", f"h264_metadata={tags}") if tags else ()
    ffmpeg(*source, "-vf", made, *codec, *rewritten, folder / name)
    return folder / name


def seen(path: Path, *, believed: bool = True) -> np.ndarray:
    """The colours of the bars according to the file's tags, without ffmpeg's converters. A JPEG is full-range BT.601."""
    with av.open(str(path)) as film:
        frame = next(film.decode(video=0))
    assert frame.format.name in ("yuv420p", "yuvj420p")
    full = frame.color_range == 2 or not believed
    kr, kb = KR_KB[int(frame.colorspace) if believed else 5]
    planes = [np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width] for plane in frame.planes]
    middles = [[plane[plane.shape[0] // 2, round(plane.shape[1] * (bar + 0.5) / 8)] for bar in range(8)] for plane in planes]
    luma, blue, red = np.array(middles, float)
    y, cb, cr = (luma / 255, blue - 128, red - 128) if full else ((luma - 16) / 219, blue - 128, red - 128)
    cb, cr = cb / (255 if full else 224), cr / (255 if full else 224)
    r, b = y + 2 * (1 - kr) * cr, y + 2 * (1 - kb) * cb
    g = (y - kr * r - kb * b) / (1 - kr - kb)
    return np.clip(np.stack([r, g, b], axis=1) * 255, 0, 255)


def check_all_that_comes_of(film: Path, folder: Path, right: np.ndarray = BARS, *, within: int = 6) -> None:
    """Checks that the video, clips and stills of all layouts show these bars, and that the videos have all four tags."""
    shown = probed(film).picture
    size = (shown.display_width, shown.display_height)
    whole = CropPath(*size, (CropKey(0, 0, 0),))
    plan = plan_of(film, [(1, 5)], shown)
    (video,) = plan.renditions
    layouts = [
        None,
        Framing((FramedSpan("crop", (whole,)),)),
        Framing((FramedSpan("fit"),)),
        Framing((FramedSpan("stack", (whole, whole)),)),
    ]
    for at, framing in enumerate(layouts):
        made = replace(video, framing=framing, width=320, height=640 if at > 1 else 180) if framing else video
        out = rendered(replace(plan, renditions=(made,)), film, folder / f"work{at}")
        with av.open(str(out)) as opened:
            context = opened.streams.video[0].codec_context
            assert context.color_range == 1
            assert context.colorspace in (1, 5, 6)
            assert context.color_primaries in (1, 5, 6)
            assert context.color_trc == 1
        assert np.abs(seen(out) - right).max() <= within, (framing, seen(out))
    stills = (Still("a.jpg", 2, *size, (Box(0, 0, *size),)), Still("b.jpg", 2, 320, 640))
    for still in make_stills(plan.source, stills, film, Tools(folder, (film,))):
        assert np.abs(seen(still, believed=False) - right).max() <= within, seen(still, believed=False)


@pytest.mark.parametrize(
    ("matrix", "extent", "tag"),
    few(
        [
            ("bt709", "limited", 1),
            ("bt709", "full", 1),
            ("smpte170m", "limited", 6),
            ("bt470bg", "full", 5),
            ("fcc", "limited", 4),
        ],
        *(("bt709", "full", 1), ("smpte170m", "limited", 6)),
    ),
)
def test_what_a_source_says_of_its_colours_holds(tmp_path: Path, matrix: str, extent: str, tag: int) -> None:
    tags = (
        f"matrix_coefficients={tag}:colour_primaries=1:transfer_characteristics=1:video_full_range_flag={int(extent == 'full')}"
    )
    check_all_that_comes_of(bars(tmp_path, matrix, tags, extent=extent), tmp_path)


@pytest.mark.parametrize(
    ("matrix", "size"),
    few(
        [("smpte170m", SIZE), ("smpte170m", (640, 480)), ("bt470bg", (720, 576)), ("bt709", (1280, 720))],
        *(("smpte170m", SIZE), ("bt709", (1280, 720))),
    ),
)
def test_a_source_without_colour_tags_has_the_colours_usual_for_its_size(
    tmp_path: Path, matrix: str, size: tuple[int, int]
) -> None:
    film = bars(tmp_path, matrix, size=size, filters="setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown")
    with av.open(str(film)) as source:
        assert source.streams.video[0].codec_context.colorspace == 2
    check_all_that_comes_of(film, tmp_path)


@pytest.mark.parametrize(
    ("matrix", "primaries", "transfer"),
    few([(3, 3, 3), (1, 1, 9), (1, 2, 8), (0, 1, 1), (200, 200, 200)], (3, 3, 3)),
)
def test_tags_that_cannot_be_believed_change_no_colour(tmp_path: Path, matrix: int, primaries: int, transfer: int) -> None:
    written = f"matrix_coefficients={matrix}:colour_primaries={primaries}:transfer_characteristics={transfer}"
    check_all_that_comes_of(bars(tmp_path, "bt709", written), tmp_path)


def test_colours_that_come_as_rgb_stay(tmp_path: Path) -> None:
    film = bars(tmp_path, "bt709", codec=("-c:v", "qtrle", "-pix_fmt", "rgb24"), name="source.mov")
    check_all_that_comes_of(film, tmp_path)


def test_a_wide_gamut_is_brought_to_the_usual_one(tmp_path: Path) -> None:
    wide = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709,zscale=p=2020:m=2020_ncl:t=709,format=yuv420p"
    film = bars(tmp_path, "bt709", filters=wide)
    assert (probed(film).picture.matrix, probed(film).picture.primaries) == ("bt2020nc", "bt2020")
    check_all_that_comes_of(film, tmp_path, within=16)  # 8 bits of BT.2020 have few dark greens


@pytest.mark.parametrize(("matrix", "name"), few([(8, "YCgCo"), (14, "ICtCp"), (10, "constant luminance")], (8, "YCgCo")))
def test_colours_that_cannot_be_converted_are_refused_by_name(tmp_path: Path, matrix: int, name: str) -> None:
    film = bars(tmp_path, "bt709", f"matrix_coefficients={matrix}")
    with pytest.raises(InputError, match=name) as caught:
        probed(film)
    assert caught.value.code == "unsupported_colours"


@pytest.mark.parametrize(("profile", "usable"), [(5, False), (8, True)])
def test_dolby_vision_that_no_other_player_can_show_is_refused(tmp_path: Path, profile: int, usable: bool) -> None:
    codec = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1")
    film = bars(tmp_path, "bt709", codec=codec)
    said = struct.pack(">I4sBBHI16x", 32, b"dvcC", 1, 0, profile << 9 | 6 << 3 | 0b101, 1 << 28)
    content = bytearray(film.read_bytes())
    end = content.index(b"hvc1", content.index(b"stsd")) - 4
    end += int.from_bytes(content[end : end + 4], "big")
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1"):
        at = content.index(name, content.index(b"moov")) - 4
        content[at : at + 4] = (int.from_bytes(content[at : at + 4], "big") + len(said)).to_bytes(4, "big")
    film.write_bytes(content[:end] + said + content[end:])
    if usable:
        assert probed(film).picture.matrix
    else:
        with pytest.raises(InputError, match="Dolby Vision profile 5"):
            probed(film)


@pytest.mark.thorough
@pytest.mark.skipif(not CASES.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("name", few(["10_honest_bt709.mp4", "10_log_transfer.mp4", "10_reserved.mp4"], "10_log_transfer.mp4"))
def test_real_cases_show_the_bars_of_the_honest_one(tmp_path: Path, name: str) -> None:
    film = tmp_path / name
    film.write_bytes((CASES / name).read_bytes())
    check_all_that_comes_of(film, tmp_path, seen(CASES / "10_honest_bt709.mp4"))


@pytest.mark.thorough
@pytest.mark.skipif(not CASES.is_dir(), reason="the corpus is not here")
def test_the_real_case_that_says_ycgco_is_refused(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes((CASES / "10_ycgco.mp4").read_bytes())
    assert refusal(film) == "unsupported_colours"
