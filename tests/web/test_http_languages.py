"""The language of a video: detected, shown, and chosen before and after an upload."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from models import model_folder
from places import on_disk, write_manifest
from queues import ListQueue
from surroundings import MAX_UPLOAD, captioned_files, keep_plan, made_again, plan_of, talk

from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.run import manifest
from video_automation.plan.clip import Clip
from video_automation.plan.document import words_key
from video_automation.plan.packaging import Title
from video_automation.plan.source.transcript import LanguageSpan, Transcript, Unwritten, Word

Put = Callable[..., Job]
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "1000"}
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nOther words.\n"
CLIP = Clip("short_01", 1000, 9000, "A title", 77, id="1000-9000")


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """The rules of a service whose model knows 99 languages."""
    model = SpeechModel(str(model_folder(tmp_path / "models" / "whisper", 99)))
    return Rules(max_upload_bytes=MAX_UPLOAD, max_queue=9, reserve_bytes=0, model=model)


@pytest.fixture
def upload(client: FlaskClient, video: bytes) -> Callable[..., tuple[int, dict[str, str]]]:
    def upload(**options: str) -> tuple[int, dict[str, str]]:
        answer = client.post("/upload", data={**options, "file": (BytesIO(video), "talk.mp4")})
        return answer.status_code, answer.json

    return upload


@pytest.fixture
def spoken(backend: Backend, finished: Job) -> Callable[..., Job]:
    """Gives the finished task a recording, a clip and a language."""

    def spoken(language: str, certainty: int, **changes: object) -> Job:
        place = on_disk(backend, finished.id)
        keep_plan(place, replace(talk(finished.params), clips=(CLIP,), decided=(CLIP,)))
        listing = place.result(finished).manifest
        made = replace(manifest.read_manifest(listing), language=language, certainty=certainty, **changes)  # type: ignore[arg-type]
        write_manifest(made, listing)
        return finished

    return spoken


@pytest.mark.parametrize(
    ("named", "code"), [("es", "es"), ("Spanish", "es"), ("Español", "es"), ("pt-BR", "pt"), ("Norwegian", "no")]
)
def test_a_language_is_named_by_its_code_its_tag_or_its_name(upload, backend: Backend, named: str, code: str) -> None:
    status, answer = upload(language=named)
    assert status == 202, answer
    assert backend.store.get(answer["task_id"]).params.speech.language == code


@pytest.mark.parametrize(("named", "called"), [("tlh", "Klingon"), ("Klingon", "Klingon"), ("yue", "Cantonese")])
def test_a_language_the_model_does_not_know_is_refused_before_the_video_is_read(
    client: FlaskClient, backend: Backend, named: str, called: str
) -> None:
    told = f"The speech model in use (whisper) does not know {called}. It knows 99 languages."
    metadata = f"filename {b64encode(b'talk.mp4').decode()},language {b64encode(named.encode()).decode()}"
    answers = (
        client.post("/upload", data={"language": named, "file": (BytesIO(b"no video at all"), "talk.mp4")}),
        client.post("/upload", data={"file": (BytesIO(b"no video at all"), "talk.mp4"), "language": named}),
        client.post("/files", headers={**TUS, "Upload-Metadata": metadata}),
    )
    assert [(a.status_code, a.json["code"], a.json["error"]) for a in answers] == [(400, "unknown_language", told)] * 3
    assert backend.folders.ids() == ()


def test_the_page_offers_the_languages_the_model_knows_and_says_how_many(client: FlaskClient) -> None:
    page = client.get("/").text
    [select] = re.findall(r'<select id="language".*?</select>', page, re.DOTALL)
    offered = re.findall(r'<option value="(\w*)"( selected)?>([^<]+)', select)
    assert offered[0] == ("", " selected", "Detect")
    assert ("de", "", "German – Deutsch") in offered
    assert ("ar", "", "Arabic – العربية") in offered
    assert len(offered) == 100
    names = [name for _, _, name in offered[1:]]
    assert names == sorted(names)
    assert "(whisper) knows 99 languages" in page


class TestOfEnglishOnly:
    @pytest.fixture
    def rules(self, tmp_path: Path) -> Rules:
        return Rules(model=SpeechModel(str(model_folder(tmp_path / "models" / "small-english", 1))), reserve_bytes=0)

    def test_the_page_says_so_and_offers_no_other(self, client: FlaskClient) -> None:
        page = client.get("/").text
        assert "(small-english) knows English only" in page
        assert "– Deutsch" not in page

    def test_other_languages_are_refused(self, upload) -> None:
        status, answer = upload(language="de")
        assert (status, answer["code"]) == (400, "unknown_language")
        assert answer["error"] == "The speech model in use (small-english) does not know German. It knows English only."


class TestWhereThereIsNoSuchModel:
    @pytest.fixture
    def rules(self) -> Rules:
        return Rules(model=SpeechModel("whispering"))

    def test_the_pages_are_there_all_the_same(self, client: FlaskClient) -> None:
        assert client.get("/").status_code == 200


def test_a_task_tells_its_language_as_soon_as_it_is_known(client: FlaskClient, put: Put) -> None:
    job = put(state=State.PROGRESS, stage="plan", language="gl", language_certainty=55)
    answer = client.get(f"/task/{job.id}").json
    assert {key: answer[key] for key in answer if "language" in key} == {
        "language": "gl",
        "language_name": "Galician",
        "language_certainty": 55,
    }
    assert "Language: Galician (55 % sure)" in client.get(f"/task/{job.id}", headers=BROWSER).text


def test_a_language_nobody_can_tell_is_not_sure(client: FlaskClient, put: Put) -> None:
    job = put(state=State.PROGRESS, language="und", language_certainty=100)
    answer = client.get(f"/task/{job.id}").json
    assert (answer["language"], answer["language_certainty"]) == ("und", None)
    assert "Language:" not in client.get(f"/task/{job.id}", headers=BROWSER).text


def test_a_result_tells_languages_and_what_was_not_written_down(client: FlaskClient, spoken) -> None:
    spans = (LanguageSpan(0, 5_000, "es", 97), LanguageSpan(5_000, 9_000, "en", 90))
    job = spoken("es", 97, languages=spans, unwritten=(Unwritten(9_000, 10_000, "not_understood"),))
    answer = client.get(f"/task/{job.id}/result").json
    assert (answer["language"], answer["language_name"], answer["language_certainty"]) == ("es", "Spanish", 97)
    assert answer["languages"][1] == {"start_ms": 5_000, "end_ms": 9_000, "language": "en", "certainty": 90}
    assert answer["unwritten"] == [{"start_ms": 9_000, "end_ms": 10_000, "reason": "not_understood"}]
    page = client.get(f"/result/{job.id}").text
    assert re.search(r"Language: <strong>Spanish \(97 % sure\)</strong>\s*· also English", page)
    assert client.get(f"/task/{job.id}").json["language"] == "es"


def test_a_result_of_before_languages_were_told_is_shown(client: FlaskClient, backend: Backend, finished: Job) -> None:
    place = on_disk(backend, finished.id).result(finished).manifest
    told = place.read_text()
    for key in ("language", "certainty", "languages", "unwritten", "corrected"):
        told = re.sub(rf',\s*"{key}": (null|\[\])', "", told)
    assert "language" not in told
    place.write_text(told)
    assert client.get(f"/task/{finished.id}/result").json["language"] is None
    assert "Language:" not in client.get(f"/result/{finished.id}").text


def test_a_video_is_transcribed_again_in_a_language_that_is_named(
    client: FlaskClient, backend: Backend, queue: ListQueue, spoken
) -> None:
    job = spoken("gl", 55)
    client.put(f"/task/{job.id}/captions", data=VTT.encode())
    made_again(backend, job)
    client.post(f"/task/{job.id}/clips/short_01", json={"title": "Mine"})
    job, queue.messages = made_again(backend, job), []
    page = client.get(f"/result/{job.id}").text
    [form] = re.findall(rf'<form[^>]+action="/task/{job.id}/retry">.*?</form>', page, re.DOTALL)
    assert '<option value="gl" selected>' in form
    answer = client.post(f"/task/{job.id}/retry", data={"language": "pt"}, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/task/{job.id}")
    again = backend.store.get(job.id)
    assert (again.state, again.params.speech.language, again.language, queue.messages) == (State.PENDING, "pt", None, [job.id])
    folder = on_disk(backend, job.id)
    assert folder.result(again).manifest.exists(), "the result stays until the new one is there"
    new = replace(CLIP, start_ms=2000, id="2000-9000", title="Um título")
    words = Transcript("pt", (Word(0, 600, "Imprensa", 90),), 99)
    keep_plan(folder, replace(talk(again.params), transcript=words, words_key=words_key(words), clips=(new,), decided=(new,)))
    plan = plan_of(backend, again)
    assert plan.captions is None, "they are of other words"
    assert plan.clips == (new,), "they are of other clips"
    assert plan.remarks == ("2 of your changes do not fit what was decided anew, and had to be left out.",)


def test_other_options_drop_no_clips(client: FlaskClient, backend: Backend, spoken) -> None:
    job = spoken("gl", 55)
    client.post(f"/task/{job.id}/clips/short_01", json={"title": "Mine"})
    made_again(backend, job)
    assert client.post(f"/task/{job.id}/retry", json={"crf": 30}).status_code == 202
    assert plan_of(backend, job).clips == (replace(CLIP, title="Mine"),)


def test_an_unknown_language_is_refused_for_a_task_that_is_done(client: FlaskClient, backend: Backend, spoken) -> None:
    job = spoken("gl", 55)
    answer = client.post(f"/task/{job.id}/retry", json={"language": "tlh"})
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_language")
    assert backend.store.get(job.id).state is State.SUCCESS


def test_a_failed_task_is_tried_again_in_another_language(client: FlaskClient, backend: Backend, put: Put) -> None:
    job = put(state=State.FAILURE, problem=Problem("unknown_language", "The speech model does not know this language."))
    source = on_disk(backend, job.id).source
    source.parent.mkdir(parents=True)
    source.write_bytes(b"film")
    page = client.get(f"/task/{job.id}", headers=BROWSER).text
    assert "Choose the language that is spoken" in page
    assert '<option value="es">Spanish – español</option>' in page
    assert client.post(f"/task/{job.id}/retry", data={"language": "es"}, headers=BROWSER).status_code == 303
    assert backend.store.get(job.id).params.speech.language == "es"


@pytest.mark.parametrize(
    ("language", "marks"), [("ar", 'lang="ar" dir="rtl"'), ("jw", 'lang="jv" dir="ltr"'), ("und", 'dir="auto"')]
)
def test_text_of_the_video_is_marked_with_its_language(
    client: FlaskClient, backend: Backend, finished: Job, spoken, language: str, marks: str
) -> None:
    captioned_files(on_disk(backend, finished.id), finished, VTT)
    job = spoken(language, 90, titles=(Title("What is said", 70, "It is said."),))
    page = client.get(f"/result/{job.id}").text
    assert f"<li><span {marks}>What is said</span>" in page
    assert f'maxlength="2000" {marks} spellcheck="true">' in page


def test_names_of_files_do_not_turn_what_is_beside_them(client: FlaskClient, put: Put) -> None:
    put(filename="محاضرة.mp4")
    assert "<bdi>محاضرة.mp4</bdi>" in client.get("/").text


def test_the_description_lists_the_languages(client: FlaskClient) -> None:
    option = client.get("/openapi.json").json["components"]["schemas"]["OptionsForm"]["properties"]["language"]
    assert option["enum"][:3] == ["", "en", "zh"]
    assert len(option["enum"]) == 100


def test_operators_see_which_model_is_in_use(client: FlaskClient) -> None:
    assert client.get("/debug").json["speech_model"] == {"ok": True, "fact": "whisper: 99 languages"}
