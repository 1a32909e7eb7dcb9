"""The sentences that refuse a file: what is wrong with it, and what to do."""

from pathlib import Path
from typing import Final

from video_automation.errors import InputError, TooLargeError, UnsupportedError
from video_automation.media.probing.probe_result import Refusal, RefusalReason
from video_automation.media.refusing.codec_names import is_locked, unread
from video_automation.media.refusing.identified import HEAD, at_once, broken_off, identified, is_scrambled

READABLE: Final = "MP4, MOV, MXF, MKV, WebM, AVI, MPEG, DV, FLV, WMV, Ogg, MP3, M4A, WAV, FLAC"
_CONVERT: Final = "If it plays on your computer, convert it to MP4 and upload that."
_SAID: Final[dict[RefusalReason, tuple[type[InputError], str]]] = {
    "not_a_film": (UnsupportedError, f"This is not a recording that can be read here ({READABLE}). {_CONVERT}"),
    "no_picture": (
        UnsupportedError,
        "This file has neither picture nor sound, only other data. Upload the recording itself.",
    ),
    "unsupported_codec": (UnsupportedError, "This video is encoded as {detail}"),
    "unsupported_sound": (UnsupportedError, "The sound of this video is encoded as {detail}"),
    "unsupported_colours": (
        UnsupportedError,
        "This video's colours are marked as {detail}, which cannot be shown rightly here. Export it in BT.709 (Rec. 709, SDR).",
    ),
    "encrypted": (
        InputError,
        "This video is encrypted (copy protected) and cannot be read. Upload a recording of your own without protection.",
    ),
    "unreadable": (
        InputError,
        f"This recording is damaged: none of it could be read. Copy or export it again. {_CONVERT}",
    ),
    "too_many_pixels": (TooLargeError, "The picture of this video is too large ({detail} pixels). Export it at 4K or smaller."),
    "too_many_streams": (
        TooLargeError,
        "This file has {detail} tracks, more than are read here. Export it with the tracks that are needed.",
    ),
    "needs_mending": (
        InputError,
        "The clock of this recording leaps, or its end is broken, beyond repair. Convert it to MP4 and upload that.",
    ),
    "untimed": (InputError, "This recording does not say when its pictures are shown. Convert it to MP4 and upload that."),
    "too_many_pictures": (TooLargeError, "This video has too many pictures: {detail}. Export it at 60 a second or fewer."),
}


def refusal_error(refusal: Refusal, path: Path) -> InputError:
    """The error that refuses a file; a file that could not be read at all is identified by its bytes."""
    if refusal.problem in ("unsupported_codec", "unsupported_sound"):
        return _of_codec(refusal)
    own = ""
    if refusal.problem in ("not_a_film", "unreadable", "no_picture"):
        with path.open("rb") as file:
            head = file.read(HEAD)
        if is_scrambled(head):
            refusal = Refusal("encrypted")
        elif refusal.problem == "not_a_film":
            own = at_once(head) or broken_off(path) or identified(head)
        else:
            own = broken_off(path)
    kind, sentence = _SAID[refusal.problem]
    return kind(own or sentence.format(detail=refusal.detail), code=refusal.problem)


def undecodable(place_ms: int) -> InputError:
    """The error for a picture that cannot be decoded from a place of the recording on, in milliseconds."""
    minutes, seconds = divmod(place_ms // 1000, 60)
    return InputError(
        f"This video is damaged: its picture cannot be decoded from {minutes}:{seconds:02} on. Export it again, or cut it off "
        "before that, and upload the result.",
        code="undecodable_picture",
    )


def _of_codec(refusal: Refusal) -> InputError:
    locked = is_locked(refusal.detail)
    kind, sentence = _SAID["encrypted" if locked else refusal.problem]
    what, remedy = unread(refusal.detail)
    code = "encrypted" if locked else "unsupported_codec"
    return kind(sentence.format(detail=f"{what}, which is not read here. {remedy}"), code=code)
