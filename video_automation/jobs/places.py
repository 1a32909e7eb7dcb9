"""Settings that name a place: a Redis server, a folder."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator


def _redis_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("redis", "rediss") and parts.netloc and (parts.port or True)
    except ValueError:
        named = False
    if not named:
        raise ValueError("it must look like redis://localhost:6379/0, or rediss:// for TLS")
    return url


def _folder(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("it is no path")
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("nobody on this machine has such a home folder") from None


RedisUrl = Annotated[str, AfterValidator(_redis_url)]
Folder = Annotated[Path, AfterValidator(_folder)]
