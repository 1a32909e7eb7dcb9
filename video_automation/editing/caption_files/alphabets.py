"""The letters of languages in the encodings from before Unicode, a line each; to add one, add a line."""

from dataclasses import dataclass, replace
from functools import cached_property

_ALPHABET, _ACCENTS, _CHARACTERS = 0.9, 0.15, 0.5
"""The share of these letters in a text: of all letters without marks, of accented ones, of the most frequent of thousands."""


@dataclass(frozen=True)
class Alphabet:
    """The characters a language uses beyond ASCII in one encoding."""

    language: str
    """Its code (ISO 639)."""
    encoding: str
    """Python's name of it."""
    letters: str
    """Small letters, the most frequent first; the order need not be exact."""
    share: float = _ALPHABET

    @property
    def is_latin(self) -> bool:
        """Whether the language also uses the letters of ASCII."""
        return self.share < _CHARACTERS

    @cached_property
    def chances(self) -> dict[str, float]:
        """The probability of each letter at a place in a text: the second is half as likely as the first, and so on."""
        weights = [1 / (place + 2) for place in range(len(self.letters))]
        return {letter: self.share * weight / sum(weights) for letter, weight in zip(self.letters, weights, strict=True)}


NAMES = {
    "cp1252": "Windows-1252 (Western European)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "cp1258": "Windows-1258 (Vietnamese)",
    "cp874": "Windows-874 (Thai)",
    "cp932": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "cp949": "EUC-KR (Korean)",
    "gb18030": "GB18030 (Chinese)",
    "cp950": "Big5 (Chinese)",
    "iso8859_2": "ISO 8859-2 (Central European)",
    "koi8_u": "KOI8 (Cyrillic)",
    "cp866": "DOS 866 (Cyrillic)",
    "cp850": "DOS 850 (Western European)",
    "mac_roman": "Mac Roman (Western European)",
}
"""The common names of encodings."""

_OF_WINDOWS = (
    Alphabet("en", "cp1252", "éèïöñüêâçà", _ACCENTS),
    Alphabet("fr", "cp1252", "éèàêçôâîùûœëïü", _ACCENTS),
    Alphabet("de", "cp1252", "üäöß", _ACCENTS),
    Alphabet("es", "cp1252", "óíáéñúü", _ACCENTS),
    Alphabet("pt", "cp1252", "ãçéáóíêõâúàô", _ACCENTS),
    Alphabet("it", "cp1252", "èàùòéì", _ACCENTS),
    Alphabet("nl", "cp1252", "éëïöóèüê", _ACCENTS),
    Alphabet("sv", "cp1252", "äåöé", _ACCENTS),
    Alphabet("fi", "cp1252", "äöå", _ACCENTS),
    Alphabet("da", "cp1252", "åøæé", _ACCENTS),
    Alphabet("no", "cp1252", "åøæéòô", _ACCENTS),
    Alphabet("is", "cp1252", "íáðéóúýþæö", _ACCENTS),
    Alphabet("ca", "cp1252", "àéíóèúçïòü", _ACCENTS),
    Alphabet("pl", "cp1250", "łżęąóśćźń", _ACCENTS),
    Alphabet("cs", "cp1250", "íáěéřčžýšůúňťďó", _ACCENTS),
    Alphabet("sk", "cp1250", "áíčéžýľšúťôňóďäĺŕ", _ACCENTS),
    Alphabet("hu", "cp1250", "éáőöóíüúű", _ACCENTS),
    Alphabet("ro", "cp1250", "ăşîţâ", _ACCENTS),
    Alphabet("hr", "cp1250", "čšžćđ", _ACCENTS),
    Alphabet("sl", "cp1250", "čšž", _ACCENTS),
    Alphabet("sq", "cp1250", "ëç", _ACCENTS),
    Alphabet("tr", "cp1254", "ıüşğöçâîİû", _ACCENTS),
    Alphabet("lt", "cp1257", "ėšųąįžūčę", _ACCENTS),
    Alphabet("lv", "cp1257", "āēīšņūžļģķčŗ", _ACCENTS),
    Alphabet("et", "cp1257", "äõüöšž", _ACCENTS),
    Alphabet("vi", "cp1258", "đ\u0301\u0300ưâơêôă\u0323\u0309\u0303áàéíóúèù", _ACCENTS * 2),
    Alphabet("ru", "cp1251", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
    Alphabet("uk", "cp1251", "оанивітерсклмдупязьбгйчхжюцшїєщфґ"),
    Alphabet("bg", "cp1251", "аоеитнрсвлдкпмязубчгъщжхцшюйфь"),
    Alphabet("be", "cp1251", "анраеіосклмтупядыўьзбгчёйжхшцэюф"),
    Alphabet("sr", "cp1251", "аиоенрсјтувдмклпбзгчшцжхњљћђфџ"),
    Alphabet("mk", "cp1251", "аоиетнрсвдлкпмјузбгчшцжхњќфџљѓѕ"),
    Alphabet("el", "cp1253", "αοιετσνηυρπκλμςάίόέήώύδγθχφωβξζψϊϋΐΰ"),
    Alphabet("he", "cp1255", "יוהלאתרבםמשנעקדכפחןטגצסזךףץ"),
    Alphabet("ar", "cp1256", "اليمنرتوبعدهسفكقحةجشصىخطأذضزغإءئظثؤآ،؟"),
    Alphabet("fa", "cp1256", "اينردمهوتبسشكزگفخقعجچحصطپلثضذآءغظژئ،؟"),
    Alphabet("ur", "cp1256", "ایرےہکنتمسوںلبپدگجعھشٹفقحخچصزڑطضآئڈغظثژذ،؟"),
    Alphabet("th", "cp874", "่าน้รอกเีังมยลวดทสตัะิปบคหแจื์พุชขใไูโำ็ผึธณถภศซญๆฟษฉฐ"),
    Alphabet(
        "ja",
        "cp932",
        "のいるたとしなでてにはをがれすまっらかうりあこもくそよさだんじけせきつわちどみおーめろえょやばびゃアイスルトンリク",
        _CHARACTERS,
    ),
    Alphabet(
        "ja",
        "euc_jp",
        "のいるたとしなでてにはをがれすまっらかうりあこもくそよさだんじけせきつわちどみおーめろえょやばびゃアイスルトンリク",
        _CHARACTERS,
    ),
    Alphabet(
        "ko",
        "cp949",
        "이다는을가에고의하지은를기나도사그리자아어로한서스게라해시니만있들것여수대우습면요일부인구정마",
        _CHARACTERS,
    ),
    Alphabet(
        "zh",
        "gb18030",
        "的一是不了人我在有他这中大来上个国们到说时要就出会可也你对生能子那得于着下自之年过发后作里用道行所然家种事成方多",
        _CHARACTERS,
    ),
    Alphabet(
        "zh",
        "cp950",
        "的一是不了人我在有他這中大來上個國們到說時要就出會可也你對生能子那得於著下自之年過發後作裡用道行所然家種事成方多",
        _CHARACTERS,
    ),
    Alphabet(
        "yue",
        "cp950",
        "嘅係我你佢唔咁喺有人一啲好就都呢去話得個會嚟咗又到大冇點要做多時可以日喇同見啦先知年中看為學生",
        _CHARACTERS,
    ),
)
OLDER = {"cp1252": ("cp850", "mac_roman"), "cp1250": ("iso8859_2",), "cp1251": ("koi8_u", "cp866")}
"""Encodings of other systems for the same languages."""

ALPHABETS = (
    *_OF_WINDOWS,
    *(replace(known, encoding=other) for known in _OF_WINDOWS for other in OLDER.get(known.encoding, ())),
)
"""The most common languages of each encoding. Without any evidence the first one is taken: Windows, Western European."""
