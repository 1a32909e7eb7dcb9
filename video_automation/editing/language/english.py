"""English."""

import re

from video_automation.editing.language.tables import Breaks, Hooks, Language, Titles, Topic, word_list

_STOP_WORDS = """
    a about above across actually add added after again against ago ah all almost alone along already also although always
    am among an and another answer answers any anybody anyone anything anyway apart are aren't around as aside ask asked
    asking at away back basically be became because become becomes been before began begin begins behind being believe below
    beside besides better between beyond big bit both bring brings brought but buy buys by call called came can can't cannot
    certain certainly chiefly clearly come comes coming could couldn't course day days decide decided did didn't differ
    different differs do does doesn't doing don't done down during each early easily eat eats eight eighteen eighty either
    eleven else end ends enough especially etc even evening ever every everybody everyone everything exactly explain
    explained fact far feel feels felt few fifty find finds first five follow follows for forty found four from full gave
    get gets getting give given gives go goes going gone gonna good got gotta great grew grow grows guess guys had hadn't
    half happen happened happens hard has hasn't have haven't having he he'd he'll he's hear heard hello help helps her here
    here's hers herself hey hi high him himself his hold honestly hour hours how how's however hundred i i'd i'll i'm i've
    if imagine imitates in indeed inside instead into is isn't it it'd it'll it's its itself just keep keeps kept kill kills
    kind kinds knew know known knows last later least leave leaves left less let let's like liked likely little long look
    looked looking looks lot lots low made mainly make makes making many matter may maybe me mean means meant might million
    mine minute minutes mistake month months more moreover morning most mostly move much must my myself name near nearly
    need needed needs neither never new next nice night nine ninety no nobody none nor not nothing now nowhere of off often
    oh ok okay old on once one one's ones only onto or other others otherwise ought our ours ourselves out over own part
    particular pass people per perhaps place please point possible present pretty probably put puts question questions quite
    rather reach reached read ready real really reason reasons regard regards remember right run runs said same saw say
    saying says second see seeing seem seemed seems seen self seven seventy several shall she she'd she'll she's short
    should shouldn't show showed shown shows side similar simply since single six sixty so some somebody somehow someone
    something sometimes somewhere soon sort sorts speak start started starting starts stay still stop stopped such sure take
    taken takes taking talk talking tell telling tells ten than thank thanks that that'll that's the their theirs them
    themselves then there there's therefore these they they'd they'll they're they've thing things think thinking third
    thirty this those though thought thousand three through throughout thus till time times to today together told tomorrow
    too took toward towards tried tries true try trying turn turned turns twelve twenty twice two uh um under unless until
    up upon us use used useful uses using usually various very via want wanted wants was wasn't watch way ways we we'd we'll
    we're we've week weeks well went were weren't what what's whatever when where whereas wherever whether which while who
    who's whoever whole whom whose why will with within without won't word words work working works would wouldn't yeah year
    years yes yesterday yet you you'd you'll you're you've your yours yourself yourselves zero best worst biggest greatest
    thirteen fourteen fifteen sixteen seventeen nineteen
"""
_LEANING = """
    and but so or nor because cause which who whom whose that this these those it its it's he she they him her them his
    their theirs he's she's they're they've they'd they'll he'd he'll she'd she'll it'll it'd that's that'll such than then
    therefore thus hence however moreover furthermore also too either neither instead otherwise still yet except another
    others both again anyway meanwhile afterwards consequently likewise similarly plus besides yes yeah um uh exactly unlike
    not
"""
_GOING_ON = "which who whom whose that than because and or nor so"
_JOINS = "because while although though unless whereas"
_TAILS = "and or that which who where when before after in on at for from with without to into of by than as"
_ASKS = "how why what"
_SKIPPED = """
    because but and so then well now okay ok um uh er yeah yes no oh also actually basically finally first second third that or
    nor thus therefore however indeed perhaps maybe anyway still yet
"""
_HANGING = """
    a an the of to in on at by for from with without as into onto about than that which who whom whose or nor is are was
    were be been being has have had do does did will would can could should may might must shall my your his her its our
    their this these those very really just quite more most such not i we they he she it you where when how why what there
    there's it's i'm we're you're they're let's if like up out one each every any some no am don't didn't doesn't isn't
    aren't wasn't going gonna because but and so while although though unless whereas since until then also only even too
    much many both between against during through over under after before never always often soon i've we've they've you've
    i'd we'd makes make gets get goes go comes come said says say means mean began begin made took gave seems seem became
    becomes become
"""
_UNCLEAR = """
    etc he she they him her them his hers their theirs it its this these those that such there he's she's they're it's that's
    there's which who whom whose than they'd they'll he'd she'd one other others another
"""
_POINTING = "he she they him them it this these those that his her their its"
_PREPOSITIONS = """
    in on at by for from with without of to as into about over under through during after before like near upon toward towards
    among between against within especially including not if
"""
_SUBORDINATES = "if when while because although though before after since unless until as whereas once"
_VERBS = "is are was were am be can will would should could have has had do does did must may might"


def english_root(word: str) -> str:
    """The common root of a word and its plural."""
    singular = word.removesuffix("'s")
    if len(singular) > 4 and singular.endswith("ies"):
        return singular[:-3] + "y"
    if len(singular) > 4 and singular.endswith("oes"):
        return singular[:-2]
    return singular[:-1] if len(singular) > 3 and singular.endswith("s") and singular[-2] not in "sui" else singular


_NUMBER = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_HOOKS = Hooks(
    contrast=re.compile(
        r"\b(?:but|instead|rather than|although|though|however|unlike|whereas|despite|wrong|myth|mistake|not|nobody)\b"
    ),
    address=re.compile(r"\b(?:you|your|yours|yourself|imagine|let's|let us|remember)\b|^(?:look|stop|think|do not|don't)\b"),
    superlative=re.compile(
        r"\b(?:most|best|worst|only|never|always|every|everybody|nothing|greatest|biggest|largest|smallest|earliest|oldest"
        r"|newest|fastest|hardest|easiest|strongest|cheapest|simplest|deepest|highest|longest|richest|happiest|first|last"
        r"|secret)\b"
    ),
    number=re.compile(rf"\b(?:{_NUMBER}|hundred|thousand|million|billion|half|percent|twice|double)\b"),
    courtesy=re.compile(
        r"\b(?:thank you|thanks(?! to)|welcome|my name is|good (?:morning|evening|afternoon)|hello|hi|goodbye|see you|bye"
        r"|subscribe)\b"
    ),
    about_itself=re.compile(
        r"\b(?:tonight|today i|i want to|i'd like to|i'm going to|let me|let's (?:start|talk|look|move|go|begin)|next slide"
        r"|as i said|you know|i mean|i think|talk about)\b"
    ),
    turn=re.compile(
        r"(?:so |now |okay |all right |and )*(?:let's|let us|let me|next|finally|first|second|third|another"
        r"|the (?:first|second|third|next|last)|to (?:sum up|conclude|begin|start)|in conclusion|moving on"
        r"|now,|i want to|i'd like to|what about|here's)\b"
    ),
)

_CONJUNCTIONS = """
    and or but nor yet because although though while when where whereas if unless until since that which who whom whose than
    whether so as
"""
_BROKEN_BEFORE = """
    about above across after against along among around at before behind below beneath beside between beyond by despite down
    during except for from in inside into like near of off on onto out outside over past through throughout to toward towards
    under up upon via with within without
"""
_AUXILIARIES = """
    is are was were be been am has have had will would shall should can could may might must do does did
"""
_CLINGING = "a an the this these those my your his her its our their some any no every each another such what"
_LEANS = "i you he she it we they there not very more most less too quite rather only just even never always also being"

ENGLISH = Language(
    iso="en",
    topic=Topic(
        stop_words=word_list(_STOP_WORDS),
        root=english_root,
        weak=re.compile(r"(?=.{5}).*(?:ly|(?<!e)ed)"),
    ),
    titles=Titles(
        joins=word_list(_JOINS),
        tails=word_list(_TAILS),
        asks=word_list(_ASKS),
        promises=word_list(_ASKS),
        skipped=word_list(_SKIPPED),
        hanging=word_list(_HANGING),
        hanging_last=word_list(_HANGING),
        unclear=word_list(_UNCLEAR),
        pointing=word_list(_POINTING),
        speaker=word_list("i i'm i've i'd my we"),
        adding=word_list(_PREPOSITIONS),
        waiting=word_list(_SUBORDINATES),
        verbs=word_list(_VERBS),
        participles=("ed",),
    ),
    hooks=_HOOKS,
    breaks=Breaks(
        conjunctions=word_list(_CONJUNCTIONS),
        prepositions=word_list(_BROKEN_BEFORE),
        verbs=word_list(_AUXILIARIES),
        clinging=word_list(_CLINGING, _BROKEN_BEFORE),
        leaning=word_list(_LEANS, _AUXILIARIES, _CONJUNCTIONS),
        objects=word_list("me him them us"),
        adjectives=("ous", "ful", "able", "ible", "ive", "less", "ical", "ish"),
    ),
    leaning=word_list(_LEANING),
    going_on=word_list(_GOING_ON),
    doubled=word_list("no so yet"),
    fillers=("um", "uh", "er", "erm", "uhm", "hmm"),
    abbreviations=word_list(
        """
        mr mrs ms dr prof st sr jr gen col sgt capt lt rev hon gov sen rep no vs etc approx inc ltd co corp fig vol pp
        sra mme mlle
        """
    ),
)
