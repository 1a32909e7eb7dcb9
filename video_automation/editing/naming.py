"""Names of output files, made from whatever the user called the source."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

_LONGEST = 80
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
"""Names of Windows' devices: a file of such a name, whatever its suffix, cannot be unpacked there."""


def safe_stem(name: str) -> str:
    """A file name's stem that is safe in any file system, header and command line, and never empty.

    Folders and the last suffix go; accents too; runs of anything but ASCII letters, digits, ".", "_" and "-" become one "_";
    none of those three begins or ends it; at most 80 characters stay. Where nothing is left, it is "video"; where it names a
    device of Windows (CON, NUL, ...), "video_" comes before it.
    """
    stem = PurePosixPath(PureWindowsPath(name).name).stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", plain).strip("._-")[:_LONGEST].rstrip("._-") or "video"
    return f"video_{safe}"[:_LONGEST].rstrip("._-") if _DEVICES.fullmatch(safe) else safe
