"""Phrases that speech models invent are recognised in each language; similar ones are not."""

import pytest

from video_automation.analysis.speech.inventions import is_credit, is_sign_off
from video_automation.plan.text.segmentation import words_of


def words(text: str) -> tuple[str, ...]:
    """The words of a text as a transcript has them; Japanese, Chinese and Thai are segmented by a model."""
    kana = any("\u3040" <= char < "\u3100" for char in text)
    return words_of(text, "ja" if kana else "zh")


@pytest.mark.parametrize(
    "text",
    [
        "Subtitles by the Amara.org community",
        "Untertitelung des ZDF, 2020",
        "Untertitel der Amara.org-Community",
        "Sous-titrage Société Radio-Canada",
        "Subtítulos realizados por la comunidad de Amara.org",
        "Legendas pela comunidade Amara.org",
        "Sottotitoli creati dalla comunità Amara.org",
        "Ondertiteld door de Amara.org gemeenschap",
        "Napisy stworzone przez społeczność Amara.org",
        "Altyazı M.K.",
        "Субтитры сделал DimaTorzok",
        "Продолжение следует...",
        "ترجمة نانسي قنقر",
        "字幕由Amara.org社区提供",
        "한글자막 by 한효정",
    ],
)
def test_credits_of_subtitles_are_known(text: str) -> None:
    assert is_credit(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for watching!",
        "Danke.",
        "¡Gracias por ver el video!",
        "Merci.",
        "Grazie a tutti.",
        "Спасибо за просмотр!",
        "ご視聴ありがとうございました。",
        "谢谢大家。",
        "感谢您的观看",
        "Vielen Dank!",
        "ขอบคุณครับ",
        "Köszönöm.",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "시청해주셔서 감사합니다.",
        "اشتركوا في القناة",
        "धन्यवाद।",
    ],
)
def test_thanks_are_known(text: str) -> None:
    assert is_sign_off(words(text)) or is_credit(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "Subtitles help people who cannot hear.",
        "Untertitel helfen allen.",
        "We thank you in the name of the whole class for this evening with your students.",
        "So I went home.",
        "Por eso las gracias no bastan.",
        "Subtitles by default are off.",
        "Продолжение следует из теоремы.",
        "Корректор проверил текст.",
        "订阅模式是一种商业模式。",
        "Zapraszam do omówienia wyników badań.",
    ],
)
def test_sentences_that_only_resemble_them_are_not(text: str) -> None:
    assert not is_credit(words(text))
    assert not is_sign_off(words(text))
