"""German."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="und oder aber denn sondern sowie bzw also",
    because="denn nämlich",
    subordinates="""
        wenn falls weil da obwohl während als ob damit bis seit bevor nachdem sobald solange indem sodass wo wohin woher
    """,
    relatives="welcher welche welches welchem welchen deren dessen denen dass was womit wodurch worauf",
    prepositions="""
        wie ab an am auf aus außer bei beim bis durch für fürs gegen gegenüber hinter in im ins mit nach neben ohne seit
        statt trotz über um unter vom von vor vorm während wegen zu zum zur zwischen entlang innerhalb außerhalb laut pro
        als
    """,
    articles="""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen meinem
        meiner meines dein deine deinen deinem deiner sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer
        ihres unser unsere unseren unserem unserer euer eure euren jede jeder jedes jeden jedem alle allen aller alles viele
        vielen vieler manche mancher manchen einige einigen mehrere beide beiden andere anderen anderer anderes anderem
        solche solcher solchen welche wenige wenigen etwas mehr ganze ganzen erste ersten
    """,
    auxiliaries="""
        ist sind war waren wäre wären bin bist seid sein gewesen hat haben hatte hatten hätte hätten habe hast habt gehabt
        wird werden wurde wurden würde würden werde wirst worden geworden kann können konnte konnten könnte könnten kannst
        könnt muss müssen musste mussten müsste musst soll sollen sollte sollten will wollen wollte wollten willst darf
        dürfen durfte mag mögen möchte möchten gibt
    """,
    pronouns="ich du wir ihr sie man mich mir dich dir uns euch sich jemand niemand nichts nicht selbst einander",
    pointing="""
        er es sie ihn ihm ihnen dies diese dieser dieses diesen diesem jene jener jenes jenen derselbe dieselbe dasselbe da
        dort dorthin dahin dabei dafür damit daran darauf daraus darin darüber darum davon dazu dadurch dagegen dahinter
        danach davor derjenige diejenigen solche solches
    """,
    speaker="ich mein meine meinen mich mir wir unser unsere habe bin möchte glaube",
    connectors="""
        dann danach deshalb deswegen daher darum dennoch trotzdem außerdem auch ebenso sonst stattdessen jedoch allerdings
        schließlich somit folglich zudem noch wiederum dagegen hingegen nochmal anschließend daraufhin
    """,
    skipped="also",
    openers="also ja nein okay naja tja",
    degrees="""
        nicht sehr mehr weniger nur so zu ganz schon immer nie niemals auch noch fast kaum besonders ziemlich viel wenig
        etwa rund
    """,
    promises="warum wieso weshalb wozu wie_man wie_viel wie_lange wie_du wie_sie wie_ihr wie_ich wie_wir",
    asks="warum wieso weshalb wie was wann wo wer wen wem welche welcher welches",
    common="""
        nun jetzt gut so endlich erstens zweitens drittens vielleicht eigentlich übrigens jetzt heute gestern morgen abend
        nacht hier oben unten vorne hinten links rechts innen außen oft manchmal selten bald später früher gleich wieder
        weiter genau einfach wirklich natürlich vielleicht wohl doch mal halt eben ja nein bitte danke hallo überhaupt sogar
        nämlich zwar gar gern gerne lieber gut besser beste besten schlecht groß große großen großer großes klein kleine
        kleinen neu neue neuen neues alt alte alten lang lange kurz hoch wichtig möglich leicht schwer richtig falsch ganz
        tag tage tagen jahr jahre jahren jahres monat monate woche wochen stunde stunden minute minuten sekunde sekunden uhr
        mal male zeit ding dinge sache sachen art weise teil teile punkt fall beispiel frage fragen antwort antworten grund
        gründe ende anfang mensch menschen leute mann frau frauen welt leben wahrheit seite stelle ort weg thema video
        vortrag hälfte prozent euro null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn
        fünfzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert zweihundert vierhundert tausend
        million millionen milliarde zweite zweiten dritte dritten letzte letzten letztes nächste nächsten wort worte wörter
        herr herren damen guten gute guter gutes willkommen sage sagt sagen sagte gesagt sehen sieht sehe gesehen wissen
        weiß wusste gewusst machen macht mache machte gemacht gehen geht ging gegangen kommen kommt kam gekommen geben gab
        gegeben nehmen nimmt nahm genommen stehen steht stand bleiben bleibt blieb lassen lässt ließ finden findet fand
        gefunden denken denkt dachte glauben glaubt brauchen braucht heißt heißen zeigen zeigt beginnen beginnt begann
        anfangen fangen hören reden sprechen erzählen stellen legen halten hält hielt bringen brachte wächst kostet kosten
        schmecken schmeckt gekauft kaufen hilft helfen funktioniert nutzen nutzt benutzen verwenden werdet denkt stellt
        schau schaut stell probleme problem fehler idee meisten menge stück paar herzlich aufmerksamkeit kanal schluss dies
    """,
    objects="mich mir dich dir ihn ihm ihnen uns euch sich",
)

_HOOKS = Hooks(
    contrast=said(
        "aber|sondern|statt|stattdessen|obwohl|jedoch|trotzdem|dennoch|im gegenteil|anders als|irrtum"
        "|fehler|falsch|mythos|niemand|nicht|kein\\w*"
    ),
    address=said(
        "du|dein\\w*|dich|dir|ihr|euch|euer|eure\\w*|ihnen|stell(?:en sie|t euch| dir)\\w*|denk(?:t"
        "| daran)|wussten sie|wusstest du|wusstet ihr|haben sie|vergiss|schau"
    ),
    superlative=said(
        r"nie|niemals|immer|alle|alles|jeder|nichts|einzige\w*|beste\w*|schlimmste\w*|größte\w*"
        r"|kleinste\w*|meisten?|wichtigste\w*"
        r"|erste\w*|letzte\w*|geheimnis\w*|am \w+sten"
    ),
    number=said(
        "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig"
        "|sechzig|siebzig|achtzig|neunzig|\\w*hundert|\\w*tausend|million(?:en)?|milliarden?|hälfte"
        "|prozent|doppelt"
    ),
    courtesy=said(
        "danke|vielen dank|herzlich|willkommen|ich heiße|mein name ist|guten (?:tag|morgen|abend)|hallo"
        "|tschüss|auf wiedersehen|bis (?:bald|zum nächsten mal|dann)|abonnier\\w*|schön,? dass (?:sie|ihr"
        "|du)"
    ),
    about_itself=said(
        "heute (?:abend|möchte|will|werde|zeige|geht)|ich (?:möchte|will|werde|zeige|erzähle"
        "|erkläre) (?:ihnen|euch|dir|heute|jetzt)|lassen sie mich|lasst uns|fangen wir|schauen wir"
        "|reden wir|sprechen wir|kommen wir|in diesem (?:video|vortrag)|wie gesagt|ich meine"
        "|ich (?:glaube|denke)"
    ),
    turn=re.compile(
        r"(?:so,? |also,? |gut,? |und |okay,? )*(?:nun|jetzt|kommen wir|fangen wir|beginnen wir|reden wir"
        r"|sprechen wir|schauen wir|zuerst"
        r"|erstens|zweitens|drittens|als (?:erstes|zweites|nächstes|letztes)|zum (?:schluss|abschluss"
        r"|anfang)|schließlich|zuletzt"
        r"|was ist mit|der (?:erste|zweite|dritte|nächste|letzte)|die (?:erste|zweite|dritte|nächste"
        r"|letzte)|das (?:erste|zweite|dritte|nächste|letzte)"
        r"|ein (?:weiterer|anderer)|noch etwas|lassen sie)\b"
    ),
)

GERMAN = replace(
    of_classes("de", _CLASSES, _HOOKS, Topic(root=stem("german"), nouns_large=True)),
    doubled=word_list("die der das dem den sie"),
    fillers=("äh", "ähm", "öh", "öhm", "ähh", "ähhm", "hm", "hmm", "em", "ehm"),
    abbreviations=word_list(
        """
            hr fr dr prof dipl ing st nr bzw usw ca z.b d.h u.a z.t evtl ggf vgl bspw sog inkl etc abs s str tel mio mrd jh
            bd hrsg
        """
    ),
    ordinals=True,
)
