"""Edits that a person or a program makes on a plan: small values, applied by `editing.edits`."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from video_automation.errors import RequestError
from video_automation.plan.choices import ClipStyleName, LayoutName
from video_automation.plan.cues import Cue, plain_line
from video_automation.plan.params import LookParams, WantedPlace
from video_automation.plan.still import LONGEST_HEADLINE


def _with_op(schema: dict[str, Any]) -> None:
    """Makes `op`, which tells the kinds of edits apart, required in a schema."""
    if "op" in schema["properties"]:
        schema["required"] = ["op", *schema.get("required", ())]


_EXACT = ConfigDict(
    extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True, json_schema_extra=_with_op
)
_LONGEST_MS = 7 * 24 * 3_600_000

Ms = Annotated[int, Field(ge=0, le=_LONGEST_MS)]
"""A time in milliseconds of the recording."""
Line = Annotated[str, AfterValidator(plain_line), Field(max_length=200)]
"""A text of one line."""
Text = Annotated[str, Field(max_length=5_000)]
Words = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
"""The first and the last of some words, by their index in the transcript; both included."""


_T = TypeVar("_T")
_Ours = Annotated[_T, SkipJsonSchema()]
"""A field of an edit that only our code fills; the API's description leaves it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOut:
    """Cuts out a stretch of the recording, given by its times or by its words."""

    __pydantic_config__ = _EXACT
    op: Literal["cut"] = "cut"
    start_ms: Ms | None = None
    end_ms: Ms | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Restores a stretch of the recording, given by its times or by its words."""

    __pydantic_config__ = _EXACT
    op: Literal["keep"] = "keep"
    start_ms: Ms | None = None
    end_ms: Ms | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Corrects some words."""

    __pydantic_config__ = _EXACT
    op: Literal["correct"] = "correct"
    words: Words
    text: Line
    words_key: _Ours[str | None] = None
    """The transcript it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Replaces a word, or several, everywhere: in captions, titles, description, chapters, clips."""

    __pydantic_config__ = _EXACT
    op: Literal["replace"] = "replace"
    find: Annotated[str, AfterValidator(plain_line), Field(min_length=1, max_length=200)]
    by: Annotated[Line, Field(alias="with")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """Replaces the captions by a whole caption file, on the clock of the video as it is then; null undoes that."""

    __pydantic_config__ = _EXACT
    op: Literal["captions"] = "captions"
    vtt: Annotated[str, Field(max_length=2_000_000)] | None = None
    cues: _Ours[tuple[Cue, ...] | None] = None
    """The captions read from it, in frames of the recording."""
    remarks: _Ours[tuple[str, ...]] = ()
    """What of it was lost or assumed."""
    words_key: _Ours[str | None] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipAdd:
    """Makes a clip of a stretch of the recording."""

    __pydantic_config__ = _EXACT
    op: Literal["clip_add"] = "clip_add"
    start_ms: Ms
    end_ms: Ms
    title: Line | None = None


OwnChoice = Literal["style", "layout", "caption_position", "look"]
"""A choice of a clip's own, in place of that of all clips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSet:
    """Changes a clip; fields left out stay as they are. Of style, layout, position and look, null is that of all clips."""

    __pydantic_config__ = _EXACT
    op: Literal["clip_set"] = "clip_set"
    clip: str
    start_ms: Ms | None = None
    end_ms: Ms | None = None
    title: Line | None = None
    style: ClipStyleName | None = None
    layout: LayoutName | None = None
    caption_position: WantedPlace = None
    look: LookParams | None = None
    """Replaces the clip's own changes to its style; an empty one removes them."""
    unset: _Ours[tuple[OwnChoice, ...]] = ()
    """The choices that were sent as null: they are again those of all clips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipDrop:
    """Removes a clip."""

    __pydantic_config__ = _EXACT
    op: Literal["clip_drop"] = "clip_drop"
    clip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipReset:
    """Resets a clip to its first version."""

    __pydantic_config__ = _EXACT
    op: Literal["clip_reset"] = "clip_reset"
    clip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterText:
    """A chapter, from `start_ms` of the recording on."""

    __pydantic_config__ = _EXACT
    start_ms: Ms
    title: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Changes the texts the video is published with; fields left out stay as they are."""

    __pydantic_config__ = _EXACT
    op: Literal["text"] = "text"
    titles: Annotated[tuple[Line, ...], Field(max_length=20)] | None = None
    description: Text | None = None
    chapters: Annotated[tuple[ChapterText, ...], Field(max_length=200)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThumbnailSet:
    """Sets the thumbnail of the video, or the cover of a clip. Without `at_ms` its frame is chosen as before any such edit."""

    __pydantic_config__ = _EXACT
    op: Literal["thumbnail_set"] = "thumbnail_set"
    clip: str | None = None
    """The id of the clip; left out for the video."""
    at_ms: Ms | None = None
    """The moment of the recording whose frame is shown; of a clip, within its stretch."""
    headline: Annotated[str, AfterValidator(plain_line), Field(max_length=LONGEST_HEADLINE)] = ""
    """The text that is drawn over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSpeaker:
    """Names a speaker, gives words to one, or makes two of them one: the second one's words are the first one's then."""

    __pydantic_config__ = _EXACT
    op: Literal["speaker"] = "speaker"
    speaker: Annotated[int, Field(ge=1)] | None = None
    name: Annotated[Line, Field(max_length=60)] | None = None
    words: Words | None = None
    merge: tuple[int, int] | None = None
    words_key: _Ours[str | None] = None


def _texts(value: object) -> object:
    """Options as text, as an upload sends them, whatever JSON type they were sent in."""
    if not isinstance(value, dict):
        return value
    return tuple(sorted((name, text if isinstance(text, str) else _json(text)) for name, text in value.items()))


def _json(value: object) -> str:
    return TypeAdapter(object).dump_json(value).decode()


_AsSent = Annotated[
    tuple[tuple[str, str], ...], BeforeValidator(_texts), PlainSerializer(dict), WithJsonSchema({"type": "object"})
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherOptions:
    """Decides anew with other options, named as in an upload; a person's edits are then applied again."""

    __pydantic_config__ = _EXACT
    op: Literal["options"] = "options"
    options: _AsSent
    """They may also stand beside `op`."""


Edit = Annotated[
    CutOut
    | Keep
    | Correct
    | Replace
    | Captions
    | ClipAdd
    | ClipSet
    | ClipDrop
    | ClipReset
    | Texts
    | ThumbnailSet
    | ChangeSpeaker
    | OtherOptions,
    Field(discriminator="op"),
]
EDITS: TypeAdapter[tuple[Edit, ...]] = TypeAdapter(tuple[Edit, ...])


def wrong(sentence: str) -> RequestError:
    """The error of an edit that cannot be applied."""
    return RequestError(sentence, code="wrong_edit")


def edits_from(values: object) -> tuple[Edit, ...]:
    """Edits from the plain JSON values that were sent.

    Raises:
        RequestError: one is no valid edit; the sentence says which, and why.
    """
    if not isinstance(values, list) or not values:
        raise wrong("`edits` is a list of edits, each with an `op`; at least one.")
    try:
        return EDITS.validate_python([_named(value, number) for number, value in enumerate(values, 1)], strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        at, *place = first["loc"]
        where = ".".join(str(part) for part in place[1:])
        raise wrong(f"Edit {int(at) + 1}{f', {where}' if where else ''}: {first['msg'][:200]}.") from None


def edit_values(edits: tuple[Edit, ...]) -> list[dict[str, Any]]:
    """Edits as plain JSON values, as they may be sent: without what was left out, but for null where that was said."""
    values = EDITS.dump_python(edits, mode="json", by_alias=True, exclude_none=True)
    return [value | dict.fromkeys(value.pop("unset", ())) for value in values]


_OURS: Final = frozenset(("words_key", "cues", "remarks", "unset"))


def _named(value: object, number: int) -> object:
    """An edit that was sent, in the form of its type: options may stand beside its `op`; null is a choice unset.

    Raises RequestError.
    """
    if isinstance(value, dict) and _OURS & set(value):
        raise wrong(f"Edit {number}: an edit has no {min(_OURS & set(value))!r}.")
    if isinstance(value, dict) and value.get("op") == "options" and "options" not in value:
        return {"op": "options", "options": {name: each for name, each in value.items() if name != "op"}}
    if isinstance(value, dict) and value.get("op") == "clip_set":
        return value | {"unset": [name for name in get_args(OwnChoice) if name in value and value[name] is None]}
    return value
