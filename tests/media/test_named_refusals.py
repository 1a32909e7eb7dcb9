"""A file that is no video is refused with a sentence that names its type and says what to do."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from probing import ffmpeg, probed
from thorough import few
from videos import clicks, make_video

from video_automation.errors import InputError

MAGIC: dict[bytes, tuple[str, str]] = {
    b"Rar!\x1a\x07\x01\0": ("a RAR archive", "Unpack it"),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", "Unpack it"),
    b"\x1f\x8b\x08": ("a gzip archive", "Unpack it"),
    b"%PDF-1.7\n": ("a PDF document", "Upload the video"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an Office document", "Export slides"),
    b"\0\0\0\x18ftypheic\0\0\0\0": ("an HEIC photo", "Upload the video"),
    b"\0\0\0\x18ftypcrx \0\0\0\0": ("a Canon raw", "DaVinci Resolve"),
    b"\0\0\x10\0RED2": ("a RED recording", "DaVinci Resolve"),
    b"FORM\0\0\x10\0AIFF": ("an AIFF", "Convert it to MP3"),
    b"\xff\xf1\x50\x80": ("an AAC stream", "Convert it to MP3"),
    b"\0\x05\x16\x07\0\2\0\0Mac OS X": ("a helper file of macOS", "without “._”"),
    b".RMF\0\0\0\x12": ("a RealMedia recording", "Convert it to MP4"),
    b"FWS\x09": ("a Flash animation", "Convert it to MP4"),
    b"\x7fELF\x02": ("a program", "Upload the video"),
}
TEXTS: dict[str, tuple[str, str]] = {
    "\ufeff\n<!DOCTYPE HTML>\n<html>": ("a web page", "Download the video"),
    "#EXTM3U\n#EXTINF:9,\na.ts\n": ("a playlist (M3U)", "Download the whole video"),
    '<?xml version="1.0"?>\n<MPD xmlns="x">': ("a playlist (DASH)", "Download the whole video"),
    "1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n": ("captions (SubRip)", "result page"),
    "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n": ("captions (WebVTT)", "result page"),
    '<?xml version="1.0"?>\n<fcpxml version="1.9">': ("a Final Cut Pro project", "export the video"),
    "ffconcat version 1.0\nfile a.ts\n": ("a list of files", "Join them"),
    "[InternetShortcut]\r\nURL=https://example.org\r\n": ("a link", "Download the video"),
    "v=0\no=- 0 0 IN IP4 127.0.0.1\n": ("a live broadcast", "Record it"),
    "Grüße aus Köln\n" * 50: ("a text", "Upload the video"),
}
USUAL_MAGIC = (b"Rar!\x1a\x07\x01\0", b"\0\0\0\x18ftypheic\0\0\0\0", b"\0\0\x10\0RED2", b"\xff\xf1\x50\x80", b"FWS\x09")
USUAL_TEXTS = [text for text in TEXTS if TEXTS[text][0] in ("a web page", "captions (SubRip)", "a list of files", "a text")]


def sentence(path: Path) -> tuple[str, str]:
    """The code and the sentence that a file is refused with; checks the common form of all such sentences."""
    with pytest.raises(InputError) as caught:
        probed(path)
    said = caught.value.sentence
    assert said[0].isupper()
    assert said.endswith(".")
    assert len(said) < 300
    assert "film" not in said
    assert not any(word in said for word in ("ffmpeg ended", "Error", "Invalid data", "0x", "\n", str(path.parent)))
    return caught.value.code, said


@pytest.mark.parametrize("magic", few(MAGIC, *USUAL_MAGIC), ids=lambda magic: MAGIC[magic][0])
def test_a_file_is_named_by_its_first_bytes(tmp_path: Path, magic: bytes) -> None:
    (tmp_path / "upload.mp4").write_bytes(magic + bytes(3000))
    code, said = sentence(tmp_path / "upload.mp4")
    what, remedy = MAGIC[magic]
    assert code == "not_a_film"
    assert said.startswith(f"This is {what}")
    assert remedy in said


@pytest.mark.parametrize("encoding", few(["utf-8", "utf-16"], "utf-8"))
@pytest.mark.parametrize("text", few(TEXTS, *USUAL_TEXTS), ids=lambda text: TEXTS[text][0])
def test_a_text_is_named_by_its_first_lines_in_any_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "upload.mp4").write_bytes(text.removeprefix("\ufeff").encode(encoding))
    code, said = sentence(tmp_path / "upload.mp4")
    what, remedy = TEXTS[text]
    assert code == "not_a_film"
    assert what in said
    assert remedy in said


@pytest.mark.parametrize(
    ("inside", "what"),
    few(
        [
            ("lecture.mp4", "a ZIP archive"),
            ("word/document.xml", "a Word document"),
            ("ppt/presentation.xml", "a PowerPoint presentation"),
            ("xl/workbook.xml", "an Excel document"),
        ],
        *(("lecture.mp4", "a ZIP archive"), ("ppt/presentation.xml", "a PowerPoint presentation")),
    ),
)
def test_an_archive_is_told_from_the_documents_that_are_archives(tmp_path: Path, inside: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "upload.mp4", "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr(inside, "x")
    assert sentence(tmp_path / "upload.mp4")[1].startswith(f"This is {what}, not a video.")


@pytest.mark.parametrize("name", few(["a.aiff", "a.aac", "a.ac3", "a.caf"], "a.aiff", "a.aac"))
def test_sound_in_a_format_that_is_not_read_is_told_as_such(tmp_path: Path, name: str) -> None:
    video = make_video(tmp_path / "video.mp4", frames=3, sound=clicks([0.5], 1))
    ffmpeg("-i", video, "-vn", tmp_path / name)
    said = sentence(tmp_path / name)[1]
    assert "a format of sound that is not read here" in said
    assert "Convert it to MP3" in said


@pytest.mark.parametrize("name", few(["a.png", "a.jpg", "a.bmp", "a.tiff", "a.webp"], "a.jpg", "a.bmp"))
def test_a_picture_is_told_as_such(tmp_path: Path, name: str) -> None:
    ffmpeg("-i", make_video(tmp_path / "video.mp4", frames=3), "-frames:v", "1", tmp_path / name)
    assert "a picture and not a video" in sentence(tmp_path / name)[1]


BROKEN_OFF: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no index": (lambda data: data[: data.index(b"moov") - 4], "has no index (moov)"),
    "half": (lambda data: data[: len(data) // 2], "breaks off: at most 5"),
    "all but its last bytes": (lambda data: data[:-200], "breaks off: at most 9"),
    "zeros": (lambda data: bytes(len(data)), "nothing but zeros"),
}


@pytest.mark.parametrize("kind", BROKEN_OFF)
def test_a_recording_or_a_download_that_was_broken_off_is_told_from_a_damaged_one(tmp_path: Path, kind: str) -> None:
    video = make_video(tmp_path / "video.mp4", frames=60, sound=clicks([0.5], 2))
    break_off, told = BROKEN_OFF[kind]
    (tmp_path / "upload.mp4").write_bytes(break_off(video.read_bytes()))
    code, said = sentence(tmp_path / "upload.mp4")
    assert code == "not_a_film"
    assert told in said
    assert "again" in said


LETTERS = [
    (
        b"braw",
        "unsupported_codec",
        "as Blackmagic RAW, which is not read here. Export it as ProRes or H.264 with DaVinci Resolve",
    ),
    (b"xyz7", "unsupported_codec", "as “xyz7”"),
    (b"drmi", "encrypted", "encrypted (copy protected)"),
    (b"aprn", "unsupported_codec", "as ProRes RAW"),
    (b"Hap1", "unsupported_codec", "as Hap"),
    (b"vvc1", "unsupported_codec", "as H.266 (VVC), which is not read here. Convert it to H.264"),
]


def test_a_piece_of_a_stream_without_its_beginning_is_told_as_such(tmp_path: Path) -> None:
    pieces = ("-movflags", "+frag_keyframe+empty_moov+default_base_moof")
    data = make_video(tmp_path / "video.mp4", frames=60, options=pieces).read_bytes()
    (tmp_path / "piece.m4s").write_bytes(data[data.index(b"moof") - 4 :])
    (tmp_path / "init.mp4").write_bytes(data[: data.index(b"moof") - 4])
    assert "a piece of a stream without its beginning" in sentence(tmp_path / "piece.m4s")[1]
    assert "holds its index alone" in sentence(tmp_path / "init.mp4")[1]


@pytest.mark.parametrize(
    ("letters", "code", "told"),
    few(LETTERS, *LETTERS[:3]),
)
def test_a_codec_that_is_not_read_is_named_with_what_turns_it_into_one_that_is(
    tmp_path: Path, letters: bytes, code: str, told: str
) -> None:
    video = make_video(tmp_path / "video.mov", frames=30)
    video.write_bytes(video.read_bytes().replace(b"avc1", letters))
    said = sentence(video)
    assert said[0] == code
    assert told in said[1]


def test_a_scrambled_broadcast_is_told_as_encrypted(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.ts", frames=30)
    data = bytearray(video.read_bytes())
    for at in range(0, len(data), 188):
        if struct.unpack_from(">H", data, at + 1)[0] & 0x1FFF == 0x100:
            data[at + 3] |= 0xC0
            data[at + 4 : at + 188] = bytes(byte ^ 0x5A for byte in data[at + 4 : at + 188])
    video.write_bytes(data)
    assert sentence(video)[0] == "encrypted"
