"""French."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="et ou mais or donc alors",
    because="car parce_que parce puisque puisqu'",
    subordinates="si s' quand lorsque lorsqu' bien quoique pendant tandis dès afin avant après jusqu'",
    relatives="que qu' qui dont où quoi lequel laquelle lesquels lesquelles auquel duquel",
    prepositions="""
        à au aux avec chez comme contre dans de d' des du depuis derrière devant durant en entre envers hors jusque malgré
        outre par parmi pendant pour près sans sauf selon sous sur vers dès avant après
    """,
    articles="""
        le la les l' un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs chaque quelque quelques aucun
        aucune tout toute tous toutes plusieurs autre autres même mêmes quel quelle quels quelles certains certaines
        beaucoup peu plein premier première grand bon
    """,
    auxiliaries="""
        est sont était étaient être été étant suis es sommes êtes sera seront serait seraient soit soient fut a ont avait
        avaient avoir eu ai as avons avez aura auront aurait auraient ait peut peuvent pouvait pouvoir peux pouvons pouvez
        pourra pourrait doit doivent devait devoir dois devons devez devrait va vont vais vas allons allez allait aller fait
        font faisait faire fais faisons faites faut fallait semble semblent n'est n'a n'ont n'était c'est qu'est j'ai d'être
    """,
    pronouns="je j' tu nous vous on me m' te t' se y en moi toi soi quelqu'un personne rien ne n' pas quelque chose",
    pointing="""
        il ils elle elles lui leur eux ce c' cet cette ces cela ça ceci celui celle ceux celles tel telle tels telles là-bas là
        celui-ci celle-ci ceux-ci
    """,
    speaker="je j' mon ma mes me m' moi nous notre nos",
    connectors="""
        ensuite puis alors donc ainsi aussi également enfin cependant pourtant toutefois néanmoins d'ailleurs sinon encore
        ensuite finalement plutôt autrement par_conséquent en_effet en_revanche du_coup
    """,
    openers="""
        bon ben alors bah oui non voilà maintenant écoutez écoute regardez bref premièrement deuxièmement enfin peut-être
        hein
    """,
    degrees="très plus moins si tant trop assez presque seulement déjà toujours jamais encore bien mal mieux pire pas ni",
    promises="pourquoi comment combien",
    asks="pourquoi comment que qu' quoi quand où qui quel quelle combien",
    common="""
        conséquent effet revanche coup maintenant avant après ici hier aujourd'hui demain soir matin nuit jour jours mois an
        ans année années fois heure heures minute minutes semaine semaines moment chose choses façon manière partie parties
        sorte sortes type types point cas exemple vérité idée fait côté lieu endroit gens homme femme monde vie fin reste
        moitié bien mal merci bonjour bonsoir salut revoir plaît dire dis dit disent disait disant voir vois voit voient
        voyez voyons vu savoir sais sait savent savez savait savons donner donne donnent donné venir viens vient viennent
        venu arriver arrive arrivent arrivé passer passe passent passé mettre mets met mettent mis vouloir veux veut veulent
        voulez voulait voulais voudrais laisser laisse laissent croire crois croit croient penser pense pensent pensez
        pensais parler parle parlent parlons raconter porter porte prendre prends prend prennent pris appeler appelle
        appellent suivre suit suivent trouver trouve trouvent trouvé regarder commencer commence commencent commencé
        commençons finir finit tenir tient tiennent revenir revient utiliser utilise utilisent utilisé besoin servir sert
        servent rester reste restent sortir sort sortent comprendre comprend expliquer explique montrer montre apprendre
        apprend changer change marcher marche marchent fonctionne fonctionnent aider aide existe existent passe coûte
        coûtent coûté demander demande demandent question questions réponse important importante possible facile difficile
        nouveau nouvelle nouveaux nouvelles vieux vieille bonne bons bonnes mauvais mauvaise grande grands grandes petit
        petite petits petites meilleur meilleure meilleurs propre propres certain certaine pareil seul seule simplement
        vraiment loin dedans dehors dessus dessous devant derrière autour face zéro deux trois quatre cinq six sept huit
        neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante soixante-dix quatre-vingts
        quatre-vingt-dix cent cents mille million millions euros pèse pèsent supporte retient pousse poussent arrose
        arrosent mélange deuxième troisième dernier dernière derniers dernières devient deviennent devenir sujet vidéo
        exposé tellement plupart depuis longtemps tôt tard vite souvent parfois puis ailleurs quelqu'un lorsqu'on ça voulu
        rend rendent jette perd bienvenue abonnez abonne chaîne étape étapes enseigne prononcer
    """,
    objects="-je -tu -il -elle -on -nous -vous -ils -elles -ce",
)

_HOOKS = Hooks(
    contrast=said(
        "mais|pourtant|cependant|au lieu de|plutôt que|bien que|au contraire|malgré|contrairement|mythe"
        "|erreurs?|faux|fausse|personne"
        "|ne|n'\\w+|pas"
    ),
    address=said("vous|votre|vos|tu|toi|ton|tes|imagin(?:e|ez)|savez-vous|sais-tu|rappelez-vous|regardez|pensez|oubliez"),
    superlative=said(
        r"jamais|toujours|tous|toutes|rien|aucune?|meilleure?s?|pires?|premi(?:er|ère)s?|derni(?:er|ère)s?"
        r"|seule?|uniques?|secrets?"
        r"|(?:le|la|les) plus|(?:le|la|les) moins|\w+issimes?"
    ),
    number=said(
        "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cents?|mille"
        "|millions?|milliards?|moitié|double|pour cent"
    ),
    courtesy=said(
        "merci|bienvenue|je m'appelle|mon nom est|bonjour|bonsoir|salut|au revoir|à (?:bientôt"
        "|la prochaine)|abonne\\w*|bonne (?:journée|soirée)"
    ),
    about_itself=said(
        "ce soir|aujourd'hui,? (?:je|on|nous)|je (?:vais|voudrais|veux) (?:vous |te )?\\w+|laissez-moi"
        "|dans cette vidéo|comme je (?:disais|l'ai dit)"
        "|je veux dire|c'est-à-dire|je (?:pense|crois) que|parlons de|on va (?:parler|voir|commencer)|cet exposé"
    ),
    turn=re.compile(
        r"(?:bon,? |alors,? |et |ben,? )*(?:maintenant,|passons|parlons|commençons|voyons|venons-en"
        r"|d'abord|tout d'abord|premièrement"
        r"|deuxièmement|ensuite,|enfin|pour (?:finir|commencer|conclure|terminer)|le prochain|la prochaine"
        r"|un autre|une autre|et (?:les|la|le) "
        r"|quant à|en ce qui concerne|(?:le|la) (?:premi(?:er|ère)|deuxième|second|seconde|troisième|derni(?:er|ère)))\b"
    ),
)

FRENCH = replace(
    of_classes(
        "fr",
        _CLASSES,
        _HOOKS,
        Topic(
            root=stem("french"),
            shape=re.compile(
                r"(?P<before>(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu)')?(?P<core>.+?)(?P<after>-(?:je"
                r"|tu|il|elle|on|nous|vous|ils|elles|ce|là|ci))?",
                re.IGNORECASE,
            ),
            weak=re.compile(
                r".{3,}(?:aient|ait|erai[st]?|eront|erons|erez|issent|ez)|.{4,}(?:lement|ément|eusement|amment|emment)"
            ),
        ),
    ),
    doubled=word_list("bon peu non"),
    fillers=("euh", "heu", "euhm", "hum", "hmm", "mmm", "euuh"),
    abbreviations=word_list("m mm mme mmes mlle mlles dr pr prof st ste me p pp vol art env etc ex p.ex av tél"),
)
