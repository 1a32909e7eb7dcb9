"""The format of log lines."""

import logging
import stat
import tempfile
from pathlib import Path

import pytest

from video_automation import logs


def test_text_from_outside_neither_begins_a_line_nor_moves_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "task.log"
    with logs.task_log("an-id", file):
        logging.getLogger("video_automation.test").warning("said: %s", "\x1b[31mred\x1b[0m\x9b2J\x07\u061c\nINFO fake")
    first, second = file.read_text().splitlines()
    assert first.endswith("WARNING an-id video_automation.test: said: red2J")
    assert second == "    INFO fake"


def test_a_traceback_names_no_folder_of_the_installation(tmp_path: Path) -> None:
    file = tmp_path / "task.log"
    with logs.task_log("an-id", file):
        try:
            tempfile.mkdtemp(dir=tmp_path / "missing")
        except OSError:
            logging.getLogger("video_automation.test").exception("Failed")
    text = file.read_text()
    assert 'File "test_logs.py", line' in text
    assert 'File "tempfile.py", line' in text
    assert str(Path(__file__).parent) not in text


def test_the_log_of_all_processes_is_for_us_alone_a_fresh_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "ROTATE_AT", 1)
    file = tmp_path / "pipeline.log"
    handler = logs.SharedFileHandler(file)
    for _ in range(2):
        handler.emit(logging.makeLogRecord({"msg": "x"}))
    handler.close()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("pipeline.log*")}
    assert modes == {"pipeline.log": 0o600, "pipeline.log.1": 0o600}
