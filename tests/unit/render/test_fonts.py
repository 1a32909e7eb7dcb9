"""What the font has and how wide it is."""

import pytest

from video_automation.render import fonts


def test_letters_it_lacks_are_named_once_and_in_order() -> None:
    assert fonts.missing(["naïve café… “yes”", "Привет Ελλάδα"]) == ""
    assert fonts.missing(["say 世界", "and 世あ\u3000!"]) == "世界あ"


def test_a_line_is_as_wide_as_its_letters() -> None:
    assert fonts.width_em("") == 0
    assert fonts.width_em("iiii") < fonts.width_em("mm") < fonts.width_em("WW")
    assert fonts.width_em("世界") == 2
    assert fonts.width_em("ab") == pytest.approx(fonts.width_em("a") + fonts.width_em("b"))
