"""The look of a clip's captions: its style with a person's changes, as styles of ASS."""

from dataclasses import replace

from pysubs2 import Alignment, Color, SSAStyle

from video_automation.plan.choices import CLIP_STYLES, CaptionStyle
from video_automation.plan.params import LookParams
from video_automation.plan.rendition import Rendition
from video_automation.render.captions.ass_events import BY_ITS_LETTERS
from video_automation.render.captions.lettering import font_size
from video_automation.render.captions.typefaces import Typeface

_EM = 0.062
"""The size of letters as a share of the height of a 9:16 picture; wider pictures count as 9:16."""
_PORTRAIT_SIDES, _SIDES = 164 / 1080, 0.06
_PORTRAIT_BOTTOM, _BOTTOM = 1 - 1470 / 1920, 0.08
"""The margins at each side and below: the union of what TikTok, Reels and Shorts cover, kept symmetrical."""
_TOP = 0.145
_PADDING_EM = 0.1
"""The least distance of letters from the margins, for a box."""
_SHADOW_EM, _GLOW_EM = 0.07, 0.1
GLOW_BLUR_EM = 0.1
"""How soft a glow is."""
_BOXES, _ONE_BOX = 3, 4
"""Border styles of libass: a box behind each run of letters, larger than they are by `outline`; one box behind all lines,
larger by `shadow`."""
_USUAL_BOX, _USUAL_BOX_EM = "#0F766E", (0.2, 0.0)
"""The colour of a box, and how far it reaches beyond its lines, where a style has none."""


def styled(name: str, look: LookParams) -> CaptionStyle:
    """A caption style with a person's changes."""
    style = CLIP_STYLES[name]
    box = style.box if look.box is None else None if look.box == "none" else style.box or _USUAL_BOX
    boxed = style.boxed if look.box is None or look.box == "none" else look.box
    return replace(
        style,
        font=look.font or style.font,
        letters=look.letter_colour or style.letters,
        spoken=look.spoken_colour or style.spoken,
        said=style.said and (look.spoken_colour or style.said),
        keyword=look.keyword_colour,
        outline=look.outline_colour or style.outline,
        outline_em=style.outline_em if look.outline_width is None else look.outline_width / 100,
        box=box and (look.box_colour or box),
        boxed=boxed,
        box_em=style.box_em if boxed == style.boxed else _USUAL_BOX_EM,
        capitals=style.capitals if look.letter_case is None else look.letter_case == "capitals",
        words=look.words_per_line or style.words,
    )


def ass_styles(style: CaptionStyle, rendition: Rendition, latin: Typeface) -> dict[str, SSAStyle]:
    """ASS styles in this typeface: "Default" and "Title", and those of the layers behind them: "Box", "TitleBox" and so on."""
    em, upright = em_px(rendition) * style.size, rendition.height > rendition.width
    side = round(rendition.width * sides(rendition))
    usual = SSAStyle(
        fontname=latin.name,
        fontsize=font_size(em, latin),
        encoding=BY_ITS_LETTERS,
        primarycolor=_colour(style.letters),
        outlinecolor=_colour(style.outline),
        outline=round(em * style.outline_em, 2),
        shadow=round(em * _SHADOW_EM, 2) if style.shadow else 0.0,
        alignment=Alignment.BOTTOM_CENTER,
        marginl=side,
        marginr=side,
        marginv=round(rendition.height * (_PORTRAIT_BOTTOM if upright else _BOTTOM) + em * _PADDING_EM),
    )
    if style.shadow:
        usual.backcolor = _colour(style.shadow)
    above = round(rendition.height * (_TOP if upright else _BOTTOM) + em * _PADDING_EM)
    title = usual.copy()
    if is_high(rendition):
        usual.alignment, usual.marginv = Alignment.TOP_CENTER, above
    else:
        title.alignment, title.marginv = Alignment.TOP_CENTER, above
    if rendition.captions_at not in ("low", "high"):
        usual.alignment = Alignment.MIDDLE_CENTER
    styles = {"Default": usual, "Title": title}
    if style.box:
        styles["Box"] = _box(usual, style, em)
        if style.boxed != "word":
            styles["TitleBox"] = _box(title, style, em)
    if style.glow:
        styles |= {"Glow": _glow(usual, style.glow, em), "TitleGlow": _glow(title, style.glow, em)}
    return styles


def em_px(rendition: Rendition) -> float:
    """The usual size of letters."""
    return (
        min(rendition.height, rendition.width * 4 / 3) * _EM if rendition.height <= rendition.width else rendition.height * _EM
    )


def sides(rendition: Rendition) -> float:
    """The margin at each side, as a share of the width."""
    return _PORTRAIT_SIDES if rendition.height > rendition.width else _SIDES


def reach_em(style: CaptionStyle) -> float:
    """How far what belongs to letters reaches beyond them."""
    return max(style.outline_em + _PADDING_EM, style.box_em[0] if style.box else 0) + (_SHADOW_EM if style.shadow else 0)


def is_high(rendition: Rendition) -> bool:
    """Whether captions are where titles usually are."""
    at = rendition.captions_at
    return at == "high" or (isinstance(at, int) and at > 50)


def colour_tag(written: str) -> str:
    """A colour written "#RRGGBB" as tags of ASS have it: blue, green, red."""
    return f"&H{written[5:7]}{written[3:5]}{written[1:3]}&"


def _box(behind: SSAStyle, style: CaptionStyle, em: float) -> SSAStyle:
    assert style.box
    box, colour, padding = behind.copy(), _colour(style.box), round(em * style.box_em[0], 2)
    colour.a = style.box_alpha
    box.shadow = 0.0
    if style.boxed == "block":
        box.borderstyle, box.backcolor, box.outline, box.shadow = _ONE_BOX, colour, 0.0, padding
    else:
        box.borderstyle, box.outlinecolor, box.outline = _BOXES, colour, padding
    return box


def _glow(behind: SSAStyle, colour: str, em: float) -> SSAStyle:
    glow = behind.copy()
    glow.primarycolor = glow.outlinecolor = _colour(colour)
    glow.outline, glow.shadow = round(em * _GLOW_EM, 2), 0.0
    return glow


def _colour(written: str) -> Color:
    """A colour written "#RRGGBB"."""
    return Color(*bytes.fromhex(written.removeprefix("#")))
