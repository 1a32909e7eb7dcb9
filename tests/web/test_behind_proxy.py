"""The real proxies of docs/operations.md, with the configuration there, except for ports and certificates."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S, eventually
from ports import free_port
from redis import Redis
from redis_server import running_redis
from surroundings import done

from video_automation.media.sandbox import die_with_parent

ROOT = Path(__file__).parents[2]
SERVE = "from video_automation.bootstrap import run_web; run_web(print)"
KEY = "somebody-has-this-key"
CLIENT = "127.0.0.2"
"""The address of the client; the proxy is at 127.0.0.1."""


def documented(kind: str) -> str:
    """The configuration in the documentation."""
    (block,) = re.findall(rf"```{kind}\n(.*?)```", (ROOT / "docs/operations.md").read_text(), re.DOTALL)
    return str(block)


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running proxy with a service behind it."""

    port: int
    redis_url: str
    folder: Path

    def connection(self) -> ssl.SSLSocket:
        """A TLS connection to the proxy under its name, from a client at another address."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S, source_address=(CLIENT, 0))
        trusting = ssl.create_default_context(cafile=str(self.folder / "videos.pem"))
        return trusting.wrap_socket(plain, server_hostname="videos.example")

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """The response to a request, and its body."""
        with closing(http.client.HTTPConnection("videos.example", self.port)) as there:
            there.sock = self.connection()
            there.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = there.getresponse()
            return answer, answer.read()


def nginx(folder: Path, port: int, service_port: int) -> tuple[str, ...]:
    changes = {
        "listen 443": f"listen 127.0.0.1:{port}",
        "/etc/ssl/videos.example": str(folder / "videos"),
        "127.0.0.1:8000": f"127.0.0.1:{service_port}",
    }
    around = f"user root; error_log stderr; pid {folder}/pid; daemon off; events {{}} http {{ access_log off; %s }}"
    (folder / "nginx.conf").write_text(around % replaced(documented("nginx"), changes))
    return ("nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf"))


def caddy(folder: Path, port: int, service_port: int) -> tuple[str, ...]:
    tls = f"https://videos.example:{port} {{\n    bind 127.0.0.1\n    tls {folder}/videos.pem {folder}/videos.key"
    changes = {"videos.example {": tls, "127.0.0.1:8000": f"127.0.0.1:{service_port}"}
    around = "{\n    admin off\n    auto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(around + replaced(documented("caddy"), changes))
    return ("caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile"))


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A running proxy with a service behind it."""
    arguments: Callable[[Path, int, int], tuple[str, ...]] = request.param
    if not shutil.which(arguments.__name__) or not shutil.which("openssl"):
        pytest.skip(f"there is no {arguments.__name__}, or no openssl")
    folder, port, service_port, parent = tmp_path_factory.mktemp("proxy"), free_port(), free_port(), os.getpid()
    key = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=videos.example")
    files = ("-addext", "subjectAltName=DNS:videos.example", "-keyout", f"{folder}/videos.key", "-out", f"{folder}/videos.pem")
    subprocess.run(("openssl", "req", *key, *files), check=True, capture_output=True)
    with running_redis() as redis_url:
        ours = {"REDIS_URL": redis_url, "DATA_FOLDER": f"{folder}/data", "PORT": str(service_port), "HOST": "127.0.0.1"}
        env = (
            os.environ
            | ours
            | {
                "TRUSTED_PROXIES": "127.0.0.1",
                "API_KEYS": f"somebody:{KEY}",
                "XDG_DATA_HOME": str(folder),
                "XDG_CONFIG_HOME": str(folder),
            }
        )
        programs = [
            subprocess.Popen(argv, env=env, cwd=folder, stderr=subprocess.DEVNULL, preexec_fn=lambda: die_with_parent(parent))  # noqa: PLW1509
            for argv in ((sys.executable, "-c", SERVE), arguments(folder, port, service_port))
        ]
        found = Proxy(port, redis_url, folder)
        try:
            assert eventually(lambda: is_there(found))
            yield found
        finally:
            for program in programs:
                program.terminate()
                program.wait(PATIENCE_S)


def is_there(proxy: Proxy) -> bool:
    try:
        return proxy.ask("GET", "/health/live")[0].status == 200
    except OSError:
        return False


FORM = {"Content_Type": "multipart/form-data; boundary=b", "Authorization": f"Bearer {KEY}"}
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'


def test_an_upload_arrives(proxy: Proxy, video: bytes):
    answer, said = proxy.ask("POST", "/upload", PART + video + bytes(4_000_000) + b"\r\n--b--\r\n", **FORM)
    assert answer.status == 202, said


def test_an_upload_is_passed_on_as_it_comes(proxy: Proxy):
    uploads = proxy.folder / "data" / "input"
    lines = ("POST /upload HTTP/1.1", f"Host: videos.example:{proxy.port}", "Content-Length: 90000000")
    headers = (f"{name.replace('_', '-')}: {value}" for name, value in FORM.items())
    with proxy.connection() as there:
        there.sendall("\r\n".join((*lines, *headers, "", "")).encode() + PART + bytes(1_000_000))
        assert eventually(lambda: any(part.stat().st_size > 500_000 for part in uploads.glob("*/source.part")))
    assert eventually(lambda: not list(uploads.glob("*/source.part")))


def test_a_video_comes_whole_and_in_ranges(proxy: Proxy):
    job, place, folder = done(proxy.redis_url, proxy.folder / "data", owner="somebody")
    place.log.touch()
    content = bytes(range(250)) * 20_000
    (folder / "processed_video.mp4").write_bytes(content)
    path, key = f"/task/{job.id}/files/processed_video.mp4", f"Bearer {KEY}"
    assert proxy.ask("GET", path, Authorization=key)[1] == content
    answer, said = proxy.ask("GET", path, Authorization=key, Range="bytes=4000000-4000999")
    assert (answer.status, answer.headers["Content-Range"], said) == (206, "bytes 4000000-4000999/5000000", content[:1000])


def test_a_browser_signs_in_by_tls(proxy: Proxy):
    own = {"Origin": f"https://videos.example:{proxy.port}", "Content_Type": "application/x-www-form-urlencoded"}
    answer, said = proxy.ask("POST", "/sign-in", f"key={KEY}".encode(), **own)
    assert answer.status == 303, said
    assert "; Secure" in str(answer.headers["Set-Cookie"])


def test_no_key_no_service(proxy: Proxy):
    assert proxy.ask("GET", "/tasks")[0].status == 401


def test_whoever_guesses_keys_is_slowed_under_whatever_address_they_claim(proxy: Proxy):
    claimed = (f"198.51.{n // 256}.{n % 256}" for n in count())

    def is_slowed() -> bool:
        guess = {"Authorization": "Bearer wrong-key-that-nobody-has", "X_Forwarded_For": next(claimed)}
        return proxy.ask("GET", "/tasks", **guess)[0].status == 429

    assert eventually(is_slowed)
    assert proxy.ask("GET", "/tasks", Authorization=f"Bearer {KEY}")[0].status == 200


def test_nor_is_an_address_believed_whose_header_is_written_with_underscores(proxy: Proxy):
    before = seen_addresses(proxy)
    lines = ("GET /tasks HTTP/1.1", f"Host: videos.example:{proxy.port}", f"Authorization: Bearer {KEY}")
    claimed = ("X_Forwarded_For: 203.0.113.77", "Connection: close", "", "")
    with proxy.connection() as there:
        there.sendall("\r\n".join((*lines, *claimed)).encode())
        assert there.recv(100).startswith(b"HTTP/1.1 200")
    assert seen_addresses(proxy) - before <= {f"va:rate:requests:{CLIENT}"}


def seen_addresses(proxy: Proxy) -> set[str]:
    """The addresses under which the service counts requests."""
    with closing(Redis.from_url(proxy.redis_url, decode_responses=True)) as redis:
        return {name for name in redis.keys("va:rate:requests:*") if ":key:" not in name}
