"""The JavaScript libraries in the repository."""

import hashlib
import json
import re

import pytest
from test_repository import ROOT

pytestmark = pytest.mark.pure

LISTED = json.loads((ROOT / "tools/vendored.json").read_text())
FOLDER = ROOT / "video_automation/web/static/vendor"


def test_the_files_are_those_of_the_list_byte_for_byte():
    hashes = {f"{name}/{file}": digest for name, package in LISTED.items() for file, digest in package["files"].items()}
    kept = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert {str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept} == hashes


def test_each_is_named_with_its_licence_and_its_version_is_exact():
    notice = (ROOT / "NOTICE").read_text()
    for name, package in LISTED.items():
        assert re.search(rf"^  {re.escape(name)} ", notice, re.MULTILINE), name
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert package["integrity"].startswith("sha512-")


def test_every_module_imports_files_that_are_there():
    for module in (path for path in FOLDER.rglob("*.js")):
        for name in re.findall(r"""(?:\bfrom ?|^import ?)["']([^"']+)["']""", module.read_text(), re.MULTILINE):
            assert name.startswith("."), f"{module} imports {name!r}, which a browser cannot find"
            assert (module.parent / name).is_file(), f"{module} imports {name!r}, which is not there"
