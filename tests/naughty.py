"""Strings that break programs: the Big List of Naughty Strings (Max Woolf, MIT), and others that may break our formats."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from video_automation.errors import PipelineError

BIG_LIST: tuple[str, ...] = tuple(json.loads(Path(__file__).with_name("blns.json").read_text()))
DEEP = "[" * 3000
CANARY = "window.__pwned=1"
OURS = (
    f"<script>{CANARY}</script>",
    f"<img src=x onerror={CANARY}>",
    f'"><svg onload={CANARY}>',
    f"' autofocus onfocus={CANARY} x='",
    f"</textarea></template></title></style><script>{CANARY}</script>",
    f"javascript:{CANARY}",
    "<img src=http://pwned.invalid/a.png>",
    "{{ 7 * 191 }} {% raw %} ${7*191} #{7*191} {0.__class__} %s %n %04d %(asctime)s",
    "{\\b1}{\\p1}m 0 0 l 500 0 500 500 0 500{\\p0}\\N\\h\\n",
    "{\\pos(1,1)\\fs200\\1c&H0000FF&}{\\fnArial}{\\t(0,9,\\frz90)}",
    "}{ \\{ \\\\N \\",
    "a --> b",
    "00:00:01.000 --> 00:00:09.000 line:0",
    "NOTE STYLE ::cue { color: red } REGION WEBVTT",
    "<c.x><v Bob><00:00:01.000><ruby><rt>&lt;&amp;&#60;&nbsp;",
    "one\ntwo",
    "one\r\nSet-Cookie: pwned=1\r\n\r\n<html>",
    "1\r\n\r\n2\n\n00:00:01,000 --> 00:00:02,000\nforged",
    "2026-11-24 19:00:00,000 INFO    - video_automation.jobs.run.run_job: forged",
    "x\n2026-11-24 19:00:00,000 INFO    - video_automation.jobs.run.run_job: forged",
    "x\u20282026-11-24 INFO forged\u20292026 forged\x852026 forged\x0bforged\x0cforged\x1cforged\x1dforged\x1eforged",
    "\x1b[2J\x1b[31mred\x1b]0;title\x07\x9b31m\x90",
    "\x00\x01\x08\x7f\x80\x9f\ufeff\ufffe\uffff",
    "\u202egpj.4pm",
    "\u2066\u2067\u2068\u200f\u061c",
    "مرحبا \u202bhello\u202c שלום",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\Users\\x",
    "CON",
    "nul.mp4",
    "aux.tar.gz",
    "-rf",
    "--help",
    "~root",
    "$(touch pwned);`touch pwned`|touch pwned&",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "]]>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<!-- -->",
    "%2e%2e%2f%00%0d%0a",
    '"; filename="other.exe',
    "filename*=UTF-8''a.exe",
    "é" * 4096,
    "👩‍👩‍👧‍👦🏴\U000e0067\U000e0062\U000e007f 1️⃣",
    "Z̷̡̛a̸l̶g̴o̵" * 20,
    " ",
    ".",
    "..",
)
NAUGHTY = (*BIG_LIST, *OURS)
HOSTILE = st.lists(st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=8)), max_size=3).map("".join)
"""Up to three naughty strings or short texts, joined."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(NAUGHTY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
"""Any JSON value, and some numbers that JSON does not have."""

fuzzed = settings(
    deadline=None,
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "40")),
    suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much),
)
"""The number of examples: few, or as many as FUZZ_EXAMPLES says (`make fuzz`)."""


def refusal(read: Callable[[], object]) -> PipelineError | None:
    """The error that `read` raises, after checking its sentence; None if it raises none."""
    try:
        read()
    except PipelineError as error:
        assert "pydantic" not in error.sentence  # noqa: PT017
        assert len(error.sentence) < 10_000  # noqa: PT017
        return error
    return None
