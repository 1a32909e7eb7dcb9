"""How each language writes words, and where its lines may break."""

import pytest

from video_automation.editing.captions.break_costs import break_costs
from video_automation.editing.captions.linebreaks import lines
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import capital, normalized, word_count, word_root
from video_automation.plan.text.segmentation import words_of


def test_letters_of_turkish_keep_their_dots() -> None:
    turkish = language_of("tr")
    assert normalized("Işık,", turkish) == "ışık"
    assert normalized("İyi", turkish) == "iyi"
    assert capital("iyi toprak", turkish) == "İyi toprak"
    assert capital("ışık", turkish) == "Işık"


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("de", ("Tomate", "Tomaten")),
        ("es", ("tomate", "tomates")),
        ("fr", ("l'eau", "d'eau", "Eau")),
        ("it", ("dell'acqua", "l'acqua", "acqua")),
        ("ja", ("トマトは", "トマトを", "トマト")),
        ("ko", ("물을", "물이", "물")),
        ("pl", ("pomidor", "pomidory", "pomidorów")),
        ("ru", ("помидор", "помидоры", "помидоров")),
        ("tr", ("domates", "domatesler", "domatesleri")),
        ("uk", ("помідор", "помідори", "помідорів")),
    ],
)
def test_forms_of_a_word_have_one_root(code: str, forms: tuple[str, ...]) -> None:
    assert len({word_root(form, language_of(code)) for form in forms}) == 1


def test_marks_over_and_under_letters_are_of_the_word() -> None:
    assert normalized("पानी।", language_of("hi")) == "पानी"
    assert normalized("“น้ำ”", language_of("th")) == "น้ำ"


def test_words_are_counted_by_their_characters_where_none_are_parted() -> None:
    assert word_count(words_of("番茄的根朝着有水的地方", "zh"), language_of("zh")) == 4
    assert word_count(("the", "roots", "grow"), language_of("en")) == 3


@pytest.mark.parametrize("mark", ["。", "、", "ー", "っ", "」"])
def test_no_line_of_japanese_begins_with_a_mark_that_belongs_to_the_line_before(mark: str) -> None:
    costs = break_costs(("トマトの根は", "水のある", "場所", f"{mark}へ"), "ja")
    assert costs[3] > max(costs[:3])
    assert not any(line.startswith(mark) for line in lines(("トマトの根は", "水のある", "場所", mark, "伸びます"), "ja", 21))


def test_lines_of_german_break_before_a_conjunction_and_not_after_an_article() -> None:
    words = ("Die", "Wurzeln", "wachsen", "in", "die", "Tiefe", "und", "der", "Stamm", "wird", "dick")
    costs = dict(zip(words, break_costs(words, "de"), strict=True))
    assert costs["und"] < costs["wachsen"] < costs["Tiefe"]
