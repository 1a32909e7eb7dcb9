"""The rules of the repository's code."""

import ast
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "video_automation"
LONGEST_MODULE = 300
MOST_SIBLINGS = 15
CATALOGS = {PACKAGE / "editing/language"}
"""Folders that may have more modules: one for each language."""
SHARED_NAMES = {
    "main": "what runs a module that is started as a process of its own",
    "log": "a module's own logger",
    "blueprint": "a module's own views",
    "VERSION": "of what a step finds; always said with its module",
    "OBSERVER": "a step's own, at the end of its module",
}
"""Public names that may stand in several modules, since they mean the same in each."""


@cache
def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    """All modules of the package except `__init__.py` and `__main__.py`."""
    ours = [file for file in tracked() if file.suffix == ".py" and file.is_relative_to(PACKAGE)]
    return [file for file in ours if not file.name.startswith("__")]


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {file.relative_to(ROOT): len(file.read_text().splitlines()) for file in tracked() if file.suffix == ".py"}
    assert {file: length for file, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_folder_holds_more_modules_than_a_reader_takes_in_at_a_glance() -> None:
    folders = Counter(file.parent for file in modules())
    assert {folder: count for folder, count in folders.items() if count > MOST_SIBLINGS and folder not in CATALOGS} == {}


def test_no_two_modules_have_the_same_name() -> None:
    names = Counter(file.name for file in modules())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    files = [file for file in tracked() if file.suffix == ".py" and file.is_relative_to(PACKAGE)]
    assert [file for file in files if not file.read_text().startswith('"""')] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    home = re.compile(rf"(?<![\w.])/(?:home|root|Users)/\w|{re.escape(str(ROOT))}\b")
    texts = [
        file
        for file in tracked()
        if file.suffix in {".py", ".md", ".toml", ".json", ".yml", ".txt", ".html", ".js", ".css", ""}
        and not file.is_relative_to(PACKAGE / "web/static/vendor")  # published by others
    ]
    assert [file for file in texts if home.search(file.read_text(errors="ignore"))] == []


def named_from_outside(node: ast.stmt) -> bool:
    """Whether a route or the command line names it: a Flask view or a click command."""
    marks = getattr(node, "decorator_list", ())
    calls = [mark.func for mark in marks if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute)]
    return any(call.attr in {"get", "post", "put", "patch", "delete", "route", "command", "group"} for call in calls)


def public_names(file: Path) -> Iterator[tuple[str, bool]]:
    """The public names a module defines, except type variables, and whether each is a view or a command."""
    for node in ast.parse(file.read_text()).body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names = [node.name]
            case ast.Assign(value=ast.Call(func=ast.Name("TypeVar"))):
                continue
            case ast.Assign():
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(name)):
                names = [name]
            case _:
                continue
        for name in names:
            if not name.startswith("_") and name not in SHARED_NAMES:
                yield name, named_from_outside(node)


def test_no_name_has_two_meanings() -> None:
    homes = defaultdict(list)
    for file in modules():
        for name, outside in public_names(file):
            homes[name].append((str(file.relative_to(PACKAGE)), outside))
    twice = {name: [file for file, _ in found] for name, found in homes.items() if len({file for file, _ in found}) > 1}
    assert {name: files for name, files in twice.items() if not all(outside for _, outside in homes[name])} == {}


def is_private(name: str) -> bool:
    return name.startswith("_") and name.strip("_") != "" and not name.startswith("__") and name.isidentifier()


def private_in_the_package() -> frozenset[str]:
    """All private names that any module or class of the package defines."""
    named = re.compile(r"^ *(?:def |class )?(_[^\W_]\w*)(?=\(|:| =)", re.MULTILINE)
    return frozenset(name for file in tracked() if file.is_relative_to(PACKAGE) for name in named.findall(read(file)))


@cache
def read(file: Path) -> str:
    return file.read_text(errors="ignore")


def reached(node: ast.AST, private: frozenset[str]) -> Iterator[str]:
    """The private names that a test imports, uses or patches, other than its own."""
    match node:
        case ast.ImportFrom(names=names):
            yield from (each.name for each in names if is_private(each.name))
        case ast.Attribute(value=ast.Name(id="self" | "cls")):
            return
        case ast.Attribute(attr=name) if name in private or (is_private(name) and not isinstance(node.value, ast.Name)):
            yield name
        case ast.Constant(value=str(text)) if text.rpartition(".")[2] in private:
            yield text


def test_no_test_imports_or_patches_a_private_name() -> None:
    private = private_in_the_package()
    tests = [file for file in tracked() if file.suffix == ".py" and file.is_relative_to(ROOT / "tests")]
    found = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in tests
        for node in ast.walk(ast.parse(read(file)))
        for name in reached(node, private)
    ]
    assert found == []
