"""Presets: sets of options under a name, of each owner, and uploads that name one."""

from base64 import b64encode
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend


def names(client: FlaskClient) -> list[str]:
    return [one["name"] for one in client.get("/presets").json["presets"]]


def test_presets_are_saved_replaced_and_deleted(client: FlaskClient) -> None:
    assert client.get("/presets").json == {"presets": []}
    client.put("/presets/Podcast", json={"aspect": "1:1", "burn_captions": False})
    told = client.put("/presets/週刊%20ポッドキャスト", data={"crf": "23"}).json
    assert told == client.get("/presets").json == {
        "presets": [
            {"name": "Podcast", "options": {"aspect": "1:1", "burn_captions": "false"}},
            {"name": "週刊 ポッドキャスト", "options": {"crf": "23"}},
        ]
    }  # fmt: skip
    client.put("/presets/Podcast", json={"aspect": "4:5"})
    assert client.get("/presets").json["presets"][0]["options"] == {"aspect": "4:5"}
    assert client.delete("/presets/Podcast").status_code == 200
    assert names(client) == ["週刊 ポッドキャスト"]
    gone = client.delete("/presets/Podcast")
    assert (gone.status_code, gone.json["code"]) == (404, "unknown_preset")


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("x" * 61, {}, "wrong_preset"),
        ("%E2%80%8B", {}, "wrong_preset"),
        ("a", {"aspect": "3:1"}, "wrong_option"),
        ("a", {"colour": "red"}, "unknown_option"),
        ("a", {"from_preset": "b"}, "unknown_option"),
        ("a", {"language": "Klingon"}, "unknown_language"),
        ("a", {"glossary": ["x" * 60] * 99 + ["y" * 60], "fillers": ["z" * 40] * 200}, "wrong_preset"),
    ],
)
def test_what_cannot_be_a_preset_is_refused(client: FlaskClient, name: str, options: dict[str, object], code: str) -> None:
    answer = client.put(f"/presets/{name}", json=options)
    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert names(client) == []


def test_an_owner_has_fifty_at_most(client: FlaskClient) -> None:
    for number in range(50):
        assert client.put(f"/presets/{number}", json={}).status_code == 200
    assert client.put("/presets/50", json={}).json["code"] == "wrong_preset"
    assert client.put("/presets/49", json={"crf": 20}).status_code == 200


def uploaded(client: FlaskClient, video: bytes, **options: str) -> TestResponse:
    return client.post("/upload", data={**options, "file": (BytesIO(video), "talk.mp4")})


def test_an_upload_takes_the_options_of_a_preset_where_it_says_nothing_else(
    client: FlaskClient, video: bytes, backend: Backend
) -> None:
    client.put("/presets/Podcast", json={"aspect": "1:1", "crf": 25, "spoken_colour": "#FF0000"})
    params = backend.store.get(uploaded(client, video, from_preset=" Podcast", crf="23").json["task_id"]).params
    assert (params.clips.aspect, params.encode.crf, params.look.spoken_colour) == ("1:1", 23, "#FF0000")
    assert uploaded(client, video, from_preset=" ").status_code == 202


def test_a_preset_that_is_not_there_is_refused_before_the_video_is_taken(
    client: FlaskClient, video: bytes, backend: Backend
) -> None:
    answer = uploaded(client, video, from_preset="Podcast")
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_preset")
    said = f"filename dGFsaw==,from_preset {b64encode(b'Podcast').decode()}"
    begun = client.post("/files", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": said})
    assert (begun.status_code, begun.json["code"]) == (400, "unknown_preset")
    assert backend.folders.ids() == ()


def test_an_edit_of_options_takes_a_preset_as_it_is_then(client: FlaskClient, planned: Job, backend: Backend) -> None:
    client.put("/presets/Podcast", json={"aspect": "1:1"})
    sent = {"edits": [{"op": "options", "from_preset": "Podcast", "crf": 30}], "render": False}
    assert client.post(f"/task/{planned.id}/edits", json=sent).status_code == 202
    client.put("/presets/Podcast", json={"aspect": "4:5"})
    params = backend.store.get(planned.id).params
    assert (params.clips.aspect, params.encode.crf) == ("1:1", 30)
    told = client.post(f"/task/{planned.id}/edits", json={"edits": [{"op": "options", "from_preset": "Other"}]})
    assert (told.status_code, told.json["code"]) == (400, "unknown_preset")


def test_a_task_is_made_again_with_a_preset(client: FlaskClient, failed: Job, backend: Backend) -> None:
    client.put("/presets/Podcast", json={"aspect": "1:1"})
    assert client.post(f"/task/{failed.id}/retry", json={"from_preset": "Other"}).json["code"] == "unknown_preset"
    backend.folders.storage.write(backend.folders.of(failed.id).source, b"video")
    assert client.post(f"/task/{failed.id}/retry", json={"from_preset": "Podcast"}).status_code == 202
    assert backend.store.get(failed.id).params.clips.aspect == "1:1"


def test_nobody_sees_or_uses_the_presets_of_another_owner(client: FlaskClient, video: bytes, backend: Backend) -> None:
    backend.presets.change("bob", lambda _: {"Podcast": {"aspect": "1:1"}})
    assert names(client) == []
    assert client.delete("/presets/Podcast").status_code == 404
    assert uploaded(client, video, from_preset="Podcast").json["code"] == "unknown_preset"
    assert backend.presets.of("bob") == {"Podcast": {"aspect": "1:1"}}
