"""What is known of English words, list by list; of other languages nothing is."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = _words(
    """
    a about above across actually add added after again against ago ah all almost alone along already also although always am
    among an and another answer answers any anybody anyone anything anyway apart are aren't around as aside ask asked asking at
    away back basically be became because become becomes been before began begin begins behind being believe below beside
    besides better between beyond big bit both bring brings brought but buy buys by call called came can can't cannot certain
    certainly chiefly clearly come comes coming could couldn't course day days decide decided did didn't differ different
    differs do does doesn't doing don't done down during each early easily eat eats eight eighteen eighty either eleven else end
    ends enough especially etc even evening ever every everybody everyone everything exactly explain explained fact far feel
    feels felt few fifty find finds first five follow follows for forty found four from full gave get gets getting give given
    gives go goes going gone gonna good got gotta great grew grow grows guess guys had hadn't half happen happened happens hard
    has hasn't have haven't having he he'd he'll he's hear heard hello help helps her here here's hers herself hey hi high him
    himself his hold honestly hour hours how how's however hundred i i'd i'll i'm i've if imagine imitates in indeed inside
    instead into is isn't it it'd it'll it's its itself just keep keeps kept kill kills kind kinds knew know known knows last
    later least leave leaves left less let let's like liked likely little long look looked looking looks lot lots low made
    mainly make makes making many matter may maybe me mean means meant might million mine minute minutes mistake month months
    more moreover morning most mostly move much must my myself name near nearly need needed needs neither never new next nice
    night nine ninety no nobody none nor not nothing now nowhere of off often oh ok okay old on once one one's ones only onto or
    other others otherwise ought our ours ourselves out over own part particular pass people per perhaps place please point
    possible present pretty probably put puts question questions quite rather reach reached read ready real really reason
    reasons regard regards remember right run runs said same saw say saying says second see seeing seem seemed seems seen self
    seven seventy several shall she she'd she'll she's short should shouldn't show showed shown shows side similar simply since
    single six sixty so some somebody somehow someone something sometimes somewhere soon sort sorts speak start started starting
    starts stay still stop stopped such sure take taken takes taking talk talking tell telling tells ten than thank thanks that
    that'll that's the their theirs them themselves then there there's therefore these they they'd they'll they're they've thing
    things think thinking third thirty this those though thought thousand three through throughout thus till time times to today
    together told tomorrow too took toward towards tried tries true try trying turn turned turns twelve twenty twice two uh um
    under unless until up upon us use used useful uses using usually various very via want wanted wants was wasn't watch way
    ways we we'd we'll we're we've week weeks well went were weren't what what's whatever when where whereas wherever whether
    which while who who's whoever whole whom whose why will with within without won't word words work working works would
    wouldn't yeah year years yes yesterday yet you you'd you'll you're you've your yours yourself yourselves zero best worst
    biggest greatest thirteen fourteen fifteen sixteen seventeen nineteen
    """
)
"""Words that say nothing of what a talk is about."""
LEANING = _words(
    """
    and but so or nor because cause which who whom whose that this these those it its it's he she they him her them his their
    theirs he's she's they're they've they'd they'll he'd he'll she'd she'll it'll it'd that's that'll such than then therefore
    thus hence however moreover furthermore also too either neither instead otherwise still yet except another others both again
    anyway meanwhile afterwards consequently likewise similarly plus besides yes yeah um uh exactly unlike not
    """
)
"""First words that lean on something said before."""
GOING_ON = _words(
    """
    which who whom whose that than because and or nor so
    """
)
"""First words of a sentence that only ends the one before it."""
JOINS = _words("because while although though unless whereas")
"""A clause may end before one of these, and another begin after it."""
TAILS = _words(
    """
    and or that which who where when before after in on at for from with without to into of by than as
    """
)
"""Where a sentence has no border, its beginning may end before one of these."""
ASKS = _words("how why what")
"""A title may begin with these, wherever they stand in a sentence."""
SKIPPED = _words(
    """
    because but and so then well now okay ok um uh er yeah yes no oh also actually basically finally first second third that or
    nor thus therefore however indeed perhaps maybe anyway still yet
    """
)
"""Words a title does without at its beginning."""
HANGING = _words(
    """
    a an the of to in on at by for from with without as into onto about than that which who whom whose or nor is are was were be
    been being has have had do does did will would can could should may might must shall my your his her its our their this
    these those very really just quite more most such not i we they he she it you where when how why what there there's it's i'm
    we're you're they're let's if like up out one each every any some no am don't didn't doesn't isn't aren't wasn't going gonna
    because but and so while although though unless whereas since until then also only even too much many both between against
    during through over under after before never always often soon i've we've they've you've i'd we'd makes make gets get goes
    go comes come said says say means mean began begin made took gave seems seem became becomes become
    """
)
"""Words no title ends with."""
UNCLEAR = _words(
    """
    etc he she they him her them his hers their theirs it its this these those that such there he's she's they're it's that's
    there's which who whom whose than they'd they'll he'd she'd one other others another
    """
)
"""First words that leave open what is meant."""
POINTING = _words(
    """
    he she they him them it this these those that his her their its
    """
)
"""Words that point at something named elsewhere."""
PREPOSITIONS = _words(
    """
    in on at by for from with without of to as into about over under through during after before like near upon toward towards
    among between against within especially including not if
    """
)
"""First words of something that only adds to a clause."""
SUBORDINATES = _words("if when while because although though before after since unless until as whereas once")
"""First words of a clause that waits for another."""
VERBS = _words(
    """
    is are was were am be can will would should could have has had do does did must may might
    """
)
"""Auxiliary verbs."""
