"""The doctor's findings in each state of a machine."""

from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S
from ports import impostor

from video_automation.config import Settings
from video_automation.doctor import Check, checks
from video_automation.sections import CelerySettings, TranscriptionSettings
from video_automation.supervisor.redis_server import answers


def test_a_program_that_is_no_redis_is_one_finding_among_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(answers.__kwdefaults__, "timeout_s", PATIENCE_S)
    with impostor() as port:
        settings = Settings(celery_config=CelerySettings(broker_url=f"redis://127.0.0.1:{port}/0"))
        found = {check.name: check for check in checks(settings)}
    assert not found["Redis"].ok
    assert "REDIS_URL" in found["Redis"].remedy
    assert "Disk" in found


@pytest.mark.parametrize(("password", "said"), [("", True), (":secret@", False)])
def test_a_redis_that_anybody_on_the_machine_reaches_is_told(
    monkeypatch: pytest.MonkeyPatch, password: str, *, said: bool
) -> None:
    monkeypatch.setitem(answers.__kwdefaults__, "timeout_s", PATIENCE_S)
    with impostor(b"+OK\r\n+PONG\r\n") as port:
        settings = Settings(celery_config=CelerySettings(broker_url=f"redis://{password}127.0.0.1:{port}"))
        found = next(check for check in checks(settings) if check.name == "Redis")
    assert found.ok
    assert ("it asks for no password" in found.fact) is said


def speech_model(name: str) -> Check:
    settings = Settings(transcription=TranscriptionSettings(model=name))
    return next(check for check in checks(settings) if check.name == "Speech model")


def test_the_speech_model_that_comes_along_is_found() -> None:
    found = speech_model("base")
    assert found.ok
    assert "whisper-base" in found.fact


def test_a_folder_without_a_speech_model_and_a_name_nobody_knows_are_findings(tmp_path: Path) -> None:
    assert "model.bin" in speech_model(str(tmp_path)).remedy
    unknown = speech_model("whispering")
    assert not unknown.ok
    assert "whispering" in unknown.fact


def test_a_speech_model_that_is_not_there_yet_is_told_and_may_come_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    found = speech_model("large-v3")
    assert (found.ok, found.needed) == (False, False)
    assert "large-v3 is not on this machine" in found.fact


def test_where_there_is_no_settings_file_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> Check:
        return next(check for check in checks(Settings()) if check.name == "Settings")

    assert found().ok
    monkeypatch.chdir(tmp_path)
    assert (found().ok, found().needed) == (False, False)
    assert str(tmp_path) in found().fact
