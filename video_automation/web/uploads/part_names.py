"""Reads the names of a form's field and of its file from `Content-Disposition`, in every way that clients write them.

Browsers write names as they are, with `%22` for a quotation mark. Other clients percent-encode the whole name, put a backslash
before a quotation mark, or use RFC 5987 (`filename*=UTF-8''…`), RFC 2231 (`filename*0*=…`) or encoded words (`=?UTF-8?B?…?=`).
"""

import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import decode_params, unquote
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

_PARAMETER: Final = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:\\.|[^"\\])*"(?=\s*(?:;|$))|[^;]*)', re.DOTALL)
_CONTINUED: Final = re.compile(r"filename\*[0-9]{1,3}\*?")
_WORD: Final = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
_ALL_ENCODED: Final = re.compile(r"(?:[A-Za-z0-9_.~!*'()-]|%[0-9A-Fa-f]{2})+")
_LINE_ENDS_AND_QUOTES: Final = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))


class Called(NamedTuple):
    """The names of a field and of its file; `filename` is None if the field is not a file."""

    name: str
    filename: str | None


def disposition_names(disposition: bytes) -> Called:
    """The names in a `Content-Disposition` header, which is read as UTF-8, or else as Windows-1252."""
    try:
        text = disposition.decode()
    except UnicodeDecodeError:
        text = disposition.decode("cp1252", "replace")
    given = {name.lower(): value.strip() for name, value in reversed(_PARAMETER.findall(text))}
    name = _unescaped(given.get("name", ""))
    return Called(name, _extended(given) or (_meant(given["filename"]) if "filename" in given else None))


def _extended(given: dict[str, str]) -> str | None:
    """The file's name in the form of RFC 5987 or RFC 2231; None if there is none."""
    pieces = ["filename*"] if "filename*" in given else [name for name in given if _CONTINUED.fullmatch(name)]
    found = decode_params([("", ""), *((piece, given[piece]) for piece in pieces)])[1:]
    if not found:
        return None
    value = found[0][1]
    if isinstance(value, str):
        return unquote(value)
    charset, _, encoded = value
    try:
        return unquote(encoded).encode("latin-1").decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return unquote(encoded)


def _meant(value: str) -> str:
    """The name that a plain `filename` parameter means."""
    text = _unescaped(value)
    if _WORD.search(text):
        try:
            return str(make_header(decode_header(text)))
        except (HeaderParseError, LookupError, UnicodeError):
            return text
    return text


def _unescaped(value: str) -> str:
    """A parameter's value without quotation marks and escapes."""
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    text = value[1:-1] if quoted else value
    if quoted and '\\"' in text:
        return re.sub(r'\\(["\\])', r"\1", text)
    if _ALL_ENCODED.fullmatch(text):
        with suppress(UnicodeDecodeError):
            return unquote_to_bytes(text).decode()
    for code, character in _LINE_ENDS_AND_QUOTES:
        text = text.replace(code, character)
    return text
