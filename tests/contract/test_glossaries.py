"""What the file of glossaries does."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from video_automation.errors import DamagedError
from video_automation.stores.glossary_file import GlossaryFile


@pytest.fixture
def glossaries(tmp_path: Path) -> GlossaryFile:
    return GlossaryFile(tmp_path / "data" / "glossaries.json")


def test_each_owner_has_their_own(glossaries: GlossaryFile) -> None:
    assert glossaries.of("ann") == ()
    assert glossaries.change("ann", lambda _: ("Gutenberg",)) == ("Gutenberg",)
    glossaries.change("bob", lambda _: ("Fust",))
    assert (glossaries.of("ann"), glossaries.of("bob")) == (("Gutenberg",), ("Fust",))


def test_changes_at_once_are_all_kept(glossaries: GlossaryFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: glossaries.change("ann", lambda before: (*before, f"term {n}")), range(40)))
    assert len(glossaries.of("ann")) == 40


def test_nobody_else_may_read_it(glossaries: GlossaryFile) -> None:
    glossaries.change("ann", lambda _: ("Gutenberg",))
    assert stat.S_IMODE(glossaries.path.stat().st_mode) == 0o600


def test_what_it_cannot_read_is_told(glossaries: GlossaryFile) -> None:
    glossaries.path.parent.mkdir()
    glossaries.path.write_text("[]")
    with pytest.raises(DamagedError):
        glossaries.of("ann")
