"""Fetches the JavaScript libraries of the pages from npm, as `vendored.json` lists them, into the folder of static files.

The list names each package with its exact version, the hash npm knows its archive by, and the files that pages need. A
browser cannot find a module by the name of its package, so `changes` replaces such names by relative addresses, and leaves
out what no page needs. Each text to replace must be there exactly once. For a newer version, write it and its hash (`npm view
NAME dist.integrity`) into the list and run `make vendor`: it writes the files, and the hash of each into the list.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tools/vendored.json"
FOLDER = ROOT / "video_automation/web/static/vendor"


def main() -> None:
    """Fetches everything anew."""
    listed: dict[str, dict[str, Any]] = json.loads(LIST.read_text())
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, package in listed.items():
        contents = _contents(name, package)
        for file in package["files"]:
            content = _changed(contents[file], package.get("changes", {}).get(file, ()))
            place = FOLDER / name / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            package["files"][file] = hashlib.sha256(content).hexdigest()
        print(name, package["version"])
    LIST.write_text(json.dumps(listed, indent=2) + "\n")


def _contents(name: str, package: dict[str, Any]) -> dict[str, bytes]:
    """The wanted files of a package, by their paths in it. Ends the program where the archive is not the one that is listed."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{name}@{package['version']}"
        packed = subprocess.run(
            ["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()
        archive = Path(folder, packed)
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package["integrity"]:
            raise SystemExit(f"{wanted} is not what the list says: {found}")
        with tarfile.open(archive) as opened:
            members = {file: opened.extractfile(f"package/{file}") for file in package["files"]}
            return {file: member.read() for file, member in members.items() if member}


def _changed(content: bytes, changes: list[tuple[str, str]]) -> bytes:
    for before, after in changes:
        if content.count(before.encode()) != 1:
            raise SystemExit(f"{before!r} is not there once")
        content = content.replace(before.encode(), after.encode())
    return content


if __name__ == "__main__":
    main()
