"""A tus client of `/files` for tests."""

import hashlib
from base64 import b64encode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from video_automation.jobs.ports import Backend
from video_automation.jobs.workspace import Workspace

VERSION = {"Tus-Resumable": "1.0.0"}


def metadata(**texts: str) -> str:
    return ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in texts.items())


def create(client: FlaskClient, length: int, body: bytes | None = None, headers: dict[str, str] | None = None, **texts: str):
    said = VERSION | {"Upload-Length": str(length), "Upload-Metadata": metadata(**{"filename": "a.mp4"} | texts)}
    if body is not None:
        said["Content-Type"] = "application/offset+octet-stream"
    return client.post("/files", data=body, headers=said | (headers or {}))


def send(client: FlaskClient, place: str, offset: int, body: bytes, **headers: str) -> TestResponse:
    kind = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(place, data=body, headers=VERSION | kind | headers)


def head(client: FlaskClient, place: str) -> TestResponse:
    return client.head(place, headers=VERSION)


def offset(client: FlaskClient, place: str) -> int:
    return int(head(client, place).headers["Upload-Offset"])


def begun(client: FlaskClient, length: int, **texts: str) -> str:
    answer = create(client, length, **texts)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def folder(backend: Backend, place: str) -> Workspace:
    return backend.folders.of(place.rpartition("/")[2])


def checksum(algorithm: str, body: bytes) -> dict[str, str]:
    digest = b64encode(hashlib.new(algorithm, body).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


def refused(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def nothing_remains(backend: Backend) -> bool:
    return not any(path.is_file() for root in (backend.folders.input, backend.folders.work) for path in root.glob("*/**/*"))
