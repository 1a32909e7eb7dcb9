"""Dutch."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="en of maar want dus noch alsook",
    because="want",
    subordinates="""
        omdat doordat aangezien als wanneer terwijl hoewel toen tot totdat voordat nadat zodra zolang indien zodat waar hoe
        sinds tenzij
    """,
    relatives="die dat wiens waarmee waarin waarop waarvan waardoor",
    prepositions="""
        aan achter behalve beneden bij binnen boven buiten door gedurende in langs met na naar naast om onder op over per rond
        sinds te tegen ten ter tijdens tot tussen uit van vanaf vanwege via volgens voor voorbij wegens zonder
    """,
    articles="""
        de het een 't 'n mijn jouw je uw zijn haar ons onze jullie hun elk elke ieder iedere alle geen veel vele weinig enkele
        sommige ander andere beide meer meeste eigen zulke zo'n welke welk hele eerste
    """,
    auxiliaries="""
        is ben bent zijn was waren wezen geweest wordt word worden werd werden geworden heeft heb hebt hebben had hadden
        gehad kan kun kunt kunnen kon konden zal zul zult zullen zou zouden moet moeten moest moesten mag mogen mocht wil
        wilt willen wilde wilden gaat ga gaan ging gingen gegaan doet doe doen deed deden gedaan blijft blijven hoeft
    """,
    pronouns="ik jij je u wij we jullie mij me jou ons zich iemand niemand iets niets men elkaar niet zelf alles",
    pointing="""
        hij zij ze hem haar hen hun dit deze die dat zulke er daar daarmee daarin daarop daarvan daardoor daarom hiermee
        hierin hierop hiervan ervan erin erop ermee eraan zelfde dezelfde hetzelfde
    """,
    speaker="ik mijn mij me wij we ons onze ben heb wil denk",
    connectors="""
        dan daarna daarom dus toch ook eveneens anders echter bovendien vervolgens tenslotte uiteindelijk nog wel toen zo
        verder
    """,
    skipped="dus",
    openers="nou ja nee oké",
    degrees="""
        niet heel erg meer minder zo te al altijd nooit nog bijna slechts alleen vooral best genoeg zeer veel weinig
        ongeveer
    """,
    promises="waarom hoe",
    asks="waarom hoe wat wanneer waar wie welke welk",
    common="""
        nu goed kijk eigenlijk trouwens eerst wat wie vandaag gisteren morgen avond nacht hier vaak soms straks later
        vroeger weer verder precies gewoon echt natuurlijk misschien eens even graag goed goede beter beste slecht groot
        grote klein kleine nieuw nieuwe oud oude lang lange kort hoog hoge belangrijk mogelijk makkelijk moeilijk dag dagen
        jaar jaren maand maanden week weken uur uren minuut minuten keer tijd ding dingen zaak manier deel delen punt geval
        voorbeeld vraag vragen antwoord reden einde begin mens mensen man vrouw wereld leven waarheid kant plek plaats weg
        onderwerp video verhaal helft procent euro nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien
        veertien vijftien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen tweede
        derde laatste volgende zeg zegt zeggen zei gezegd zie ziet zien zag gezien weet weten wist maak maakt maken maakte
        gemaakt kom komt komen kwam gekomen geef geeft geven gaf gegeven neem neemt nemen nam genomen staat staan stond laat
        laten liet vind vindt vinden vond gevonden denk denkt denken dacht geloof gelooft nodig heet heten toon tonen begin
        begint beginnen begon begonnen hoor horen praat praten spreken vertel vertellen zet zetten houdt houden hield brengt
        brengen kost kosten koop kopen koopt gekocht helpt helpen werkt werken gebruik gebruikt gebruiken gebruikte doen
        dank bedankt hallo welkom meteen samen enige zelfs omhoog omlaag vanavond groeit groeien valt krijgt krijgen kreeg
        leg leggen smaken smaakt probleem fout fouten paar stuk iedereen ooit elk wordt zoals allemaal kanaal voorkomt
        moment
    """,
    objects="me mij je jou hem haar ons hen hun zich",
)

_HOOKS = Hooks(
    contrast=said("maar|in plaats van|echter|hoewel|toch|integendeel|ondanks|fout(?:en)?|mythe|verkeerd|niemand|niet|geen"),
    address=said("je|jij|jou|jouw|jullie|u|uw|stel je voor|wist je|weet je|denk eens|vergeet|kijk"),
    superlative=said(
        r"nooit|altijd|alles|iedereen|niets|enige|beste|slechtste|grootste|kleinste|meeste|belangrijkste"
        r"|eerste|laatste|geheim\w*|\w{3,}ste"
    ),
    number=said(
        "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|veertig|vijftig|zestig"
        "|zeventig|tachtig|negentig|\\w*honderd|\\w*duizend|miljoen(?:en)?|miljard|helft|procent|dubbel"
    ),
    courtesy=said(
        "dank je|dank u|dankjewel|bedankt|welkom|ik heet|mijn naam is|goede(?:morgen|middag|navond)"
        "|goedenavond|hallo|hoi|tot ziens|tot de volgende|doei|abonneer\\w*"
    ),
    about_itself=said(
        "vanavond|vandaag (?:wil|ga|laat|vertel)|ik (?:wil|ga|zal|laat) (?:jullie|je|u|het|vandaag)"
        "|laat me|laten we|in deze video|zoals ik zei|ik bedoel|ik denk|weet je|dit praatje"
    ),
    turn=re.compile(
        r"(?:nou,? |goed,? |oké,? |en |dus,? )*(?:laten we|nu,|ten eerste|ten tweede|ten derde|eerst"
        r"|vervolgens|tot slot|ten slotte|tenslotte|om te (?:beginnen|eindigen)"
        r"|het (?:eerste|tweede|derde|volgende|laatste)|de (?:eerste|tweede|derde|volgende|laatste)"
        r"|een ander|en (?:de|het) |hoe zit het|wat betreft)\b"
    ),
)

DUTCH = replace(
    of_classes("nl", _CLASSES, _HOOKS, Topic(root=stem("dutch"))),
    doubled=word_list("die dat"),
    fillers=("eh", "ehm", "euh", "euhm", "uh", "uhm", "um", "hm", "hmm"),
    abbreviations=word_list(
        "dhr mevr mw dr prof ir ing drs mr st nr blz bijv bv d.w.z enz etc ca o.a m.a.w t.a.v vgl incl excl tel"
    ),
)
