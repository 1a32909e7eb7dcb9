"""Pieces of an upload are checked: their offset, their length, their content."""

import os
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from surroundings import MAX_UPLOAD
from tus_client import begun, checksum, folder, head, nothing_remains, offset, refused, send

from video_automation.jobs.ports import Backend


def test_an_offset_that_is_not_the_next_one_is_refused_and_changes_nothing(client: FlaskClient):
    place = begun(client, 100)
    send(client, place, 0, b"0123456789")
    for wrong in (0, 9, 11, 100, 101):
        refused(send(client, place, wrong, b"abc"), 409, "wrong_offset")
    refused(send(client, place, 10, b"abc", **{"Upload-Offset": "ten"}), 400, "wrong_number")
    assert offset(client, place) == 10


def test_a_piece_of_another_type_is_refused(client: FlaskClient):
    place = begun(client, 100)
    refused(send(client, place, 0, b"abc", **{"Content-Type": "video/mp4"}), 415, "wrong_type")
    assert offset(client, place) == 0


def test_more_than_was_announced_is_refused_and_what_came_before_stays(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    send(client, place, 0, bytes(60))
    refused(send(client, place, 60, bytes(41)), 413, "longer_than_announced")
    assert offset(client, place) == 60


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_another_checksum_is_refused_and_nothing_of_it_stays(
    client: FlaskClient, backend: Backend, algorithm: str
):
    place = begun(client, 100_000)
    body = os.urandom(70_000)
    refused(send(client, place, 0, body, **checksum(algorithm, body[1:])), 460, "wrong_checksum")
    assert offset(client, place) == 0
    assert send(client, place, 0, body, **checksum(algorithm, body)).headers["Upload-Offset"] == "70000"
    assert folder(backend, place).partial.read_bytes() == body


@pytest.mark.parametrize("written", [str.upper, str.title, lambda said: said.replace(" ", "   ")])
def test_a_checksum_is_read_however_its_algorithm_is_written(client: FlaskClient, written: Callable[[str], str]):
    place = begun(client, 100)
    algorithm, _, digest = checksum("sha256", b"abc")["Upload-Checksum"].partition(" ")
    said = f"{written(algorithm + ' ')}{digest.rstrip('=')}"
    assert send(client, place, 0, b"abc", **{"Upload-Checksum": said}).headers["Upload-Offset"] == "3"


@pytest.mark.parametrize("header", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 %%%", "", "sha1 "])
def test_a_checksum_we_cannot_check_is_refused(client: FlaskClient, header: str):
    place = begun(client, 100)
    refused(send(client, place, 0, b"abc", **{"Upload-Checksum": header}), 400, "wrong_checksum_header")


def test_what_is_no_video_is_refused_with_a_reason_and_gone(client: FlaskClient, backend: Backend):
    place = begun(client, 10)
    answer = send(client, place, 0, b"I am text.")
    assert answer.status_code in (415, 422)
    assert answer.json["error"]
    assert nothing_remains(backend)
    assert head(client, place).status_code == 404


@pytest.mark.parametrize("headers", [{}, checksum("sha1", b"PK\x03\x04" + bytes(100_000))], ids=["no checksum", "checksum"])
def test_what_is_evidently_no_video_is_refused_with_its_first_piece_and_gone(
    client: FlaskClient, backend: Backend, headers: dict[str, str]
):
    place = begun(client, MAX_UPLOAD)
    answer = send(client, place, 0, b"PK\x03\x04" + bytes(100_000), **headers)
    refused(answer, 415, "not_a_film")
    assert "ZIP" in answer.json["error"]
    assert nothing_remains(backend)
    refused(send(client, place, 0, b""), 404, "unknown_task")


def test_later_pieces_may_begin_like_anything(client: FlaskClient):
    place = begun(client, 100)
    assert send(client, place, 0, b"abc").status_code == 204
    assert send(client, place, 3, b"PK\x03\x04").headers["Upload-Offset"] == "7"
