"""Uploads by curl, as the documentation writes them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S
from tried import Service, missing


@pytest.fixture(scope="session", autouse=True)
def _there_is_curl() -> None:
    if not shutil.which("curl"):
        missing("no curl here: install it to run these tests")


def curl(*words: str) -> str:
    told = subprocess.run(("curl", "-sS", *words), check=False, capture_output=True, text=True, timeout=PATIENCE_S)
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_a_form(service: Service, video: Path):
    told = json.loads(curl("-F", f"file=@{video}", "-F", "crf=30", f"{service.address}/upload"))
    assert service.arrived(told["task_id"]) == (video.name, video.read_bytes())


@pytest.mark.parametrize("escaped", [(), ("--form-escape",)])
def test_a_name_with_quotation_marks_backslashes_and_semicolons(service: Service, video: Path, escaped: tuple[str, ...]):
    form = rf'file=@"{video}";filename="the \"best\"; of 50%.mp4"'
    told = json.loads(curl(*escaped, "-F", form, f"{service.address}/upload"))
    assert told["filename"] == 'the "best"; of 50%.mp4'


def test_pieces(service: Service, video: Path):
    version, kind = ("-H", "Tus-Resumable: 1.0.0"), ("-H", "Content-Type: application/offset+octet-stream")
    length = ("-H", f"Upload-Length: {video.stat().st_size}")
    begun = curl("-X", "POST", *version, *length, "-o", "/dev/null", "-w", "%header{location}", f"{service.address}/files")
    there = curl(
        "-X",
        "PATCH",
        "-T",
        str(video),
        *version,
        *kind,
        "-H",
        "Upload-Offset: 0",
        "-w",
        "%{http_code} %header{location}",
        service.address + begun,
    )
    assert there.split() == ["204", begun.replace("files", "task")]
    assert service.arrived(begun) == ("video", video.read_bytes())


def test_an_archive_is_refused_before_all_of_it_is_sent(service: Service, archive: Path):
    told = curl("-F", f"file=@{archive}", "-w", " %{http_code} %{size_upload}", f"{service.address}/upload")
    answer, status, sent = told.rsplit(maxsplit=2)
    assert (status, json.loads(answer)["code"]) == ("415", "not_a_film")
    assert int(sent) < archive.stat().st_size / 2
