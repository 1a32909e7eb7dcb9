"""What an attack must not reach: secrets whose text must appear nowhere, and a port that nothing may connect to."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

from benchmarks.attacks.attack import ffmpeg

MARK = "CANARY-b5f1c7e2-0d43-4f7e"
"""The text in every secret."""


class Witness:
    """Listens for connections and packets on a loopback port while its block runs."""

    def __enter__(self) -> Self:
        self._connections = socket.create_server(("127.0.0.1", 0))
        self._packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port = int(self._connections.getsockname()[1])
        self._packets.bind(("127.0.0.1", self.port))
        for listener in (self._connections, self._packets):
            listener.setblocking(False)  # noqa: FBT003
        return self

    def __exit__(self, *_: object) -> None:
        self._connections.close()
        self._packets.close()

    def called(self) -> tuple[str, ...]:
        """The connections and packets that came."""
        came = []
        with suppress(BlockingIOError):
            came.append(f"a connection from {self._connections.accept()[1]}")
        with suppress(BlockingIOError):
            came.append(f"a packet {self._packets.recv(80)!r}")
        return tuple(came)


def secrets(folder: Path) -> tuple[Path, Path]:
    """Writes a secret text and a secret video to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text, video = folder / "secret.txt", folder / "secret.ts"
    text.write_text(f"{MARK}\n" * 50)
    source = ("-f", "lavfi", "-i", "color=magenta:size=160x90:rate=25:duration=1")
    ffmpeg(*source, "-metadata", f"service_name={MARK}", "-metadata", f"title={MARK}", video)
    return text, video


def leaked(folders: Iterable[Path], *, ours: Iterable[Path]) -> tuple[str, ...]:
    """The files, other than our own, that contain the mark of a secret."""
    known = {path.resolve() for path in ours}
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file() and file.resolve() not in known)
    return tuple(str(file) for file in files if MARK.encode() in file.read_bytes())
