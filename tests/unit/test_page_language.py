"""The translations of the pages fit what the pages say, and say what the API does."""

import ast
import json
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from page_texts import WEB, counted, said

from video_automation.jobs.run.steps import STEPS
from video_automation.plan.choices import ASPECT_RATIOS, CLIP_STYLES, FONTS, LAYOUTS
from video_automation.web.pages.page_language import TEXTS_FOLDER, Wording, wordings

pytestmark = pytest.mark.pure

LANGUAGES = tuple(sorted(file.stem for file in TEXTS_FOLDER.glob("*.json")))
PLACE = re.compile(r"\{\w*\}")


@cache
def translations(language: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((TEXTS_FOLDER / f"{language}.json").read_text())
    return told


def places(*texts: str) -> set[str]:
    return {place for text in texts for place in PLACE.findall(text)}


def template(node: ast.AST) -> str | None:
    """A text of a module, with `{}` at each place of a value; None for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return PLACE.sub("{}", text)
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)  # type: ignore[misc]
    return None


@cache
def said_by_the_service() -> frozenset[str]:
    """All sentences of our modules, whole and one by one, and the names of HTTP's statuses."""
    modules = (file for file in WEB.parent.rglob("*.py"))
    texts = {template(node) for file in modules for node in ast.walk(ast.parse(file.read_text()))} - {None}
    alone = {part for text in texts for border in ("[.!?]", "[.!?}]") for part in re.split(rf"(?<={border}) ", text or "")}
    return frozenset(filter(None, texts | alone | {status.phrase for status in HTTPStatus}))


def test_there_are_languages_besides_english():
    assert len(LANGUAGES) >= 2
    assert list(wordings()) == ["en", *LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_of_the_pages_is_translated_and_nothing_else(language: str):
    assert set(translations(language)["texts"]) == set(said())
    assert set(translations(language)["counted"]) == {many for _, many in counted()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_sentences_of_the_api_are_sentences_the_api_says(language: str):
    assert {text for text in translations(language)["sentences"] if PLACE.sub("{}", text) not in said_by_the_service()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_translate_the_same_sentences(language: str):
    assert set(translations(language)["sentences"]) == set(translations(LANGUAGES[0])["sentences"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_chosen_by_name_is_translated(language: str):
    labels = [choice.label for table in (ASPECT_RATIOS, CLIP_STYLES, FONTS, LAYOUTS) for choice in table.values()]
    named = {text for text in (*labels, *(step.doing for step in STEPS)) if not text[0].isdigit()}
    told = translations(language)
    assert named <= set(told["sentences"]) | set(told["texts"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_places_of_their_sentences(language: str):
    told = translations(language)
    assert [english for english, text in told["texts"].items() if places(text) != places(english)] == []
    assert [english for english, text in told["sentences"].items() if places(text) - places(english)] == []
    one_of = {many: one for one, many in counted()}
    for many, forms in told["counted"].items():
        assert set(forms) >= {"other", *map(Locale(language).plural_form, range(200))}, many
        assert all(places(text) <= places(many, one_of[many]) for text in forms.values()), many
        assert places(forms["other"]) == places(many), many


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_has_spaces_around_it(language: str):
    told = translations(language)
    texts = [*told["texts"].values(), *(text for forms in told["counted"].values() for text in forms.values())]
    assert [text for text in texts if text.strip() != text or not text] == []


def german() -> Wording:
    return wordings()["de"]


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("Transcribing, 3 of 8 minutes", "Wird transkribiert, 3 von 8 Minuten"),
        ("Rendering, 3 of 8 seconds in all", "Wird gerendert, 3 von 8 Sekunden insgesamt"),
        (
            "Waiting for its turn. Third in the queue, begins in about 4 minutes.",
            "Wartet, bis er an der Reihe ist. Dritter in der Warteschlange, beginnt in etwa 4 Minuten.",
        ),
        ("Opens with a question and a number.", "Beginnt mit einer Frage und einer Zahl."),
        (
            "About “type” and “ink”: 9 % key words, 4 % in the whole talk.",
            "Über „type“ und „ink“: 9 % Schlüsselwörter, 4 % in der ganzen Aufnahme.",
        ),
        ("What nobody translated. Try again in a moment.", "What nobody translated. Gleich erneut versuchen."),
    ],
)
def test_sentences_of_the_api_are_known_with_their_values(english: str, text: str):
    assert german().sentence(english) == text


def test_english_says_what_it_is_given():
    english = wordings()["en"]
    assert english.sentence("Opens with a question and a number.") == "Opens with a question and a number."
    assert english.counting(1, "{n} cut", "{n} cuts") == "1 cut"


def test_values_cannot_be_markup():
    assert german().text("Select {name}", name="<b>") == "&lt;b&gt; auswählen"


def test_a_number_chooses_the_form():
    assert [german().counting(count, "{n} cut", "{n} cuts") for count in (0, 1, 2)] == ["0 Schnitte", "1 Schnitt", "2 Schnitte"]


def test_folder_of_texts_is_served_to_scripts():
    assert TEXTS_FOLDER.is_relative_to(Path(WEB) / "static")
