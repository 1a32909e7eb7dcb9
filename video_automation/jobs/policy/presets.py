"""Presets of an owner: sets of options under a name, to be used again with other videos."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from video_automation.errors import RequestError, UnknownTaskError
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.plan.text.plain_names import plain_name

FROM_PRESET: Final = "from_preset"
"""The option of an upload that names a preset, whose options apply where the upload says nothing else."""
MOST_PRESETS: Final = 50
"""How many an owner may have."""
_LONGEST: Final = 10_000
"""Characters of all options of one."""


def _neat(name: object) -> object:
    return plain_name(name) if isinstance(name, str) else name


PresetName = Annotated[str, Field(min_length=1, max_length=60), BeforeValidator(_neat)]
"""A preset's name: in any script, with single spaces, without characters that cannot be seen."""
Presets = dict[PresetName, dict[str, str]]
"""The presets of an owner: their options as texts, by their names, in the order they were made."""
_NAME: Final = TypeAdapter(PresetName)


def preset_name(text: str) -> str:
    """A preset's name as it is kept. Raises RequestError where it can be none."""
    try:
        return _NAME.validate_python(text)
    except ValidationError as error:
        raise RequestError(f"The name of a preset {remedy(error.errors()[0])}.", code="wrong_preset") from None


def with_preset(presets: Mapping[str, Mapping[str, str]], options: Mapping[str, str]) -> dict[str, str]:
    """The options with those of the preset they name, where they say nothing else; as they are where they name none.

    Raises:
        RequestError: there is no such preset.
    """
    single = {name: text for name, text in options.items() if name != FROM_PRESET}
    named = plain_name(options.get(FROM_PRESET, ""))
    if not named:
        return single
    if named not in presets:
        raise RequestError(f"You have no preset “{named[:60]}”.", code="unknown_preset")
    return {**presets[named], **single}


def preset_put(name: str, options: Mapping[str, str]) -> Callable[[Presets], Presets]:
    """The step that adds a preset, or replaces the one of this name. It raises RequestError where that is too much to keep."""

    def step(before: Presets) -> Presets:
        if name not in before and len(before) >= MOST_PRESETS:
            raise RequestError(
                f"You have {MOST_PRESETS} presets, the most there may be. Delete one first.", code="wrong_preset"
            )
        if sum(map(len, options.values())) > _LONGEST:
            raise RequestError(f"The options of a preset have {_LONGEST:,} characters at most.", code="wrong_preset")
        return before | {name: dict(options)}

    return step


def preset_dropped(name: str) -> Callable[[Presets], Presets]:
    """The step that removes a preset. It raises UnknownTaskError where there is none of this name."""

    def step(before: Presets) -> Presets:
        if name not in before:
            raise UnknownTaskError(f"You have no preset “{name}”.", code="unknown_preset")
        return {other: options for other, options in before.items() if other != name}

    return step
