"""Joins Arabic letters: the shape and width of each depend on its neighbours."""

from functools import cache
from unicodedata import category, decomposition

_FIRST = "\u0600"
_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
"""Unicode's blocks of joined letters as single characters."""
_JOINED_BEFORE, _JOINED_AFTER = ("<final>", "<medial>"), ("<initial>", "<medial>")


def joined_forms(text: str) -> str:
    """A text with its letters replaced by their joined forms, one for one; letters without such forms stay."""
    if all(char < _FIRST for char in text):
        return text
    letters = [place for place, char in enumerate(text) if category(char) != "Mn"]
    shown = list(text)
    for i, place in enumerate(letters):
        before = i > 0 and _joins(text[letters[i - 1]], _JOINED_AFTER) and _joins(text[place], _JOINED_BEFORE)
        after = i + 1 < len(letters) and _joins(text[place], _JOINED_AFTER) and _joins(text[letters[i + 1]], _JOINED_BEFORE)
        form = "<medial>" if before and after else "<final>" if before else "<initial>" if after else "<isolated>"
        shown[place] = _forms().get((text[place], form), text[place])
    return "".join(shown)


def _joins(char: str, forms: tuple[str, ...]) -> bool:
    return any((char, form) in _forms() for form in forms)


@cache
def _forms() -> dict[tuple[str, str], str]:
    """The joined character, by letter and kind of joining."""
    found = {}
    for code in (code for codes in _FORMS for code in codes):
        form, _, letter = decomposition(chr(code)).partition(" ")
        if form.startswith("<") and len(letter) == 4:
            found[chr(int(letter, 16)), form] = chr(code)
    return found
