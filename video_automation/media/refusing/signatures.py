"""A table of the first bytes of files that are no videos, or videos we do not read, with what to do about each."""

from dataclasses import dataclass
from typing import Final

_UNPACK: Final = "Unpack it and upload the video inside."
_PLAIN: Final = "Upload the video itself."
_SOUND: Final = "Convert it to MP3, M4A, WAV or FLAC, and upload that."
_CONVERT: Final = "Convert it to MP4, for instance with VLC or HandBrake, and upload that."
_DEVELOP: Final = "Develop it with the camera maker's program or DaVinci Resolve, export MP4 or MOV, and upload that."


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes at a place in a file, the kind of file they mean, and what its owner can do."""

    at: int
    magic: bytes
    what: str
    remedy: str

    def fits(self, head: bytes) -> bool:
        """Whether a file that begins with `head` is of this kind."""
        return head.startswith(self.magic, self.at)

    @property
    def sentence(self) -> str:
        """The sentence for a person."""
        return f"This is {self.what}. {self.remedy}"


def _archive(name: str, magic: bytes, at: int = 0) -> Signature:
    return Signature(at, magic, f"{name}, not a video", _UNPACK)


def _picture(name: str, magic: bytes, at: int = 0) -> Signature:
    return Signature(at, magic, f"{name}, a picture and not a video", _PLAIN)


def _sound(name: str, magic: bytes, at: int = 0) -> Signature:
    return Signature(at, magic, f"{name}, a format of sound that is not read here", _SOUND)


def _raw(name: str, magic: bytes, at: int = 0) -> Signature:
    return Signature(at, magic, f"{name}, which only an editing program can show", _DEVELOP)


def _unread(name: str, magic: bytes, at: int = 0) -> Signature:
    return Signature(at, magic, f"{name}, a format that is not read here", _CONVERT)


SIGNATURES: Final = (
    _archive("a RAR archive", b"Rar!\x1a\x07"),
    _archive("a 7z archive", b"7z\xbc\xaf\x27\x1c"),
    _archive("a gzip archive", b"\x1f\x8b\x08"),
    _archive("an xz archive", b"\xfd7zXZ\x00"),
    _archive("a bzip2 archive", b"BZh"),
    _archive("a Zstandard archive", b"\x28\xb5\x2f\xfd"),
    _archive("a tar archive", b"ustar", 257),
    _archive("a cabinet archive", b"MSCF\0\0\0\0"),
    Signature(0, b"%PDF-", "a PDF document, not a video", _PLAIN),
    Signature(0, b"{\\rtf", "a text document (RTF), not a video", _PLAIN),
    Signature(
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an Office document (Word, Excel, PowerPoint) of the old kind, not a video",
        "Export slides as a video from PowerPoint, or upload the video itself.",
    ),
    Signature(0, b"SQLite format 3\0", "a database, not a video", _PLAIN),
    Signature(0, b"d8:announce", "a torrent, which only names a download", "Download the video and upload that."),
    Signature(0, b"L\0\0\0\x01\x14\x02\0", "a shortcut, not the video it points to", _PLAIN),
    Signature(
        0,
        b"\0\x05\x16\x07",
        "a helper file of macOS (its name begins with “._”)",
        "Upload the file of the same name without “._”.",
    ),
    Signature(0, b"\0\0\0\x01Bud1", "a helper file of macOS (.DS_Store), not a video", _PLAIN),
    Signature(0, b"\x7fELF", "a program, not a video", _PLAIN),
    Signature(0, b"MZ\x90\0", "a program, not a video", _PLAIN),
    Signature(0, b"\xcf\xfa\xed\xfe", "a program, not a video", _PLAIN),
    _picture("a PNG", b"\x89PNG\r\n\x1a\n"),
    _picture("a JPEG", b"\xff\xd8\xff"),
    Signature(0, b"GIF87a", "a GIF, an animation without sound", _CONVERT),
    Signature(0, b"GIF89a", "a GIF, an animation without sound", _CONVERT),
    _picture("a WebP", b"WEBP", 8),
    _picture("a Photoshop document", b"8BPS"),
    _picture("a TIFF or a camera's raw photo", b"II*\0"),
    _picture("a TIFF or a camera's raw photo", b"MM\0*"),
    _picture("an OpenEXR", b"v/1\x01"),
    _picture("a DPX", b"SDPX"),
    _picture("a DPX", b"XPDS"),
    _picture("a JPEG XL", b"\0\0\0\x0cJXL \r\n\x87\n"),
    _picture("a JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n"),
    *(_picture("an HEIC photo", b"ftyp" + brand, 4) for brand in (b"heic", b"heix", b"heim", b"mif1", b"msf1")),
    *(_picture("an AVIF", b"ftyp" + brand, 4) for brand in (b"avif", b"avis")),
    _raw("a Canon raw recording or photo (CRM, CR3)", b"ftypcrx ", 4),
    _raw("a RED recording (R3D)", b"RED1", 4),
    _raw("a RED recording (R3D)", b"RED2", 4),
    _raw("an ARRIRAW recording", b"ARRI"),
    _raw("a Magic Lantern recording (MLV)", b"MLVI"),
    _sound("a Wave64", b"riff\x2e\x91\xcf\x11"),
    _sound("an AIFF", b"AIFF", 8),
    _sound("an AIFF", b"AIFC", 8),
    _sound("an AMR", b"#!AMR"),
    _sound("a Core Audio file", b"caff\0\x01"),
    _sound("a DSD file", b"DSD \x1c"),
    _sound("a Monkey's Audio file", b"MAC "),
    _sound("a WavPack file", b"wvpk"),
    _sound("an audiobook (Audible)", b"\x57\x90\x75\x36", 4),
    Signature(0, b"MThd\0\0\0\x06", "a MIDI file: notes, no video", _PLAIN),
    _unread("a RealMedia recording", b".RMF"),
    _unread("a Flash animation (SWF)", b"FWS"),
    _unread("a Flash animation (SWF)", b"CWS"),
    _unread("a Flash animation (SWF)", b"ZWS"),
    _unread("a Bink video", b"BIK"),
    _unread("a Bink video", b"KB2"),
    _unread("a Smacker video", b"SMK2"),
    _unread("a Smacker video", b"SMK4"),
    _unread("a Nullsoft video (NSV)", b"NSVf"),
    _unread("a Windows television recording (WTV)", b"\xb7\xd8\x00\x20\x37\x49\xda\x11"),
    _unread("a Dahua surveillance recording (DAV)", b"DHAV"),
    _unread("a General Exchange Format recording (GXF)", b"\0\0\0\0\x01\xbc"),
    _unread("uncompressed video (YUV4MPEG2)", b"YUV4MPEG2 "),
    _unread("a NUT", b"nut/multimedia container"),
    Signature(
        0,
        b"WOTF",
        "a Webex recording of the old kind (WRF, ARF)",
        "Convert it to MP4 with Webex's own player and upload that.",
    ),
)
"""Signatures that identify a file at once; no video we read begins with one."""
WEAK_SIGNATURES: Final = (
    *(_sound("an AAC stream", magic) for magic in (b"\xff\xf1", b"\xff\xf9")),
    _sound("a Dolby Digital stream", b"\x0bw"),
    _sound("a DTS stream", b"\x7f\xfe\x80\x01"),
    _picture("a bitmap (BMP)", b"BM"),
    _archive("a disk image (ISO)", b"CD001", 32_769),
)
"""Signatures too short to be believed before reading the file as a video has failed."""
