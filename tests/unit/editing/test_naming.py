"""Output names made of whatever users call their films."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.naming import safe_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("video.mp4", "video"),
        ("My talk (final, 2).MOV", "My_talk_final_2"),
        ("v1.2.mkv", "v1.2"),
        ("Gespräch über Ä.mp4", "Gesprach_uber_A"),
        ("日本語.mp4", "video"),
        ("", "video"),
        (".mp4", "mp4"),
        ("-rf.mp4", "rf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\films\\talk.avi", "talk"),
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


@given(st.text())
def test_whatever_the_name_the_stem_is_safe_and_never_empty(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9])?", safe_stem(name))
