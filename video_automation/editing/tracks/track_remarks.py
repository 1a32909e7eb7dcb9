"""Remarks about the tracks of a video: which were used, which were left out, and why."""

from collections.abc import Iterator, Sequence

from video_automation.editing.tracks.microphones import Finding
from video_automation.editing.tracks.track_choice import TrackChoice, Why
from video_automation.plan.source.recording import PictureTrack, SoundTrack, Source
from video_automation.plan.text.language_names import english_name, language_code

_REASONS: dict[Why, str] = {
    "unreadable": "it cannot be read here ({codec})",
    "silent": "it is silent",
    "speechless": "it has no speech",
    "marked": "it is marked as a commentary, a description or a dubbed version",
    "language": "it is in another language ({language})",
    "same": "what is said in it is heard in what is used",
    "version": "it has speech at the same times, as another version of the same recording has",
    "unchosen": "it was not chosen",
}
_FINDINGS: dict[Finding, str] = {
    "upside_down": "The two channels of {track} cancel each other out, so that one of them was inverted.",
    "one_sided": "Only one channel of {track} has speech, so that this channel is heard on both sides.",
    "alike": "The channels of {track} hold the same sound, so that one of them is used.",
    "microphones": "The channels of {track} are separate microphones, so that all of them are heard on both sides.",
    "ambisonic": "Of {track}, which is ambisonic, the channel that hears all directions is used.",
}
_HOW = "To choose others, name their numbers in the option “tracks”."


def track_remarks(source: Source, choice: TrackChoice | None) -> tuple[str, ...]:
    """Remarks for the user about the tracks of a video; empty if there was no choice."""
    told = (*_of_pictures(source.pictures, source.picture.stream), *(_of_sounds(choice) if choice else ()))
    several = len(source.pictures) > 1 or (choice is not None and len(choice.sound.tracks) > 1)
    return (*told, _HOW) if told and several else told


def _of_pictures(pictures: Sequence[PictureTrack], shown: int | None) -> Iterator[str]:
    others = [track for track in pictures if track.stream != shown]
    if others:
        used = next(track for track in pictures if track.stream == shown)
        left_out = _joined([_picture(track) + ("" if track.moves else ", which stands still") for track in others])
        yield f"Of the picture, {_picture(used)} is used. Left out: {left_out}."


def _picture(track: PictureTrack) -> str:
    title = f"“{track.title}”, " if track.title else ""
    return f"track {track.stream} ({title}{track.width} x {track.height})"


def _of_sounds(choice: TrackChoice) -> Iterator[str]:
    used = [track for track in choice.sound.tracks if track.stream in {mixed.stream for mixed in choice.sound.mix}]
    if len(used) > 1:
        yield f"Of the sound, {_joined([_sound(track) for track in used])} are mixed, each voice about as loud as the others."
    elif choice.left_out:
        yield f"Of the sound, {_sound(used[0])} is used."
    for track, why in choice.left_out:
        reason = _REASONS[why].format(codec=track.codec, language=english_name(language_code(track.language) or track.language))
        name = _sound(track)
        yield f"{name[0].upper()}{name[1:]} is left out: {reason}."
    for track, finding in choice.findings:
        yield _FINDINGS[finding].format(track=_sound(track))


def _sound(track: SoundTrack) -> str:
    return f"track {track.stream} (“{track.title}”)" if track.title else f"track {track.stream}"


def _joined(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
