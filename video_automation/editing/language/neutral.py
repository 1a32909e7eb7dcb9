"""Languages without word lists: decisions rest on punctuation, lengths and counts alone."""

import re

from video_automation.editing.language.tables import Breaks, Hooks, Language, Topic, itself, stem, word_list

_UNSPACED = frozenset(("zh", "yue", "ja", "th", "lo", "my", "km", "bo"))
_ORDINALS = word_list("bs cs da de et fi fo hr hu is lb lv mk nb nn no pl sk sl sr sv tr")
"""Languages that write "third" as "3."."""
_ALGORITHMS = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nn": "norwegian",
    "no": "norwegian",
    "ro": "romanian",
    "sr": "serbian",
    "ta": "tamil",
    "yi": "yiddish",
}


def neutral(code: str) -> Language:
    """A language without word lists."""
    unspaced = code in _UNSPACED
    return Language(
        iso=code,
        topic=Topic(root=stem(_ALGORITHMS[code]) if code in _ALGORITHMS else itself, shortest=4 if unspaced else 5),
        hooks=Hooks(question=re.compile("՞")) if code == "hy" else Hooks(),
        breaks=Breaks(short=0 if unspaced else 3),
        full_stops=code not in ("th", "lo"),
        ordinals=code in _ORDINALS,
        unspaced=unspaced,
        opens_questions=code == "gl",
        dotted_i=code == "az",
    )
