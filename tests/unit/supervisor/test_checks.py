"""The checks before the services start."""

import os
import socket
import stat
from pathlib import Path

import pytest
from ports import free_port

from video_automation.config import Settings
from video_automation.errors import SettingsError
from video_automation.supervisor.checks import check_folders, check_port, page_address, sole_user, web_answers


def test_a_free_port_passes() -> None:
    port = free_port()
    check_port("127.0.0.1", port)


def test_a_taken_port_is_named_with_another_to_choose() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"PORT: {port} is taken .* such as PORT={port + 1}"):
            check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"HOST, PORT: cannot listen on 192\.0\.2\.1:8000"):
        check_port("192.0.2.1", 8000)


def test_folders_are_made_for_us_alone_also_where_the_data_folder_is_open_to_all(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "deep" / "data")
    settings.data.mkdir(mode=0o755, parents=True)
    check_folders(settings)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.data.iterdir()}
    assert modes == dict.fromkeys(("input", "work", "output"), 0o700)


def test_a_folder_that_cannot_be_is_named_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"input_folder: .*/file/in cannot be written to: Not a directory"):
        check_folders(Settings(data_folder=tmp_path, input_folder=tmp_path / "file" / "in"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_named_with_its_setting(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SettingsError, match=r"data_folder: .* Permission denied: .*DATA_FOLDER"):
        check_folders(Settings(data_folder=tmp_path / "data"))


def test_one_instance_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    with sole_user(tmp_path), pytest.raises(SettingsError, match="another instance works in"), sole_user(tmp_path):
        pass
    with sole_user(tmp_path):
        pass


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("pipeline.local", "http://pipeline.local:8000"),
    ],
)
def test_the_address_shown_is_one_a_browser_can_open(host: str, address: str) -> None:
    assert page_address(host, 8000) == address


def test_a_port_nobody_listens_on_is_no_web_server() -> None:
    port = free_port()
    assert not web_answers("127.0.0.1", port)
