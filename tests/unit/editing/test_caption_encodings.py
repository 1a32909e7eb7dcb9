"""Caption files are read in any encoding."""

import pytest
from paragraphs import PARAGRAPHS
from test_caption_files import SRT, refusal

from video_automation.editing.caption_files.encodings import decoded

WINDOWS = {
    "fr": "cp1252",
    "de": "cp1252",
    "es": "cp1252",
    "pt": "cp1252",
    "it": "cp1252",
    "sv": "cp1252",
    "pl": "cp1250",
    "tr": "cp1254",
    "ru": "cp1251",
    "uk": "cp1251",
    "el": "cp1253",
    "ar": "cp1256",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    "zh": "gb18030",
}
BEYOND = {
    "bg": ("koi8_u", "Защо доматите нямат вкус?\nБерат ги зелени, защото така издържат пътя.\nЗахарта идва от листата."),
    "fr": (
        "mac_roman",
        "Pourquoi les tomates n'ont-elles aucun goût ?\nElles sont cueillies vertes, l'été, à l'étranger, très tôt.",
    ),
    "cs": ("cp1250", "Proč rajčata ze supermarketu nemají žádnou chuť?\nSklízejí je zelená, protože lépe snáší převoz."),
    "hu": ("cp1250", "Miért nincs íze a bolti paradicsomnak?\nZölden szedik, mert jobban bírja az utat. Őszinte köszönet."),
    "he": ("cp1255", "למה לעגבניות מהסופר אין טעם?\nקוטפים אותן ירוקות כי עגבנייה ירוקה שורדת טוב יותר."),
    "lt": ("cp1257", "Kodėl pomidorai iš parduotuvės neturi skonio?\nJie skinami žali, nes geriau ištveria kelionę."),
    "yue": ("cp950", "點解超市嘅番茄冇味道？\n佢哋係青色嘅時候摘落嚟。"),
}


def in_windows() -> list[tuple[str, str, str]]:
    return [(language, encoding, PARAGRAPHS[language].strip()) for language, encoding in WINDOWS.items()] + [
        (language, *what) for language, what in BEYOND.items()
    ]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("text", [SRT, SRT.replace("First", "印刷术在我们目前").replace("Second", "الطباعة")])
    def test_every_form_of_unicode_is_found(self, text: str, encoding: str) -> None:
        file = decoded(text.encode(encoding), language="en")
        assert file.text == text
        assert file.remarks == (() if encoding == "utf-8-sig" else (f"The file is in {encoding[:6].upper()}.",))

    @pytest.mark.parametrize(("language", "encoding", "text"), in_windows())
    @pytest.mark.parametrize("known", [True, False])
    def test_an_encoding_of_windows_is_found_by_its_letters(self, language: str, encoding: str, text: str, known: bool) -> None:
        written = "".join(f"{i}\n00:00:{i:02} --> 00:00:{i + 1:02}\n{line}\n\n" for i, line in enumerate(text.splitlines(), 1))
        file = decoded(written.encode(encoding, "replace"), language=language if known else "en")
        assert file.text == written.encode(encoding, "replace").decode(encoding)
        assert "It was read as " in file.remarks[0]

    def test_what_the_sender_says_is_believed_where_it_makes_text(self) -> None:
        content = SRT.encode("cp1252")
        assert "Baltic" not in decoded(content, language="en", charset="utf-8").remarks[0]
        assert "Greek" in decoded("Ναι".encode("cp1253"), language="en", charset="windows-1253").remarks[0]
        for charset in ("latin-1", "iso-8859-1", "no such", "zip", "idna", "", "\0"):
            assert decoded(content, language="en", charset=charset).text == SRT
        assert decoded(SRT.encode(), language="en", charset="iso-8859-1").text == SRT

    def test_a_line_in_another_encoding_than_the_rest_is_named(self) -> None:
        text = SRT.replace("Second", "“Zweite” für später")
        content = text.encode().replace("für".encode(), "für".encode("cp1252"))
        assert refusal(content) == "Line 7: it is not in UTF-8, as other lines of the file are; save all of it in UTF-8."

    def test_what_is_no_text_is_refused(self) -> None:
        for content in (bytes(range(128, 256)), b"", b"\0" * 100, b"\xff\xfe", b"\xff\xfe\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
            refusal(content)
