"""The language of a recording, and of each part, follows from the probabilities in each window."""

from video_automation.analysis.speech.speech_process import Likely, WindowSound
from video_automation.analysis.speech.spoken_language import IdentifiedSound, certainty, language_to_write, main_language, spans
from video_automation.analysis.speech.windows import Window
from video_automation.plan.source.transcript import LanguageSpan
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE


def stretch(start_s: int, end_s: int, **likely: float) -> IdentifiedSound:
    found = tuple(Likely(language, probability) for language, probability in likely.items())
    return IdentifiedSound(WindowSound(Window(1000 * start_s, 1000 * end_s), b""), found)


def main(*stretches: IdentifiedSound) -> str:
    return main_language(stretch.heard for stretch in stretches)


def test_the_language_of_most_of_the_time_is_the_main_one() -> None:
    assert main(stretch(0, 5, en=1.0), stretch(5, 30, it=0.99)) == "it"


def test_long_music_that_might_be_anything_counts_less_than_short_clear_speech() -> None:
    assert main(stretch(0, 28, en=0.35, nn=0.2), stretch(28, 40, en=0.3, cy=0.2), stretch(40, 47, it=0.98)) == "it"


def test_where_nothing_is_likely_the_language_is_unknown() -> None:
    assert main() == UNKNOWN_LANGUAGE
    assert main(stretch(0, 10, en=0.3, de=0.29, cy=0.28)) == UNKNOWN_LANGUAGE


def test_a_part_in_doubt_is_written_in_the_main_language_and_a_sure_one_in_its_own() -> None:
    assert language_to_write(stretch(0, 3, nn=0.5, de=0.3), "de") == Likely("de", 0.3)
    assert language_to_write(stretch(0, 3, nn=0.5), "de") == Likely("de", 0.0)
    assert language_to_write(stretch(0, 3, es=0.9, de=0.1), "de") == Likely("es", 0.9)
    assert language_to_write(stretch(0, 3, nn=0.5), UNKNOWN_LANGUAGE) == Likely("nn", 0.5)


def test_one_language_needs_no_spans() -> None:
    assert spans([]) == ()
    assert spans([(Window(0, 5_000), Likely("de", 0.9)), (Window(6_000, 9_000), Likely("de", 0.8))]) == ()


def test_spans_meet_between_the_windows_of_two_languages() -> None:
    written = [
        (Window(0, 4_000), Likely("en", 1.0)),
        (Window(5_000, 9_000), Likely("it", 0.9)),
        (Window(9_000, 13_000), Likely("it", 0.7)),
    ]
    assert spans(written) == (LanguageSpan(0, 4_500, "en", 100), LanguageSpan(4_500, 13_000, "it", 80))


def test_long_windows_count_more_for_how_sure_a_language_is() -> None:
    assert certainty([(Window(0, 9_000), Likely("de", 1.0)), (Window(9_000, 10_000), Likely("de", 0.5))]) == 95
    assert certainty([]) == 0
