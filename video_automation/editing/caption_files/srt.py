"""Reads SubRip (.srt) and similar files: SubViewer as YouTube exports it (.sbv), captions typed by hand in Word."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from video_automation.editing.caption_files.markup import SPEAKERS_GO, STYLES_GO, is_settings, without_markup
from video_automation.editing.caption_files.times import Times, frames_told, times_in
from video_automation.editing.caption_files.written import Caption, CaptionFile, told


def read_srt(rows: Sequence[str], rate: Fraction) -> CaptionFile:
    """The captions in these lines: each is the text between two lines of times, without caption numbers.

    Raises:
        RequestError: a line should hold times and does not.
    """
    rows = [row.replace("--&gt;", "-->") for row in rows]
    if not any("-->" in row for row in rows):
        rows = [row.replace("[br]", "<br>") for row in rows]  # SubViewer's line breaks
    times = times_in(rows, rate, point=",")
    numbered = 2 * sum(_is_number(rows, _above(rows, time.place)) for time in times) > len(times)
    styled = named = False
    captions = []
    for time, body in _bodies(rows, times, numbered=numbered):
        beside = is_settings(time.rest)
        found = without_markup(body if beside or not time.rest else [time.rest, *body], time.start_ms, codes=True)
        styled, named = styled or beside or found.styled, named or found.named
        captions.append(Caption(time.place + 1, time.start_ms, time.end_ms, found.rows))
    before = [i + 1 for i, row in enumerate(rows[: times[0].place]) if row.strip() and not _is_number(rows, i)] if times else []
    remarks = told(before, "text above the first time, left out.")
    return CaptionFile(
        tuple(captions),
        (*frames_told(times, rate), *remarks, *((STYLES_GO,) if styled else ()), *((SPEAKERS_GO,) if named else ())),
    )


def _bodies(rows: Sequence[str], times: Sequence[Times], *, numbered: bool) -> Iterator[tuple[Times, list[str]]]:
    """The lines below each line of times, without the number of the next caption."""
    ends = (*(time.place for time in times[1:]), len(rows))
    for count, (time, end) in enumerate(zip(times, ends, strict=False), 1):
        body = list(rows[time.place + 1 : end])
        if end < len(rows) and _is_number(rows, end - 1) and (numbered or not "".join(body[-2:-1]).strip()):
            number = body.pop()
            while numbered and body[-1:] == [number]:
                body.pop()
        elif end < len(rows) and numbered:
            _drop_number_above_blank(body, count + 1)
        yield time, body


def _above(rows: Sequence[str], place: int) -> int:
    """The index of the nearest line above that is not empty; -1 if there is none."""
    return next((above for above in range(place - 1, -1, -1) if rows[above].strip()), -1)


def _drop_number_above_blank(body: list[str], number: int) -> None:
    """Drops the number of the next caption if blank lines stand between it and its times."""
    last = _above(body, len(body))
    if last >= 0 and body[last].strip() == str(number) and not (last and body[last - 1].strip()):
        del body[last:]


def _is_number(rows: Sequence[str], place: int) -> bool:
    return place >= 0 and rows[place].strip(" \t\u200e\u200f\ufeff#.)").isdecimal()
