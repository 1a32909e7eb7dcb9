"""Speech models are downloaded completely, checked, and resumed; from a local server that imitates the model hub."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from ports import free_port

from video_automation.analysis.models.model_shelf import fetch
from video_automation.analysis.models.speech_model import folder_of, languages_of, model_on_disk
from video_automation.cli import cli
from video_automation.errors import DamagedError, PipelineError, SettingsError, TransientError

REVISION = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "Systran/faster-whisper-small"
MODEL = bytes(range(256)) * 4_000
FILES = {
    "model.bin": MODEL,
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.json": json.dumps(["a"] * (51_766 + 99)).encode(),
    "README.md": b"Not needed.",
}


@dataclass
class Hub:
    """A server with one model. It may break connections, or serve other bytes than it announces."""

    address: str = ""
    sent: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    cuts: list[int] = field(default_factory=list)
    """After how many bytes of the model the next connections break."""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """The requested files and ranges."""


class Handler(BaseHTTPRequestHandler):
    hub: Hub

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == f"/api/models/{REPOSITORY}":
            listed = [self.told(name, content) for name, content in FILES.items()]
            return self.answer(200, json.dumps({"sha": REVISION, "siblings": listed}).encode())
        name = path.removeprefix(f"/{REPOSITORY}/resolve/{REVISION}/")
        if name not in FILES:
            return self.answer(404, b"")
        asked = self.headers.get("Range")
        self.hub.asked.append((name, asked))
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        return self.answer(206 if start else 200, self.hub.sent[name][start:], cut=name == "model.bin")

    @staticmethod
    def told(name: str, content: bytes) -> dict[str, object]:
        git = hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()
        lfs = {"lfs": {"sha256": hashlib.sha256(content).hexdigest()}} if name == "model.bin" else {}
        return {"rfilename": name, "size": len(content), "blobId": git, **lfs}

    def answer(self, status: int, content: bytes, *, cut: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if cut and self.hub.cuts:
            content = content[: self.hub.cuts.pop(0)]
            self.close_connection = True
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OfHub", (Handler,), {"hub": hub}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.address)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield hub
    server.shutdown()
    thread.join()
    server.server_close()


def refused(model: str) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        fetch(model, lambda *_: None)
    return caught.value


def test_a_model_is_fetched_to_where_it_is_looked_for(hub: Hub) -> None:
    told: list[tuple[int, int]] = []
    assert model_on_disk("small") is None
    folder = fetch("small", lambda *at: told.append(at))
    assert model_on_disk("small") == folder
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        name: content for name, content in FILES.items() if name != "README.md"
    }
    total = sum(len(content) for name, content in FILES.items() if name != "README.md")
    assert told[-1] == (total, total)
    assert [there for there, _ in told] == sorted(there for there, _ in told)
    assert len(languages_of("small")) == 99


def test_a_cut_connection_is_gone_on_with(hub: Hub) -> None:
    hub.cuts = [300_000, 100_000]
    folder = fetch("small", lambda *_: None)
    assert (folder / "model.bin").read_bytes() == MODEL
    assert [asked for name, asked in hub.asked if name == "model.bin"] == [None, "bytes=300000-", "bytes=400000-"]


def test_a_later_call_goes_on_with_what_an_earlier_one_has_left(hub: Hub) -> None:
    hub.cuts = [200_000, 0, 0, 0, 0]
    assert isinstance(refused("small"), TransientError)
    assert model_on_disk("small") is None
    hub.asked.clear()
    fetch("small", lambda *_: None)
    assert hub.asked[0] == ("model.bin", "bytes=200000-")
    hub.asked.clear()
    fetch("small", lambda *_: None)
    assert hub.asked == [], "what is whole is not fetched again"


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_file_with_another_checksum_is_refused_and_not_kept(hub: Hub, tmp_path: Path, name: str) -> None:
    hub.sent[name] = bytes(len(FILES[name]))
    error = refused("small")
    assert isinstance(error, DamagedError)
    assert name in error.sentence
    assert model_on_disk("small") is None
    assert not list((tmp_path / "hub").rglob("*.part"))
    hub.sent = dict(FILES)
    fetch("small", lambda *_: None)
    assert model_on_disk("small")


def test_a_name_nobody_knows_and_a_repository_that_is_not_there_are_told(hub: Hub) -> None:
    for name in ("smal", "nobody/nothing"):
        assert isinstance(refused(name), SettingsError)


def test_without_a_network_it_says_what_to_do(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", f"http://127.0.0.1:{free_port()}")
    error = refused("small")
    assert isinstance(error, TransientError)
    assert "Connect this machine to the network" in error.sentence


def test_the_command_shows_the_models_and_fetches_one(hub: Hub) -> None:
    before = CliRunner().invoke(cli, ["models", "--no-measure"], env={"VIDEO_AUTOMATION__TRANSCRIPTION__MODEL": "small"})
    rows = {line.removeprefix("*").split()[0]: line for line in before.stdout.splitlines()[1:]}
    assert "English only" in rows["tiny.en"]
    assert rows["small"].startswith("*  small")
    assert "99 languages" in rows["small"]
    assert "video-automation models get small" in rows["small"]
    told = CliRunner().invoke(cli, ["models", "get", "small"])
    assert told.exit_code == 0, told.output
    assert f"small is in {model_on_disk('small')}." in told.stdout
    assert str(model_on_disk("small")) in CliRunner().invoke(cli, ["models", "--no-measure"]).stdout


def test_a_model_that_is_fetched_on_the_way_shows_that_it_comes(hub: Hub) -> None:
    signs: list[int] = []
    folder = folder_of("small", moved=lambda: signs.append(1))
    assert folder == model_on_disk("small")
    assert len(signs) >= len(hub.asked)
    signs.clear()
    assert folder_of("small", moved=lambda: signs.append(1)) == folder
    assert signs == []
