"""Describes the options of an upload as JSON schemas: for forms, where every value is text, and for JSON."""

from pydantic import TypeAdapter

from video_automation.jobs.policy.options import DESCRIBED, OPTIONS, WEBHOOK_URL
from video_automation.jobs.policy.presets import FROM_PRESET
from video_automation.jobs.webhooks.addresses import LONGEST_URL
from video_automation.plan.params import Params
from video_automation.web.openapi.schema_text import Schema

_PARAMS = TypeAdapter(Params)
_SWITCHED = ("true", "false", "yes", "no", "on", "off", "1", "0")
_WEBHOOK: Schema = {
    "type": "string",
    "maxLength": LONGEST_URL,
    "default": "",
    "description": "The https or http address that the task's events are sent to, if this service allows webhooks.",
}
_PRESET: Schema = {
    "type": "string",
    "default": "",
    "description": "The name of one of your presets: its options apply where nothing else is said.",
}
_VIDEO: Schema = {"type": "string", "format": "binary", "description": "The video."}


def schemas(defaults: Params, languages: tuple[str, ...]) -> dict[str, Schema]:
    """The schemas by name, with these defaults and the codes of the languages that the speech model knows.

    "Upload" is a form with a video, "OptionsForm" a form without one, "Options" is JSON.
    """
    known = _known(defaults)
    known["language"] = {key: value for key, value in known["language"].items() if key != "anyOf"} | {"enum": ["", *languages]}
    known["glossary"]["default"] = []  # the glossary of the settings is not public, and applies anyway
    form = {name: _as_text(schema) for name, schema in known.items()}
    known, form = known | {FROM_PRESET: _PRESET}, form | {FROM_PRESET: _PRESET}
    return {
        "Options": _closed("Options of a task, as JSON; what is left out stays.", known),
        "OptionsForm": _closed("Options of a task, as a form; what is left out stays.", form),
        "Upload": _closed("A video, and what is wished for it.", {"file": _VIDEO, **form, WEBHOOK_URL: _WEBHOOK})
        | {"required": ["file"]},
    }


def _closed(what: str, properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "description": what, "properties": properties, "additionalProperties": False}


def _known(defaults: Params) -> dict[str, Schema]:
    """The schema of every option, with its default."""
    whole, values = _PARAMS.json_schema(), _PARAMS.dump_python(defaults, mode="json")
    known = {}
    for name, section in OPTIONS.items():
        within = whole["$defs"][whole["properties"][section]["$ref"].rpartition("/")[2]] if section else whole
        schema = within["properties"][name] | {
            "default": (values[section] if section else values)[name],
            "description": DESCRIBED[name],
        }
        known[name] = _or_text({key: value for key, value in schema.items() if key != "title"})
    return known


def _or_text(schema: Schema) -> Schema:
    """The schema, widened to the texts that are accepted too: a list with commas, an empty text for null, "yes" for true."""
    if "anyOf" in schema:
        others = [one for one in schema["anyOf"] if one != {"type": "null"}]
        return {**schema, "anyOf": [*others, {"const": ""}], "default": "" if schema["default"] is None else schema["default"]}
    if schema["type"] == "boolean":
        return {**{key: value for key, value in schema.items() if key != "type"}, "enum": [True, False, 1, 0, *_SWITCHED]}
    if schema["type"] == "array":
        own = {key: value for key, value in schema.items() if key not in ("description", "default")}
        return {"description": schema["description"], "default": schema["default"], "anyOf": [own, {"type": "string"}]}
    return schema


def _as_text(schema: Schema) -> Schema:
    """The schema of an option in a form, where a switch and a list are texts."""
    if isinstance(schema["default"], bool):
        return schema | {"type": "string", "enum": list(_SWITCHED), "default": str(schema["default"]).lower()}
    if not isinstance(schema["default"], list):
        return schema
    listed = ", ".join("-".join(map(str, one)) if isinstance(one, list) else str(one) for one in schema["default"])
    return {"type": "string", "description": schema["description"], "default": listed}
