"""Makes names of output files from any name of the source."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from video_automation.plan.text.legibility import clusters

_LONGEST, _LONGEST_BYTES = 80, 180
"""Characters, and bytes of UTF-8: file systems take 255 bytes, and output files add some 30 to the name."""
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Invisible letters and marks: with them one name can look like another."""
_MARKS = "._-"
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
"""Names of Windows' devices: Windows cannot unpack a file of such a name, whatever its suffix."""


def safe_stem(name: str) -> str:
    """A file name's stem that is safe in any file system, header and command line, and never empty.

    Letters and digits of every script stay. Folders, the last suffix and invisible characters are removed. Runs of anything
    else but ".", "_" and "-" become one "_"; none of those three begins or ends the stem. At most 80 characters in 180 bytes
    stay. If nothing is left, the stem is "video"; if it is a device of Windows (CON, NUL, ...), it gets "video_" in front.
    """
    stem = PurePosixPath(PureWindowsPath(name).name).stem
    seen = (char for char in _UNSEEN.sub("", unicodedata.normalize("NFC", stem)) if unicodedata.category(char) != "Cf")
    kept = re.sub("\0+", "_", "".join(char if _stays(char) else "\0" for char in seen))
    safe = _shortened(kept) or "video"
    return _shortened(f"video_{safe}") if _DEVICES.fullmatch(safe) else safe


def _stays(char: str) -> bool:
    return char in _MARKS or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"


def _shortened(text: str) -> str:
    """The text cut to the limits; it begins with a letter or a digit, and ends with one and its marks."""
    start = next((place for place, char in enumerate(text) if char.isalnum()), len(text))
    short = ""
    for letter in clusters(text[start:]):
        if len(short + letter) > _LONGEST or len((short + letter).encode()) > _LONGEST_BYTES:
            break
        short += letter
    return short.rstrip(_MARKS)
