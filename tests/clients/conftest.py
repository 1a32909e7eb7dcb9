"""The service as granian serves it, for tests with other people's clients."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S
from e2e.instance import video as make_video
from redis_server import running_redis
from tried import HERE, MB, Service, missing
from web.served import serving


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    with running_redis() as url, serving(url, folder, threads=32) as (_, port):
        yield Service(f"http://127.0.0.1:{port}", folder / "data")


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video with the size of several pieces: a real one, followed by bytes that players skip."""
    file = make_video(tmp_path_factory.mktemp("video") / "дом «my talk».mp4", 2)
    file.write_bytes(file.read_bytes() + (5 * MB).to_bytes(4) + b"free" + bytes(range(256)) * (5 * MB // 256))
    return file


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ZIP archive, large enough to be refused before all of it is sent."""
    file = tmp_path_factory.mktemp("archive") / "talk.zip"
    file.write_bytes(b"PK\x03\x04" + bytes(100 * MB))
    return file


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the JavaScript clients of `package-lock.json`."""
    if not shutil.which("npm"):
        missing("no npm here: install Node.js to try the JavaScript clients")
    folder = tmp_path_factory.mktemp("packages")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    found = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S)
    if found.returncode:
        missing(f"the JavaScript clients cannot be installed: {found.stderr[-500:]}")
    return folder
