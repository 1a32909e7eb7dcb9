"""Phrases that Whisper is known to invent where there is no speech, by language.

It learned them from subtitles on the web, which end in thanks and credits while music plays. The lists follow what its users
have reported (openai/whisper, discussions 679 and 928, and the lists that other programs keep).
"""

import re
from collections.abc import Sequence

from video_automation.plan.text.marks import ALL
from video_automation.plan.text.script import joined

_CREDITS = (
    r"(?:sub)?titles? (?:(?:are )?(?:created|made|provided|translated|edited) )?by (?!default).+",
    r"(?:transcri(?:ption|pt|bed)|captions?|captioning|translat(?:ion|ed)) (?:outsourcing, llc|by .+)",
    r".*amara ?\.? ?org.*",
    r"untertitel(?:ung)?(?: (?:der|des|von|im auftrag|aufgrund).+)?",
    r"(?:copyright )?(?:wdr|zdf|ard|swr|ndr|br|orf|funk)(?: .{0,30}\d{4}| für .+)",
    r"sous-?titr(?:age|es?|é)(?: (?:réalisés?|st'? ?501|société radio-canada|par|fr|de).*)?",
    r"merci d'avoir regardé.*",
    r"subt[ií]tulos? (?:realizados |creados )?(?:por|de|en) .+",
    r"legendas? (?:pela|por|de|feita).+",
    r"sottotitoli (?:creati|e revisione|a cura|di).+",
    r"ondertitel(?:ing|d|s)(?: (?:ingediend )?(?:door|tv) .+)?|tv gelderland.*",
    r"napisy (?:stworzone|wykonane?|przez|by).+",
    r"alt ?yaz[ıi](?:lar)?(?: .+)?",
    r"субтитры(?: (?:сделал|делал|создавал|подогнал|от).+)?|редактор субтитров.*|корректор [а-яё] ?[а-яё]+",
    r"продолжение следует",
    r"субтитр(?:и|ував).+",
    r"titulky (?:vytvořil|.*johnyx).*",
    r"undertext(?:er|ning)(?: (?:från|av|till).+)?|svensk ?textning.*",
    r"tekstet av.+|teksting av.+|undertekster av.+",
    r"danske tekster.+|tekster af.+",
    r"tekstitys.+",
    r"υπότιτλοι.+",
    r"ترجمة (?:نانسي|.* قنقر|فريق).*",
    r"(?:中文)?(?:字幕|翻訳|翻译) ?(?:by|由|志愿者|志願者|製作|制作|提供).*",
    r".*(?:明镜与点点|明鏡與點點).*",
    r"(?:한글|자막)(?: ?자막)? ?(?:by|제공|제작).*",
    r"mbc 뉴스.*",
)
_COURTESIES = (
    r"(?:thank you|thanks)(?: so much| very much| guys)?(?: for (?:watching|listening|your attention|viewing))?(?: .{0,40})?",
    r"(?:please )?(?:like|subscribe|don't forget to)(?: .{0,60}(?:subscribe|channel|video|bell|button|comments?).*)?",
    r"if you (?:like|liked|enjoyed) (?:this|the) video.*",
    r"(?:i'll )?see you (?:in the )?(?:next|again|later|soon).*|bye(?:[ -]bye)*|you|okay|oh|so|the end|good ?bye",
    r"(?:vielen )?danke?(?: schön| sehr)?(?: (?:fürs|für ihre?|für eure) .+)?|bis zum nächsten mal|tschüss",
    r"¡?(?:muchas )?gracias(?: por (?:ver|mirar|su|tu).*)?!?|¡?suscr[ií]bete.*|hasta (?:la próxima|luego)",
    r"merci(?: beaucoup| à tous)?|abonnez[ -]vous.*|à (?:bientôt|la prochaine)",
    r"grazie(?: (?:a tutti|per|mille).*)?|iscriv(?:iti|etevi).*|alla prossima",
    r"(?:muito )?obrigad[oa](?: (?:por|a todos).*)?|inscreva-se.*|até (?:a próxima|logo)|tchau",
    r"bedankt(?: voor het kijken.*)?|dank (?:je|u)(?: wel)?|tot (?:de volgende|ziens).*",
    r"dzięk(?:i|uję)(?: za (?:oglądanie|uwagę).*)?|zapraszam(?: do (?:subskry|ogląda|kolejn).+)?",
    r"izlediğiniz için teşekkür.*|teşekkür(?:ler| eder(?:im|iz))|abone ol.*",
    r"спасибо(?: за (?:просмотр|внимание))?.{0,20}|подпи(?:шись|сывайтесь).*|до (?:свидания|встречи|новых встреч).*",
    r"дякую(?: за перегляд.*)?",
    r"(?:اشتركوا|اشترك) في القناة.*|شكرا.*|السلام عليكم",
    r"(?:देखने के लिए )?धन्यवाद|सब्सक्राइब.*|शुक्रिया",
    r"köszön(?:öm|jük)(?: szépen| a figyelmet.*)?|mulțumesc(?: pentru .+)?",
    r"terima kasih(?: (?:telah|sudah|atas) .+)?|cảm ơn(?: (?:các bạn|đã) .+)?|hãy (?:subscribe|đăng k[ýí]).*",
    r"ขอบคุณ(?:ครับ|ค่ะ|ที่รับชม.*)?",
    r"ご(?:視聴|清聴)(?:いただき)?(?:、)?ありがとうござい(?:ました|ます).*|(?:チャンネル)?登録.*|おやすみなさい|ありがとうございました",
    r"(?:谢谢|謝謝|多谢|感谢)(?:大家|观看|您的)?(?:的)?(?:收看|观看|收聽|觀看)?|请不吝点赞.*|請不吝點讚.*|订阅(?:转发|频道|我).*|订阅|再见",
    r"시청해 ?주셔서 감사합니다.*|구독.*|감사합니다|다음 (?:영상|시간)에.*",
)
_LONGEST = 60
"""The most letters that `.*` or `.+` stand for: with more, a sentence is one of its own."""


def _pattern(listed: Sequence[str]) -> re.Pattern[str]:
    bounded = (one.replace(".*", f".{{0,{_LONGEST}}}").replace(".+", f".{{1,{_LONGEST}}}") for one in listed)
    return re.compile("|".join(f"(?:{one})" for one in bounded))


_CREDIT, _COURTESY = _pattern(_CREDITS), _pattern(_COURTESIES)


def is_credit(words: Sequence[str]) -> bool:
    """Whether a sentence credits makers of subtitles, or thanks viewers in words that people only write."""
    return bool(_CREDIT.fullmatch(_plain(words)))


def is_sign_off(words: Sequence[str]) -> bool:
    """Whether a sentence is a farewell: people say it at the end of a recording, and the model invents it as often."""
    return bool(_COURTESY.fullmatch(_plain(words)))


def _plain(words: Sequence[str]) -> str:
    return " ".join(ALL.sub(" ", joined(words)).casefold().replace("’", "'").split())
