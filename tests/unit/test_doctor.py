"""What the doctor finds, whatever state this machine is in."""

import socket
import threading

from video_automation.config import CelerySettings, Settings
from video_automation.doctor import checks


def misunderstand(server: socket.socket) -> None:
    with server.accept()[0] as caller:
        caller.recv(1000)
        caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_a_program_that_is_no_redis_is_one_finding_among_the_others() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=misunderstand, args=(other,), daemon=True).start()
        url = f"redis://127.0.0.1:{other.getsockname()[1]}/0"
        found = {check.name: check for check in checks(Settings(celery_config=CelerySettings(broker_url=url)))}
    assert not found["Redis"].ok
    assert "REDIS_URL" in found["Redis"].remedy
    assert "Disk" in found
