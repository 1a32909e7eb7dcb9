"""Identifies a text file by its first lines: a web page, a playlist, captions, a project; in any Unicode encoding."""

import re
from contextlib import suppress
from typing import Final

_PROJECT: Final = "Open it in that program, export the video, and upload that."
_CAPTIONS: Final = "Upload the video; its captions are corrected on the result page."
_SUBTITLE_TIME = re.compile(r"\d\d:\d\d:\d\d[,.]\d{1,3} *--> *\d\d:")
_LIKELY_TEXT = re.compile(r"[^\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]*")
_MARKS: Final = (
    # searched in the first lines, in lower case; the first match counts
    ("<fcpxml", "a Final Cut Pro project", _PROJECT),
    ("<xmeml", "an editing project (Final Cut XML)", _PROJECT),
    ("<premieredata", "a Premiere project", _PROJECT),
    ("<mlt ", "a Kdenlive or Shotcut project", _PROJECT),
    ("<svg", "a drawing (SVG)", "Upload the video itself."),
    ("<mpd", "a playlist (DASH), which only says where a video is", "Download the whole video and upload that."),
    ("<smil", "a playlist (SMIL), which only says where a video is", "Upload the video itself."),
    ("<asx", "a playlist (ASX), which only says where a video is", "Upload the video itself."),
    ("<!doctype html", "a web page, not the video on it", "Download the video itself and upload that."),
    ("<html", "a web page, not the video on it", "Download the video itself and upload that."),
    ("<tt ", "captions (TTML), not a video", _CAPTIONS),
    ("<?xml", "a text in XML, not a video", "Upload the video itself."),
)
_BEGINNINGS: Final = (
    ("#extm3u", "a playlist (M3U), which only says where a video is", "Download the whole video and upload that."),
    ("ffconcat", "a list of files for ffmpeg, not a video", "Join them and upload the video."),
    ("[playlist]", "a playlist (PLS), which only says where a video is", "Upload the video itself."),
    ("[internetshortcut]", "a link to a web page, not a video", "Download the video and upload that."),
    ("webvtt", "captions (WebVTT), not a video", _CAPTIONS),
    ("[script info]", "captions (SubStation), not a video", _CAPTIONS),
    ("v=0", "the address of a live broadcast (SDP), not a video", "Record it and upload the recording."),
    ("{", "a text in JSON, not a video", "Upload the video itself."),
)


def text_explained(head: bytes) -> str:
    """What a text file is, and what to do, as sentences; empty if `head`, its first bytes, is no text."""
    text = _text(head)
    if not text:
        return ""
    small = text.lower()
    for begins, what, remedy in _BEGINNINGS:
        if small.startswith(begins):
            return f"This is {what}. {remedy}"
    if _SUBTITLE_TIME.search(small):
        return f"This is captions (SubRip), not a video. {_CAPTIONS}"
    for mark, what, remedy in _MARKS if small.startswith("<") else ():
        if mark in small:
            return f"This is {what}. {remedy}"
    return "This is a text, not a video. Upload the video itself."


def is_page(head: bytes) -> bool:
    """Whether these are the first bytes of a web page."""
    return _text(head).lower().startswith(("<!doctype html", "<html"))


def _text(head: bytes) -> str:
    """The first lines of a text file, without leading white space; empty if it is no text."""
    encodings = ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "latin-1")
    for encoding in encodings:
        with suppress(UnicodeError):
            text = head.decode(encoding).strip()
            return text if _LIKELY_TEXT.fullmatch(text) else ""
    return ""
