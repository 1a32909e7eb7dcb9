"""Turns options, flat names with text values from a form or a command line, into parameters."""

import ast
import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import RequestError
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.plan.choices import OneOf
from video_automation.plan.clip import LONGEST_CLIP_MS
from video_automation.plan.params import Params

_PARAMS = TypeAdapter(Params)
_LONGEST_SHOWN = 80


def _places(params: Params) -> dict[str, str | None]:
    places: dict[str, str | None] = {}
    for top in fields(params):
        if top.name == "brand":
            continue  # files, found by the options that name them
        section = getattr(params, top.name)
        if is_dataclass(section):
            places |= {inner.name: top.name for inner in fields(section)}
        else:
            places[top.name] = None
    return places


OPTIONS = _places(Params())
"""Every name an upload or a command line may give, and the section of the parameters it belongs to, if any."""


ONLINE = frozenset(("review", *(name for name, section in OPTIONS.items() if section in ("logo", "cards"))))
"""Those of them that mean something only in a service: where somebody can come back to a task, and has pictures there."""

WEBHOOK_URL = "webhook_url"
"""One more that an upload may give: where its events are sent. It decides nothing about the work, and is no parameter of it."""

SWITCHES = frozenset(
    name
    for name, section in OPTIONS.items()
    if isinstance(getattr(getattr(Params(), section) if section else Params(), name), bool)
)
"""Those of them that are either on or off."""


@cache
def _told(kind: type) -> dict[str, str]:
    """The descriptions of a dataclass's fields, by name."""
    (written,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(written, ast.ClassDef)
    return {
        field.target.id: " ".join(text.value.value.split())
        for field, text in pairwise(written.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


def _described(name: str, section: str | None) -> str:
    """What its text says; where it is a choice, with all there is to choose from."""
    kind: Any = type(getattr(Params(), section) if section else Params())
    marks = getattr(get_type_hints(kind, include_extras=True)[name], "__metadata__", ())
    choices = [f": {mark}." for mark in marks if isinstance(mark, OneOf)]
    return _told(kind)[name].removesuffix("." if choices else "") + "".join(choices)


DESCRIBED = {name: _described(name, section) for name, section in OPTIONS.items()}
"""What each of them is for, in a sentence."""


def params_with(defaults: Params, options: Mapping[str, str]) -> Params:
    """The parameters, with some set from text such as `{"trim_silence": "false", "crf": "23"}`.

    Raises:
        RequestError: there is no such option, or its value is wrong; the sentence names it.
    """
    values = _PARAMS.dump_python(defaults)
    for name, text in options.items():
        if name not in OPTIONS:
            raise RequestError(
                f"There is no option {name[:_LONGEST_SHOWN]!r}. There are: {', '.join(OPTIONS)}.", code="unknown_option"
            )
        section = OPTIONS[name]
        (values[section] if section else values)[name] = text
    try:
        params = _PARAMS.validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = next((part for part in reversed(first["loc"]) if part in OPTIONS), "options")
        raise RequestError(f"{name}: {remedy(first)}.", code="wrong_option") from None
    if "clips" in options and any(1000 * (end_s - start_s) > LONGEST_CLIP_MS for start_s, end_s in params.clips.clips):
        raise RequestError("clips: a clip lasts ten minutes at most.", code="wrong_option")
    return params
