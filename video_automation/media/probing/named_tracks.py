"""Checks the tracks a person has named against the tracks of a file."""

from collections.abc import Sequence

from video_automation.errors import RequestError
from video_automation.media.probing.probe_result import ProbeResult


def check_named(found: ProbeResult, tracks: Sequence[int]) -> None:
    """Refuses named tracks that cannot be used.

    Raises:
        RequestError: a track does not exist or cannot be read, or two are pictures; the sentence names the existing ones.
    """
    pictures = {track.stream: f"{track.stream} (picture, {track.codec})" for track in found.pictures}
    sounds = {track.stream: track for track in found.sound.tracks} if found.sound else {}
    heard = {number: f"{number} (sound, {track.codec})" for number, track in sounds.items() if track.readable}
    missing = [number for number in tracks if number not in pictures and number not in heard]
    if missing:
        trouble = "cannot be read" if missing[0] in sounds else "is not there"
        usable = ", ".join((pictures | heard)[number] for number in sorted(pictures | heard))
        raise RequestError(f"tracks: track {missing[0]} {trouble}. This video has: {usable}.", code="wrong_option")
    if sum(number in pictures for number in tracks) > 1:
        raise RequestError("tracks: of several picture tracks only one can be shown. Name one.", code="wrong_option")
