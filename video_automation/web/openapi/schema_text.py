"""Writes JSON schemas in plain words for people."""

from typing import Any

Schema = dict[str, Any]
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "switch",
    "object": "object",
    "array": "list",
    "null": "null",
}
_FORMATS = {"uuid": "an id", "date-time": "a moment", "uri-reference": "an address", "uri": "a web address", "binary": "a file"}


def schema_name(schema: Schema) -> str | None:
    """The name of the type that a schema, or the items of its list, refer to; None if they refer to none."""
    name: str | None = schema.get("$ref", "").rpartition("/")[2] or schema.get("items", {}).get("$ref", "").rpartition("/")[2]
    return name or None


def plainly(schema: Schema) -> str:
    """Which values a schema allows: "whole number from 1 to 40", "list of ClipAnswer", "one of pop, box, plain"."""
    if "anyOf" in schema:
        return " or ".join(plainly(one) for one in schema["anyOf"])
    if "enum" in schema:
        return "switch" if "true" in schema["enum"] else f"one of {', '.join(map(str, schema['enum']))}"
    if "items" in schema:
        return f"list of {plainly(schema['items'])}"
    return schema_name(schema) or _alone(schema)


def _alone(schema: Schema) -> str:
    if "const" in schema:
        return f"“{schema['const']}”" if schema["const"] else "nothing"
    if "format" in schema:
        return _FORMATS[schema["format"]]
    return f"{_TYPES[schema['type']] if 'type' in schema else 'anything'}{_bounds(schema)}"


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None:
        return f" from {least:,}" + (f" to {most:,}" if most is not None else " on")
    return f" of at most {schema['maxLength']} characters" if "maxLength" in schema else ""
