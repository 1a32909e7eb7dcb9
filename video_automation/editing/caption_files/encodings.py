"""Finds the encoding of a caption file: the one it declares, or else the one that gives the most likely text."""

import codecs
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from video_automation.editing.caption_files.alphabets import ALPHABETS, NAMES, OLDER, Alphabet
from video_automation.editing.caption_files.written import captions_error

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Unicode's byte order marks, the longer ones first if they begin alike."""
_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")
"""The first bytes of Word documents and others."""
_SAMPLE = 20_000
"""Bytes whose letters decide on an encoding."""
_MANY = 6_000
"""Different characters a Chinese, Japanese or Korean text may have."""
_PUNCTUATION = frozenset("“”‘’„‚«»‹›–—…•¿¡\u00a0·°♪♫€©®™½、。「」『』！？，：；（）《》〈〉【】～〜・\u3000")
_OWN, _MARK, _STRANGE_LETTER, _STRANGE = 3.0, math.log(0.01), math.log(1e-4), math.log(1e-5)
"""Logarithms: the bonus for the video's language; the probability of punctuation, of other letters, of other signs."""
_OLD, _OLD_ENCODINGS = -6.0, frozenset(name for names in OLDER.values() for name in names)
"""The penalty for an encoding that is not one of Windows."""
_ASCII, _LATIN = math.log(1 / 30), math.log(1 / 200)
"""The probability of an ASCII character, and of an ASCII letter if the language has other letters."""
_USUAL, _COMMON = 1.5, frozenset(("en", "fr", "de", "es", "pt", "it", "tr"))
"""The bonus for these languages."""
_LARGE = math.log(0.2)
"""The share of capitals among letters."""
_MISPLACED = -5.0
"""The penalty for a letter that is impossible in its place."""
_ENDINGS, _OPENINGS = frozenset("ςךםןףץ"), frozenset("¿¡„«")
"""Letters that only end words; signs that only begin them."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A caption file as text."""

    text: str
    remarks: tuple[str, ...]
    """A sentence on its encoding, if that is not plain UTF-8."""


def decoded(content: bytes, *, language: str, charset: str | None = None) -> Decoded:
    """A caption file decoded from any encoding; `language` is the video's, `charset` the sender's name of the encoding.

    Raises:
        RequestError: it is a document with pages, no known encoding makes text of it, or its lines are in several.
    """
    if content.startswith(_DOCUMENTS):
        raise captions_error(
            "the file is a document with pages, not plain text; save it as plain text in UTF-8, or export it as SubRip (.srt)"
        )
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return _unicode(content.removeprefix(mark), encoding, name)
    if wide := _wide(content):
        return _unicode(content, wide, wide[:6].upper())
    try:
        return Decoded(content.decode("utf-8"), ())
    except UnicodeDecodeError:
        _check_one_encoding(content)
    encoding = _declared(content, charset) or _likeliest(content, language)
    told = f"The file is not in UTF-8. It was read as {NAMES[encoding]}; if letters are wrong, save it in UTF-8."
    return Decoded(unicodedata.normalize("NFC", content.decode(encoding)), (told,))


def _unicode(content: bytes, encoding: str, name: str) -> Decoded:
    """The decoded text. Raises RequestError if not all bytes are valid in this encoding."""
    if encoding != "utf-8":
        unit = int(encoding[4:6]) // 8
        content = content[: len(content) // unit * unit]
    try:
        return Decoded(content.decode(encoding), () if encoding == "utf-8" else (f"The file is in {name}.",))
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "replace").count("\n") + 1
        raise captions_error(
            f"it has characters that are not {name}, as the rest of the file is; save all of it in UTF-8", line
        ) from None


def _wide(content: bytes) -> str:
    """The encoding of two or four bytes a character that gives most digits; empty if there are no zero bytes."""
    if b"\0" not in content:
        return ""
    sample = content[: _SAMPLE // 4 * 4]
    found: dict[str, int] = {}
    for _, encoding, _ in _MARKS:
        text = sample.decode(encoding, "replace")
        if "\0" not in text:
            found[encoding] = sum(map(text.count, "0123456789:"))
    best = max(found, key=found.__getitem__, default="")
    return best if found.get(best) else ""


def _check_one_encoding(content: bytes) -> None:
    """Raises RequestError if most of the lines beyond ASCII are UTF-8 and some are not."""
    good = bad = first = 0
    for number, row in enumerate(re.split(rb"\r\n|\r|\n", content), 1):
        if row.isascii():
            continue
        weight = sum(byte > 127 for byte in row)
        try:
            row.decode("utf-8")
            good += weight
        except UnicodeDecodeError:
            bad += weight
            first = first or number
    if good > bad:
        raise captions_error("it is not in UTF-8, as other lines of the file are; save all of it in UTF-8", first)


def _declared(content: bytes, charset: str | None) -> str | None:
    """The sender's encoding, if it is known and can decode this."""
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    usual = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}
    usual |= {"shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874", "ascii": ""}
    encoding = usual.get(name, name)
    return encoding if encoding in NAMES and _is_text(content, encoding) else None


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        return not re.search("[\x00\x80-\x9f]", content.decode(encoding))
    except UnicodeDecodeError:
        return False


def _likeliest(content: bytes, language: str) -> str:
    """The encoding that most likely makes this a text of some language. Raises RequestError if none does."""
    sample = b"\n".join(row for row in re.split(rb"\r\n|\r|\n", content) if not row.isascii())[:_SAMPLE]
    texts = {encoding: sample.decode(encoding, "replace") for encoding in NAMES if _is_text(content, encoding)}
    if not texts:
        raise captions_error("the file is not in an encoding that is known here; save it as plain text in UTF-8")
    fitting = [alphabet for alphabet in ALPHABETS if alphabet.encoding in texts]
    return max(fitting, key=lambda alphabet: _likelihood(texts[alphabet.encoding], alphabet, language)).encoding


def _likelihood(text: str, alphabet: Alphabet, language: str) -> float:
    """The logarithm of the probability of this text in this language."""
    chance = partial(_chance, alphabet=alphabet)
    misplaced = sum(map(_is_misplaced, pairwise(text)))
    known = (_OWN if alphabet.language == language else 0) + (_USUAL if alphabet.language in _COMMON else 0)
    known += _OLD if alphabet.encoding in _OLD_ENCODINGS else 0
    return known + misplaced * _MISPLACED + sum(chance(char) * count for char, count in Counter(text).items())


def _chance(char: str, alphabet: Alphabet) -> float:
    if char.isascii():
        return _LATIN if char.isalpha() and not alphabet.is_latin else _ASCII
    small = char if char in alphabet.chances else char.lower()
    if small in alphabet.chances:
        return math.log(alphabet.chances[small]) + (_LARGE if small != char else 0)
    if char in _PUNCTUATION:
        return _MARK
    if unicodedata.east_asian_width(char) == "W":
        return math.log(0.4 / _MANY)
    return _STRANGE_LETTER if char.isalpha() or unicodedata.category(char).startswith("M") else _STRANGE


def _is_misplaced(pair: tuple[str, str]) -> bool:
    """Whether words never have this pair: a capital after a small letter, an ending before a letter, two scripts."""
    before, after = pair
    if before.isascii() and after.isascii():
        return False
    if not _is_letter(before):
        return False
    if not _is_letter(after):
        return after in _OPENINGS
    return (before.islower() and after.isupper()) or before in _ENDINGS or _is_latin(before) != _is_latin(after)


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char).startswith("M")


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith(("LATIN", "COMBINING"))
