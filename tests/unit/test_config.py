"""Settings: where they come from, and the error when one is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from video_automation import config
from video_automation.config import SHORT_NAMES, Settings, load
from video_automation.errors import SettingsError
from video_automation.jobs.webhooks.receivers import Receiver
from video_automation.plan.params import Params

pytestmark = pytest.mark.pure

SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ROOT = Path(__file__).parents[2]


def file_with(folder: Path, values: Any) -> Path:
    file = folder / "master_config.json"
    file.write_text(json.dumps(values))
    return file


def keys(values: dict[str, Any], prefix: str = "") -> list[str]:
    return [
        name
        for key, value in values.items()
        for name in (keys(value, f"{prefix}{key}.") if isinstance(value, dict) else [f"{prefix}{key}"])
    ]


def test_the_settings_file_is_the_defaults() -> None:
    assert json.loads((ROOT / config.SETTINGS_FILE).read_text()) == Settings().model_dump(mode="json")


@pytest.mark.parametrize("key", keys(Settings().model_dump(mode="json")))
def test_every_setting_is_documented_with_its_default(key: str) -> None:
    *sections, name = key.split(".")
    value: Any = Settings().model_dump(mode="json")
    for part in (*sections, name):
        value = value[part]
    shown = value if isinstance(value, str) else json.dumps(value)
    text = (ROOT / "docs/configuration.md").read_text()
    section = text.split(f"## `{sections[0]}`")[1].split("\n## ")[0] if sections else text
    assert f"| `{name}` | `{shown}` |" in section


@pytest.mark.parametrize("variable", [*SHORT_NAMES, config.ENV_PREFIX])
def test_every_environment_variable_is_documented(variable: str) -> None:
    assert f"`{variable}" in (ROOT / "docs/configuration.md").read_text()


def test_without_a_file_and_an_environment_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json", {}) == Settings()


def test_the_file_may_name_some_settings_and_leave_the_rest(tmp_path: Path) -> None:
    settings = load(file_with(tmp_path, {"encode": {"crf": 18}}), {})
    assert settings.encode.crf == 18
    assert settings.encode.preset == Settings().encode.preset


def test_the_block_of_the_set_up_document_is_taken_as_it_stands(tmp_path: Path) -> None:
    text = (ROOT / "docs/celery-redis-setup.md").read_text()
    block = json.loads(text.split("```json\n")[1].split("```")[0])
    assert load(file_with(tmp_path, block), {}).celery_config.worker_pool == "solo"


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    file = file_with(tmp_path, {"server": {"port": 1}, "encode": {"crf": 18}})
    settings = load(
        file, {"PORT": "9000", "VIDEO_AUTOMATION__ENCODE__CRF": "25", "REDIS_URL": "redis://r:1/2", "DATA_FOLDER": "/d"}
    )
    assert (settings.server.port, settings.encode.crf, settings.data) == (9000, 25, Path("/d"))
    assert settings.celery_config.broker_url == settings.celery_config.result_backend == "redis://r:1/2"


def test_any_key_can_be_set_by_the_environment(tmp_path: Path) -> None:
    environment = {"VIDEO_AUTOMATION__INPUT_FOLDER": "/films", "VIDEO_AUTOMATION__CELERY_CONFIG__WORKER_AUTOSCALE": "4,1"}
    settings = load(tmp_path / "none.json", environment)
    assert settings.input == Path("/films")
    assert settings.celery_config.worker_autoscale == "4,1"


def test_folders_lie_below_the_data_folder() -> None:
    settings = Settings(data_folder=Path("/data"))
    assert (settings.input, settings.output) == (Path("/data/input"), Path("/data/output"))


def test_a_receiver_in_a_private_network_may_be_named_with_the_network() -> None:
    receiver = {"url": "http://10.0.0.1/", "secret": SIGNING, "events": ["task.failed"]}
    given = Settings.model_validate({"webhooks": {"receivers": [receiver], "private_networks": "10.0.0.0/24"}})
    assert given.rules.webhooks.receivers == (Receiver("http://10.0.0.1/", SIGNING, ("task.failed",)),)


def test_settings_become_the_defaults_of_a_job() -> None:
    assert Settings().rules.defaults == Params()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"colour": 1}, "colour: there is no such setting"),
        ({"encode": {"speed": 1}}, "encode.speed: there is no such setting"),
        ({"encode": {"crf": 99}}, r"encode.crf: .* \(it was 99\)"),
        ({"server": {"port": "http"}}, r"server.port: .* \(it was 'http'\)"),
        (
            {"celery_config": {"task_soft_time_limit": 60, "task_time_limit": 30}},
            "task_soft_time_limit must not be above task_time_limit",
        ),
        ({"celery_config": {"worker_autoscale": "0,0"}}, "worker_autoscale must be the most and the fewest"),
        ({"celery_config": {"worker_autoscale": "1,4"}}, "worker_autoscale must be the most and the fewest"),
        ({"celery_config": {"broker_url": "redis://localhost:http/0"}}, "celery_config.broker_url: it must look like"),
        ({"webhooks": {"receivers": [{"url": "https://a.example/"}]}}, r"webhooks.receivers.0.secret: Field required"),
        (
            {"webhooks": {"receivers": [{"url": "https://a.example/", "secret": "short"}]}},
            r"webhooks.receivers.0.secret: a secret is whsec_ and then 24 to 64 random bytes in base64$",
        ),
        ({"webhooks": {"receivers": [{"url": "http://10.0.0.1/", "secret": SIGNING}]}}, "must lead to a public address"),
        (
            {"webhooks": {"receivers": [{"url": "https://a.example/", "secret": SIGNING}] * 2}},
            "two receivers have the same URL",
        ),
        (
            {"webhooks": {"receivers": [{"url": "https://a.example/", "secret": SIGNING, "events": ["task.done"]}]}},
            "webhooks.receivers.0.events.0: must be 'task.started'",
        ),
        ({"server": {"trusted_proxies": [False]}}, "server.trusted_proxies.0: it must be an address or a network"),
        ({"input_folder": "output"}, "must be two folders"),
        ({"output_folder": "work"}, "must be two folders"),
        (["a list"], "must hold a JSON object"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_file_and_key(tmp_path: Path, values: Any, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as caught:
        load(file_with(tmp_path, values), {})
    assert "master_config.json" in caught.value.sentence
    assert "\n" not in caught.value.sentence


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "seven", r"^PORT: server.port: .* \(it was 'seven'\)"),
        ("PORT", "70000", r"^PORT: server.port: "),
        ("REDIS_URL", "localhost:6379", r"^REDIS_URL: celery_config.broker_url: .*rediss"),
        ("VIDEO_AUTOMATION__ENCODE__CRF", "good", r"^VIDEO_AUTOMATION__ENCODE__CRF: encode.crf: "),
        ("VIDEO_AUTOMATION__SPEED", "9", r"^VIDEO_AUTOMATION__SPEED: speed: there is no such setting"),
    ],
)
def test_a_wrong_variable_is_one_line_that_names_it(tmp_path: Path, variable: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as caught:
        load(tmp_path / "none.json", {variable: value})
    assert "\n" not in caught.value.sentence


def test_a_file_that_is_no_json_is_a_setting_error(tmp_path: Path) -> None:
    file = tmp_path / "master_config.json"
    file.write_text("{,}")
    with pytest.raises(SettingsError, match=r"master_config\.json: cannot be read as JSON"):
        load(file, {})


@pytest.mark.parametrize(
    "environment",
    [
        {"API_KEYS": "ann:hush hush"},
        {"API_KEYS": "ann:hush-1,ann:hush-2"},
        {"API_KEYS": "a/b:hush-hush"},
        {"ADMIN_KEY": "hush\tshh"},
        {"REDIS_URL": "redis://user:hush@localhost:port/0"},
        {"OPENAI_API_KEY": 1001 * "hush"},
    ],
)
def test_a_secret_that_is_wrong_is_refused_without_being_told(tmp_path: Path, environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "none.json", environment)
    assert next(iter(environment)) in caught.value.sentence
    assert "hush" not in caught.value.sentence
