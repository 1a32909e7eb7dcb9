"""Names of output files, made from the names that users give their videos."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.publishing.naming import safe_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("video.mp4", "video"),
        ("My talk (final, 2).MOV", "My_talk_final_2"),
        ("v1.2.mkv", "v1.2"),
        ("Gespräch über Ä.mp4", "Gespräch_über_Ä"),
        ("日本語.mp4", "日本語"),
        ("محاضرة ١.mp4", "محاضرة_١"),
        ("नमस्ते दुनिया.mp4", "नमस्ते_दुनिया"),
        ("e\u0301te\u0301.mp4", "été"),
        ("می\u200cخواهم.mp4", "میخواهم"),
        ("pay\u202egpj\u200b\u3164.mp4", "paygpj"),
        ("\u0301\u0e31a.mp4", "a"),
        ("½ 👩\u200d👧 ★.mp4", "video"),
        ("語" * 100 + ".mp4", "語" * 60),
        ("कि" * 90 + ".mp4", "कि" * 30),
        ("", "video"),
        (".mp4", "mp4"),
        ("-rf.mp4", "rf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\videos\\talk.avi", "talk"),
        ("a'b;c$(d)%04d.mp4", "a_b_c_d_04d"),
        ("x\0y\r\nz.mp4", "x_y_z"),
        ("a" * 300 + ".mp4", "a" * 80),
        ("CON.mp4", "video_CON"),
        ("nul.tar.mp4", "video_nul.tar"),
        ("Console.mp4", "Console"),
    ],
)
def test_a_name_is_made_safe(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


def check_stem(stem: str) -> None:
    """Checks that a stem is one name of letters, digits and few other characters, short enough for any file system."""
    assert re.fullmatch(r"\w([\w.-]*\w)?", "".join(char for char in stem if unicodedata.category(char)[0] != "M"))
    assert not stem.startswith("_")
    assert not stem.endswith("_")
    assert len(stem) <= 80
    assert len(f"processed_{stem}.transcript.json".encode()) <= 255
    assert unicodedata.is_normalized("NFC", stem)
    assert safe_stem(f"{stem}.mp4") == stem


@given(st.text())
def test_whatever_the_name_the_stem_is_safe_and_never_empty(name: str) -> None:
    check_stem(safe_stem(name))
