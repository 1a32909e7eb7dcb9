"""English words that say nothing of what a talk is about."""

STOP_WORDS = frozenset(
    """
    a about above across actually after again against ago ah all almost alone along already also although always am among an
    and another any anybody anyone anything anyway apart are aren't around as aside ask asked asking at away back basically be
    became because become becomes been before began begin begins behind being believe below beside besides better between
    beyond big bit both bring brings brought but by call called came can can't cannot certain certainly chiefly clearly come
    comes coming could couldn't course decide decided did didn't differ differs different do does doesn't doing don't done
    down during each early easily eight either else end ends enough especially etc even ever every everybody everyone
    everything exactly explain explained fact far feel feels felt few find finds first five follow follows for found four from
    full gave get gets getting give given gives go goes going gone gonna good got gotta great guess guys had hadn't half happen
    happened happens hard has hasn't have haven't having he he'd he'll he's hear heard hello help helps her here here's hers
    herself hey hi high him himself his hold honestly how how's however hundred i i'd i'll i'm i've if imagine imitates in
    indeed inside instead into is isn't it it'd it'll it's its itself just keep keeps kept kind kinds knew know known knows
    last later least leave leaves left less let let's like liked likely little long look looked looking looks lot lots low made
    mainly make makes making many matter may maybe me mean means meant might mine more moreover most mostly move much must my
    myself name near nearly need needed needs neither never new next nice nine no nobody none nor not nothing now nowhere of off
    often oh ok okay old on once one one's ones only onto or other others otherwise ought our ours ourselves out over own part
    particular pass people per perhaps place please point possible present pretty probably put puts quite rather reach reached
    read ready real really reason reasons regard regards remember right run runs said same saw say saying says second see
    seeing seem seemed seems seen self seven several shall she she'd she'll she's short should shouldn't show showed shown
    shows side similar simply since six so some somebody somehow someone something sometimes somewhere soon sort sorts speak
    start started starting starts stay still stop stopped such sure take taken takes taking talk talking tell telling tells ten
    than thank thanks that that'll that's the their theirs them themselves then there there's therefore these they they'd
    they'll they're they've thing things think thinking third this those though thought thousand three through throughout thus
    till time times to today together told tomorrow too took toward towards tried tries true try trying turn turned turns
    twice two uh um under unless until up upon us use used useful uses using usually various very via want wanted wants was
    wasn't watch way ways we we'd we'll we're we've well went were weren't what what's whatever when where whereas wherever
    whether which while who who's whoever whole whom whose why will with within without won't word words work works would
    answer answers question questions single working
    add added buy buys day days eleven evening eat eats grew grow grows hour hours kill kills mistake minute minutes month
    months morning night twelve twenty week weeks year years eighteen thirty forty fifty sixty seventy eighty ninety million
    wouldn't yeah yes yesterday yet you you'd you'll you're you've your yours yourself yourselves zero
    """.split()
)
