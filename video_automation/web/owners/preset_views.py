"""The API on presets: the caller's sets of options, each under a name."""

from typing import Final

from flask import Blueprint
from typing_extensions import TypedDict

from video_automation.errors import RequestError, TooLargeError, UnknownTaskError
from video_automation.jobs.policy.job_params import asked
from video_automation.jobs.policy.presets import PresetName, Presets, preset_dropped, preset_name, preset_put
from video_automation.web.api.context import backend, caller
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Ok
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call
from video_automation.web.schemas.answers import described

blueprint = Blueprint("presets", __name__)


@described
class PresetAnswer(TypedDict):
    """A set of options under a name."""

    name: PresetName
    options: dict[str, str]
    """As texts, as a form has them."""


@described
class PresetsAnswer(TypedDict):
    """The caller's presets, in the order they were made."""

    presets: list[PresetAnswer]


_CURL: Final = "-H 'Content-Type: application/json' -d '{\"aspect\": \"1:1\"}'"


@blueprint.get("/presets")
def listed() -> Ok[PresetsAnswer]:
    """The caller's presets."""
    return _told(backend().presets.of(caller().owner))


@blueprint.put("/presets/<name>")
@Call(
    errors={RequestError: ("wrong_preset", "unknown_option", "wrong_option", "unknown_language"), TooLargeError: ()},
    body=Body({JSON: "Options", FORM: "OptionsForm"}),
    curl=_CURL,
)
def put(name: str) -> Ok[PresetsAnswer]:
    """Saves options under a name, in place of the preset that has it; they are checked as those of an upload."""
    kept, options = preset_name(name), values(code="wrong_option")
    asked(backend().rules, options, brand=backend().brands.of(caller().owner))
    return _told(backend().presets.change(caller().owner, preset_put(kept, options)))


@blueprint.delete("/presets/<name>")
@Call(errors={RequestError: ("wrong_preset",), UnknownTaskError: ("unknown_preset",)})
def drop(name: str) -> Ok[PresetsAnswer]:
    """Deletes a preset; tasks made with it stay as they are."""
    return _told(backend().presets.change(caller().owner, preset_dropped(preset_name(name))))


def _told(presets: Presets) -> Ok[PresetsAnswer]:
    return Ok({"presets": [{"name": name, "options": options} for name, options in presets.items()]})
