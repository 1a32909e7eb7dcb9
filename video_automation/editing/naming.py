"""Names of output files, made from whatever the user called the source."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

_LONGEST = 80


def safe_stem(name: str) -> str:
    """A file name's stem that is safe in any file system, header and command line, and never empty.

    Folders and the last suffix go; accents too; runs of anything but ASCII letters, digits, ".", "_" and "-" become one "_";
    none of those three begins or ends it; at most 80 characters stay. Where nothing is left, it is "video".
    """
    stem = PurePosixPath(PureWindowsPath(name).name).stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "_", plain).strip("._-")[:_LONGEST].rstrip("._-") or "video"
