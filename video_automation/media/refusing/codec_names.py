"""The names of codecs that we do not read, and how to convert a recording in one of them."""

import re
from typing import Final

_GRADE: Final = "Export it as ProRes or H.264 with {program}, and upload that."
_ELSE: Final = "Convert it to H.264 in MP4, for instance with HandBrake or VLC, and upload that."
_BRAW: Final = ("Blackmagic RAW", _GRADE.format(program="DaVinci Resolve"))
_PRORES_RAW: Final = ("ProRes RAW", _GRADE.format(program="Final Cut Pro or DaVinci Resolve"))
_KNOWN: Final = {
    **dict.fromkeys(("braw", "brxq", "brst", "brvn", "brhq", "brlt", "brs2", "brxh"), _BRAW),
    **dict.fromkeys(("prores_raw", "aprn", "aprh"), _PRORES_RAW),
    "hap": ("Hap", _GRADE.format(program="the program it comes from")),
    "dxv": ("Resolume DXV", _GRADE.format(program="Resolume Alley")),
    "vvc": ("H.266 (VVC)", _ELSE),
    "apv": ("APV", _ELSE),
    "evc": ("MPEG-5 EVC", _ELSE),
    "notchlc": ("NotchLC", _GRADE.format(program="the program it comes from")),
    "sheervideo": ("SheerVideo", _ELSE),
    "tdsc": ("TDSC, a screen recorder's codec", _ELSE),
    "bink": ("Bink", _ELSE),
}
_DRM: Final = ("drmi", "drms", "encv", "enca", "p608")
_STREAM: Final = r"Stream #0:{index}\b.*?: (?:Video|Audio): (\w+)(?:.*?\((\w{{3,4}}) / 0x)?"
"""How FFmpeg describes a stream: the name of its codec, or none, and the four-letter code in the file."""


def written_codec(dump: str, index: int) -> str:
    """The codec of a stream in FFmpeg's description of a file: its name, else its four letters, else "unknown"."""
    found = re.search(_STREAM.format(index=index), dump)
    name, letters = found.groups() if found else ("none", None)
    return letters or "unknown" if name == "none" else name


def unread(name: str) -> tuple[str, str]:
    """The name of a codec that we do not read, and what to do; `name` is FFmpeg's or the four-letter code in a file."""
    return _KNOWN.get(name.lower(), (f"“{name}”", _ELSE))


def is_locked(name: str) -> bool:
    """Whether this four-letter code means a track encrypted for a single buyer."""
    return name.lower() in _DRM
