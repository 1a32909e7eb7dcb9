"""The OpenAPI description agrees with the app that serves it."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from places import on_disk
from surroundings import captioned_files
from werkzeug.serving import make_server

from video_automation import errors
from video_automation.jobs.model import Job
from video_automation.jobs.policy.options import OPTIONS, WEBHOOK_URL
from video_automation.jobs.policy.presets import FROM_PRESET
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.changes import How, edit_plan, undo_edits
from video_automation.jobs.revisions.stored import keep_peaks
from video_automation.plan.edits import Edit, Texts
from video_automation.plan.source.heard import Hearing
from video_automation.web.openapi import docs_page
from video_automation.web.openapi.description import methods, path
from video_automation.web.openapi.schema_text import plainly

SOURCES = Path(__file__).parents[2] / "video_automation"
NEVER_ANSWERED = {"JobCancelledError", "LostError", "StalledError", "TimeUpError", "PlanError", "SettingsError"}
"""Errors of workers and of the start. In a request, one of them would become `internal_error`."""
OF_WORKERS = {"no_speech_model", "hard_time_limit", "undecodable_picture"}
"""Codes that a response has only as the code of a failed task."""
OF_PROGRAMS = {"output_too_large", "killed"}
"""Codes that only the log has: the response has `tool_failed`, or says that the video cannot be used."""
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nOther words.\n"


@pytest.fixture
def api(client: FlaskClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/openapi.json").json
    return told


def operations(api: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for place, calls in api["paths"].items():
        for method, told in calls.items():
            yield method.upper(), place, told


def codes(api: dict[str, Any]) -> set[str]:
    return {
        code
        for _, _, told in operations(api)
        for status, answer in told["responses"].items()
        if status >= "400"
        for code in re.findall(r"`(\w+)`", answer["description"])
    }


def test_the_description_is_openapi(api: dict[str, Any]):
    validate(api)
    assert api["openapi"].startswith("3.1.")


def test_every_route_is_described_and_nothing_else(app: Flask, api: dict[str, Any]):
    rules = {(method, path(rule)) for rule in app.url_map.iter_rules() if rule.endpoint != "static" for method in methods(rule)}
    assert {(method, place) for method, place, _ in operations(api)} == rules


def test_every_call_says_what_it_does_and_what_it_answers(api: dict[str, Any]):
    for method, place, told in operations(api):
        assert told["summary"], place
        assert any(status < "400" for status in told["responses"]), f"{method} {place} has no return type of replies"


def test_every_error_that_can_be_answered_is_described(api: dict[str, Any]):
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.PipelineError)]
    answered = {kind.default_code for kind in kinds if kind.__name__ not in NEVER_ANSWERED} - {"bad_request", "quota"}
    assert answered - codes(api) == set(), "these two are never raised without a code of their own"


def test_every_code_that_is_written_for_a_caller_is_described(api: dict[str, Any]):
    written = {code for file in SOURCES.rglob("*.py") for code in re.findall(r'\bcode="(\w+)"', file.read_text())}
    assert written - codes(api) == OF_WORKERS | OF_PROGRAMS


def test_every_option_is_described_with_its_default(api: dict[str, Any]):
    upload = api["components"]["schemas"]["Upload"]
    assert set(upload["properties"]) == {"file", WEBHOOK_URL, FROM_PRESET, *OPTIONS}
    assert all(told["description"] for told in upload["properties"].values())
    assert all("default" in told for name, told in upload["properties"].items() if name != "file")
    assert upload["properties"]["crf"] | {"description": ""} == {
        "type": "integer", "minimum": 1, "maximum": 40, "default": 21, "description": "",
    }  # fmt: skip


def test_every_kind_of_edit_is_described_by_its_op_and_none_by_what_only_we_write(api: dict[str, Any]):
    schemas = api["components"]["schemas"]
    kinds = schemas["EditsBody"]["properties"]["edits"]["items"]["discriminator"]["mapping"]
    assert len(kinds) == len(get_args(get_args(Edit)[0]))
    for op, reference in kinds.items():
        told = schemas[reference.rpartition("/")[2]]
        assert told["properties"]["op"]["const"] == op
        assert "op" in told["required"]
        assert not {"cues", "remarks", "words_key"} & set(told["properties"])


@pytest.fixture
def serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def curl(serving: str, video: bytes, finished: Job, backend: Backend, tmp_path: Path) -> Callable[..., tuple[str, str, str]]:
    """Runs an example in the folder of its files; gives the status, the media type and the body of the response."""
    if not shutil.which("curl"):
        assert not os.environ.get("CI")
        pytest.skip("there is no curl here")
    place = on_disk(backend, finished.id)
    captioned_files(place, finished, VTT)
    keep_peaks(place.workspace, Hearing(levels_db=(-20.0,) * 100))
    for turn in (
        partial(edit_plan, edits=(Texts(titles=("Mine",)),)),
        partial(edit_plan, edits=(Texts(titles=("Other",)),)),
        undo_edits,
    ):
        turn(backend, finished.id, how=How(render=False))
    (tmp_path / "talk.mp4").write_bytes(video)
    (tmp_path / "talk.vtt").write_text(VTT)

    def run(example: str, name: str) -> tuple[str, str, str]:
        written = re.sub(r" -(O|o \S+)", "", example)
        shell = f'{written} -s -w "\\n%{{http_code}} %{{content_type}}"'
        env = os.environ | {"SERVICE": serving, "ID": finished.id, "CLIP": "1000-5000", "NAME": name, "TOKEN": "none"}
        said = subprocess.run(["bash", "-c", shell], env=env, cwd=tmp_path, capture_output=True, timeout=60, check=True).stdout
        content, _, last = said.decode(errors="replace").rpartition("\n")
        return (*last.split(" ", 1), content)  # type: ignore[return-value]

    return run


EXAMPLES = (
    ("uploads.upload", "202"), ("api.task", "200"), ("api.tasks", "200"), ("api.result", "200"), ("api.retry_task", "202"),
    ("api.cancel_task", "409"), ("api.cleanup_task", "202"), ("files.file", "200"), ("files.archive", "200"),
    ("files.platform_archive", "404"),
    ("library.rename_task", "200"), ("library.rename_by_form", "303"), ("library.ask_to_delete", "200"),
    ("library.archive_of_several", "200"), ("library.delete_task", "200"), ("library.delete_tasks", "303"),
    ("shares.make", "201"), ("shares.revoke", "200"), ("shared.page", "404"), ("shared.enter", "404"), ("shared.file", "404"),
    ("shared.all_clips", "404"), ("shared.platform_files", "404"), ("operator.page", "200"), ("sign_in.form", "303"),
    ("sign_in.sign_in", "303"), ("sign_in.sign_out", "200"), ("page_language.choose_language", "303"),
    ("resumable.offered", "204"), ("resumable.create", "201"), ("resumable.state", "200"), ("resumable.send", "409"),
    ("resumable.cancel", "409"),
    ("plan.current", "200"), ("plan.edit", "202"), ("plan.undo", "202"), ("plan.redo", "202"), ("plan.render", "202"),
    ("plan.peaks", "200"),
    ("plan.proxy", "202"),
    ("captions.drawn_on_video", "200"), ("captions.drawn_on_thumbnail", "200"),
    ("captions.drawn_on_clip", "404"), ("captions.font", "404"),
    ("captions.current", "200"), ("captions.put", "202"), ("captions.drop", "202"), ("clips.change", "404"),
    ("clips.restore", "404"),
    ("glossary.current", "200"), ("glossary.put", "200"), ("glossary.add", "200"),
    ("brand.current", "200"), ("brand.add", "415"), ("brand.drop", "404"), ("brand.logo", "404"), ("brand.put", "415"),
    ("brand.drop_picture", "404"), ("brand.shown_card", "404"), ("brand.put_own_card", "415"), ("brand.drop_own_card", "404"),
    ("captions.brand_font", "404"),
    ("presets.listed", "200"), ("presets.put", "200"), ("presets.drop", "404"),
    ("sample.send_sample", "413"),  # in these tests a video has 200 kB at most
    ("webhooks.listed", "200"), ("webhooks.try_receivers", "200"),
    ("pages.home", "200"), ("pages.result", "200"), ("pages.editor", "200"), ("ops.ready", "200"), ("ops.live", "200"),
    ("ops.logs", "200"), ("ops.debug", "200"), ("metrics.measured", "200"), ("docs.openapi", "200"), ("docs.page", "200"),
)  # fmt: skip
"""Every call, and its response for a finished task without clips, with edits that are not rendered."""
CHANGING = {
    "library.rename_task", "library.rename_by_form", "library.delete_task", "library.delete_tasks",
    "uploads.upload", "api.retry_task", "api.cleanup_task", "shares.make", "shares.revoke", "sign_in.sign_in",
    "sign_in.sign_out", "plan.edit", "plan.undo", "plan.redo", "plan.render", "resumable.create", "captions.put",
    "captions.drop", "presets.put", "glossary.put", "glossary.add",
}  # fmt: skip
"""The calls that change the service, so that each needs a service of its own."""


def test_every_example_is_tried(api: dict[str, Any]):
    assert {told["operationId"] for _, _, told in operations(api)} == {call for call, _ in EXAMPLES}


def test_the_examples_that_change_nothing_are_answered_as_described(
    api: dict[str, Any], curl: Callable[..., tuple[str, str, str]]
):
    for call, wanted in EXAMPLES:
        if call not in CHANGING:
            check_example(api, curl, call, wanted)


@pytest.mark.parametrize(("call", "wanted"), [example for example in EXAMPLES if example[0] in CHANGING])
def test_an_example_that_changes_something_is_answered_as_described(
    api: dict[str, Any], curl: Callable[..., tuple[str, str, str]], call: str, wanted: str
):
    check_example(api, curl, call, wanted)


def check_example(api: dict[str, Any], curl: Callable[..., tuple[str, str, str]], call: str, wanted: str) -> None:
    method, told = next((method, told) for method, _, told in operations(api) if told["operationId"] == call)
    status, kind, content = curl(told["x-curl"], "processed_video.mp4")
    assert status == wanted, (call, content)
    described = told["responses"][status].get("content")
    if method == "HEAD" or described is None:
        return
    mimetype = kind.partition(";")[0]
    assert mimetype in described or "*/*" in described
    if mimetype.endswith("json"):
        schema = described[mimetype]["schema"] | {"components": api["components"]}
        Draft202012Validator(schema).validate(Flask.json_provider_class(Flask("reader")).loads(content))


def test_the_page_tells_of_every_call_and_every_type(client: FlaskClient, api: dict[str, Any]):
    page = client.get("/docs")
    assert page.mimetype == "text/html"
    for _, place, told in operations(api):
        assert f'id="{told["operationId"]}"' in page.text
        assert place in page.text
    assert all(f'id="{name}"' in page.text for name in api["components"]["schemas"])
    assert set(re.findall(r'href="#(\w+)"', page.text)) - {"main"} <= set(api["components"]["schemas"])
    assert "<script>" not in page.text
    assert " style=" not in page.text


def test_the_page_is_made_once_and_is_everybodys(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    first = client.get("/docs", base_url="http://localhost:1").text
    monkeypatch.setattr(docs_page, "plainly", lambda _: pytest.fail("it is made anew"))
    second = client.get("/docs", base_url="http://localhost:2").text
    assert "SERVICE=http://localhost:2" in second
    assert second == first.replace("localhost:1", "localhost:2")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 40}, "whole number from 1 to 40"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Clip"}}, "list of Clip"),
        ({"enum": ["pop", "box"]}, "one of pop, box"),
        ({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}, "a moment or null"),
        ({"type": "number", "minimum": 0}, "number from 0 on"),
    ],
)
def test_schemas_are_told_in_plain_words(schema: dict[str, Any], words: str):
    assert plainly(schema) == words
