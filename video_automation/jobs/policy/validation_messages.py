"""Explains to its author what is wrong with a value, and what would be right."""

from typing import Final

from pydantic_core import ErrorDetails

_LONGEST_SHOWN: Final = 80
_WHOLE, _NUMBER, _SWITCH = "must be a whole number", "must be a number", "must be true or false"
_TEXT, _GROUP = "must be a text", "must be a JSON object with settings in it"
_REMEDIES: Final = {
    "bool_parsing": _SWITCH,
    "bool_type": _SWITCH,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_type": _WHOLE,
    "greater_than": "must be above {gt:,.10g}",
    "greater_than_equal": "must be at least {ge:,.10g}",
    "less_than": "must be below {lt:,.10g}",
    "less_than_equal": "must be at most {le:,.10g}",
    "literal_error": "must be {expected}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "dataclass_type": _GROUP,
    "model_type": _GROUP,
    "too_long": "may hold {max_length} at most",
    "value_error": "{error}",
}
"""By what pydantic calls the trouble; what is not here is said in pydantic's own words."""

_OF_GROUPS: Final = frozenset(("dataclass_type", "model_type"))


def remedy(problem: ErrorDetails, *, secret: bool = False) -> str:
    """What would be right, and what was given instead, unless that is a secret or a whole group of values."""
    pattern = _REMEDIES.get(problem["type"])
    said = pattern.format_map(problem.get("ctx", {})) if pattern else problem["msg"]
    hidden = secret or problem["type"] in _OF_GROUPS or isinstance(problem["input"], dict)
    return said if hidden else f"{said} (it was {_short(problem['input'])})"


def _short(given: object) -> str:
    shown = repr(given)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
