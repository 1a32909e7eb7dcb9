"""What is made of the words of one talk in each language."""

import re
from dataclasses import replace
from functools import cache

import pytest
from paragraphs import PARAGRAPHS
from talks import spoken

from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.editing.highlights.hooks import is_courtesy, opening
from video_automation.editing.highlights.passages import leans
from video_automation.editing.language.registry import LISTED, language_of
from video_automation.editing.language.wording import is_question, listed_at, normalized, word_root
from video_automation.editing.publishing.keyphrases import content_words
from video_automation.editing.publishing.publishing_text import description, hashtags
from video_automation.editing.publishing.titling import titles_of_parts, video_titles
from video_automation.editing.speech.fillers import fillers
from video_automation.editing.speech.sentences import sentences
from video_automation.plan.params import SpeechParams
from video_automation.plan.source.transcript import LanguageSpan, Transcript, Word
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of

CODES = tuple(PARAGRAPHS)
KNOWN = tuple(code for code in PARAGRAPHS if code in LISTED)
PARTS = (range(3), range(3, 5), range(5, 7), range(7, 9))
ENGLISH = re.compile(r"\b(?:the|and|of|with|this|that|about|because|your|chapters?)\b", re.IGNORECASE)


def told(code: str) -> list[str]:
    return PARAGRAPHS[code].strip().splitlines()


@cache
def transcript(code: str) -> Transcript:
    """The transcript of the paragraph in a language, with a breath after each sentence."""
    words, at = [], 0
    for line in told(code):
        for text in words_of(line, code):
            words.append(Word(at, at + 360, text, 95))
            at += 400
        at += 900
    return Transcript(code, tuple(words))


@cache
def talk_in(code: str) -> Talk:
    return talk(sentences(transcript(code)), code)


@cache
def titles(code: str) -> tuple[str, ...]:
    said = talk_in(code)
    return *(title.text for title in video_titles(said)), *filter(None, titles_of_parts(said, PARTS))


@pytest.mark.parametrize("code", CODES)
def test_sentences_end_where_the_writer_ended_them(code: str) -> None:
    assert list(talk_in(code).texts) == [joined(words_of(line, code)) for line in told(code)]
    assert {sentence.language for sentence in talk_in(code).sentences} == {code}


@pytest.mark.parametrize("code", KNOWN)
def test_key_phrases_tell_of_the_topic_and_hold_no_word_of_every_day(code: str) -> None:
    language = language_of(code)
    found = talk_in(code).phrases
    assert len(found) >= 5
    for phrase in found:
        for word in words_of(phrase.text, code):
            assert normalized(word, language) not in language.topic.stop_words


@pytest.mark.parametrize("code", KNOWN)
def test_the_heaviest_phrases_are_the_tomatoes_and_what_they_need(code: str) -> None:
    language = language_of(code)
    (_, tomatoes, *_) = told(code)
    said = {word_root(word, language) for word in words_of(" ".join(told(code)[:2]), code)}
    assert any(set(phrase.key) & said for phrase in talk_in(code).phrases[:2]), tomatoes


@pytest.mark.parametrize("code", CODES)
def test_titles_are_of_the_right_length_and_end_in_no_loose_word(code: str) -> None:
    language = language_of(code)
    for title in titles(code):
        words = words_of(title, code)
        if language.unspaced:
            assert 6 <= len(title) <= 40
        else:
            assert 3 <= len([word for word in words if normalized(word, language)]) <= 9
        loose = language.titles.hanging_last
        assert normalized(words[-1], language) not in loose
        assert not title[:1].islower()
        assert is_question(title, language) or title[-1] not in ".,;:!。、،।"


@pytest.mark.parametrize("code", KNOWN)
def test_there_are_titles_and_none_begins_with_a_word_that_only_joins(code: str) -> None:
    language = language_of(code)
    found = video_titles(talk_in(code))
    assert len(found) >= 2
    for title in found:
        words = words_of(title.text, code)
        asks = is_question(title.text, language)
        assert asks or not listed_at(words, 0, language.going_on, language)
        assert not is_courtesy(title.text, language)


@pytest.mark.parametrize("code", sorted({*KNOWN} - {"es"}))
def test_the_question_is_a_title_with_its_question_mark(code: str) -> None:
    question = told(code)[0]
    assert any(title.casefold() == question.casefold() for title in titles(code))


def test_a_spanish_question_keeps_both_its_marks_and_a_part_of_it_neither() -> None:
    def title(said: str) -> str:
        return titles_of_parts(spoken(said, "es"), [range(1)])[0]

    assert title("¿Por qué los tomates no saben a nada?") == "¿Por qué los tomates no saben a nada?"
    assert title("¡Imagina cosechar cien kilos de tomates!") == "Imagina cosechar cien kilos de tomates"
    assert "¿" not in title("Yo sé por qué pesan, ¿y tú?")


def test_what_opens_a_question_is_set_in_the_languages_that_do_so() -> None:
    said = "Sabes por que os tomates non saben?"
    assert [titles_of_parts(spoken(said, code), [range(1)]) for code in ("gl", "ca")] == [(f"¿{said}",), (said,)]


def test_a_french_question_keeps_the_space_before_its_mark() -> None:
    said = spoken("Pourquoi les tomates sont vertes ?", "fr")
    assert titles_of_parts(said, [range(1)]) == ("Pourquoi les tomates sont vertes ?",)


@pytest.mark.parametrize("code", CODES)
def test_no_english_word_is_in_what_is_published(code: str) -> None:
    said = talk_in(code)
    published = [*titles(code), description(said), *hashtags(said)]
    assert description(said)
    assert not any(ENGLISH.search(text) for text in published)
    if not any(letter.isascii() and letter.isalpha() for letter in PARAGRAPHS[code]):
        assert not any(letter.isascii() and letter.isalpha() for text in published for letter in text)


@pytest.mark.parametrize("code", KNOWN)
def test_hashtags_are_of_letters_and_of_key_phrases(code: str) -> None:
    tags = hashtags(talk_in(code))
    assert 3 <= len(tags) <= 8
    for tag in tags:
        assert tag[0] == "#"
        assert not re.search(r"[\s.,!?。、،।'’]", tag)


@pytest.mark.parametrize("code", KNOWN)
def test_the_one_filler_is_found_and_no_word(code: str) -> None:
    said = transcript(code)
    found = fillers(said, SpeechParams(remove_fillers=True))
    assert len(found) == 1
    assert found[0] in sentences(said)[3].words


def test_fillers_are_those_of_the_language_spoken_at_the_time() -> None:
    words = tuple(Word(400 * i, 400 * i + 300, text, 90) for i, text in enumerate(("um", "zwölf", "äh", "Um", "eh", "uno")))
    spans = (LanguageSpan(0, 400, "en", 90), LanguageSpan(400, 1600, "de", 90), LanguageSpan(1600, 2400, "es", 90))
    found = fillers(Transcript("de", words, spans=spans), SpeechParams(remove_fillers=True))
    assert [word.text for word in found] == ["um", "äh", "eh"]


def test_a_language_of_which_no_word_is_known_has_no_fillers_but_those_named() -> None:
    said = Transcript("cy", (Word(0, 300, "um", 90), Word(400, 700, "ym", 90)))
    assert fillers(said, SpeechParams(remove_fillers=True)) == ()
    assert fillers(said, SpeechParams(remove_fillers=True, fillers=("ym",))) == said.words[1:]


@pytest.mark.parametrize("code", KNOWN)
def test_the_first_sentence_opens_with_a_question_and_the_last_but_one_speaks_to_the_listener(code: str) -> None:
    language = language_of(code)
    assert "a question" in opening(told(code)[0], language)[1]
    assert "a direct address" in opening(told(code)[-2], language)[1]
    assert not is_courtesy(told(code)[5], language)
    assert is_courtesy(told(code)[-1], language)


@pytest.mark.parametrize(
    ("code", "leaning", "standing"),
    [
        ("ar", "لكن هذا خطأ كبير.", "الطماطم تحتاج إلى الشمس."),
        ("de", "Und deshalb wächst sie.", "Der Boden ist schwer."),
        ("el", "Αλλά αυτό είναι λάθος.", "Το χώμα είναι βαρύ."),
        ("es", "Pero eso no sirve.", "La tierra pesa mucho."),
        ("fr", "C'est pour cela que l'eau descend.", "L'eau descend vers les racines."),
        ("hi", "लेकिन यह गलत है।", "मिट्टी भारी होती है।"),
        ("it", "Ma questo non serve.", "L'acqua scende verso le radici."),
        ("ja", "しかし、それは間違いです。", "土は重いです。"),
        ("ko", "하지만 그것은 실수입니다.", "흙은 무겁습니다."),
        ("nl", "Maar dat is een fout.", "De grond is zwaar."),
        ("pl", "Ale to jest błąd.", "Ziemia jest ciężka."),
        ("pt", "Mas isso não serve.", "A terra pesa muito."),
        ("ru", "Но это ошибка.", "Земля очень тяжёлая."),
        ("sv", "Men det är fel.", "Jorden är tung."),
        ("tr", "Ama bu bir hata.", "Toprak çok ağır."),
        ("uk", "Але це помилка.", "Земля дуже важка."),
        ("zh", "但是这是一个错误。", "泥土很重。"),
    ],
)
def test_a_clip_begins_with_no_word_that_leans_on_what_was_said_before(code: str, leaning: str, standing: str) -> None:
    for text, expected in ((leaning, True), (standing, False)):
        (sentence,) = spoken(" ".join(words_of(text, code)), code).sentences
        assert leans(sentence) == expected


@pytest.mark.parametrize("code", KNOWN)
def test_every_language_knows_words_of_each_kind_and_writes_them_small(code: str) -> None:
    language = language_of(code)
    lists = (language.topic.stop_words, language.leaning, language.titles.hanging, language.titles.asks)
    assert all(lists)
    assert len(language.topic.stop_words.whole) + len(language.topic.stop_words.beginnings) >= 150
    for word in language.topic.stop_words.whole:
        assert word == word.lower()
    assert language.fillers
    assert language.abbreviations or language.unspaced or code == "ko"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("de", "Am 3. Oktober kam er. Dann ging er.", 2),
        ("de", "Er mag z.B. Tomaten usw. sehr. Sie nicht.", 2),
        ("fr", "Il y en a. Nous aussi.", 2),
        ("ru", "Это я. Это ты.", 2),
        ("ru", "Он купил землю, песок и т.д. для сада. Всё.", 2),
        ("el", "Τι είναι αυτό; Ένα φυτό.", 2),
        ("hi", "यह पानी है। यह मिट्टी है॥ बस।", 3),
        ("ar", "ما هذا؟ هذا ماء.", 2),
        ("ur", "یہ پانی ہے۔ یہ مٹی ہے۔", 2),
        ("hy", "Սա ջուր է։ Սա հող է։", 2),
        ("am", "ይህ ውሃ ነው። ይህ አፈር ነው።", 2),
    ],
)
def test_sentences_end_with_the_marks_of_their_language(code: str, text: str, expected: int) -> None:
    words = tuple(Word(400 * i, 400 * i + 390, word, 90) for i, word in enumerate(text.split()))
    assert len(sentences(Transcript(code, words))) == expected


def test_a_sentence_ends_where_another_language_begins() -> None:
    text = "and so we say guten Abend meine Damen"
    words = tuple(Word(400 * i, 400 * i + 390, word, 90) for i, word in enumerate(text.split()))
    spans = (LanguageSpan(0, 1600, "en", 90), LanguageSpan(1600, 3200, "de", 90))
    english, german = sentences(Transcript("en", words, spans=spans))
    assert (english.language, german.language) == ("en", "de")
    assert german.words == words[4:]


def test_each_sentence_of_a_talk_in_two_languages_is_judged_by_its_own() -> None:
    german = spoken("Die Tomaten sind reif.\nAber sie schmecken nicht.", "de").sentences
    english = tuple(replace(sentence) for sentence in spoken("Die casting needs tools.\nBut it works.", "en").sentences)
    assert [leans(sentence) for sentence in (*german, *english)] == [False, True, False, True]
    telling = content_words((*german, *english))
    assert telling("die", language_of("de")) is None
    assert telling("die", language_of("en")) == "die"
