"""Swedish."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="och eller men för utan så samt",
    because="eftersom ty för_att därför_att",
    subordinates="om när medan fast fastän innan efter tills då att där hur sedan ifall även",
    relatives="som vilken vilket vilka vars att",
    prepositions="""
        av bakom bland efter enligt framför från för före genom hos i in inom ju kring med mellan mot nära om omkring på
        sedan till trots under ur utan utanför vid åt över
    """,
    articles="""
        en ett den det de min mitt mina din ditt dina sin sitt sina vår vårt våra er ert era hans hennes deras varje någon
        något några ingen inget inga all allt alla många annan annat andra båda mer mest samma hela första egna
    """,
    auxiliaries="""
        är var vara varit blir blev bli blivit har hade ha haft kan kunde kunnat ska skulle skall måste får fick få vill
        ville vilja bör borde går gick gå gör gjorde göra gjort brukar finns fanns
    """,
    pronouns="jag du vi ni man mig dig oss er sig någon ingen något inget inte själv varandra",
    pointing="han hon dem honom henne hans hennes deras dess denna detta dessa sådan sådant sådana där dit här sån",
    speaker="jag min mitt mina mig vi vår tror vill",
    connectors="därför ändå också dessutom annars istället dock alltså således slutligen ännu ju då",
    skipped="alltså",
    openers="ja nej okej",
    degrees="inte mycket mer mindre så för alltid aldrig bara nästan ganska väldigt lite redan ungefär",
    promises="varför hur",
    asks="varför hur vad när var vem vilken vilket vilka",
    common="""
        egentligen först därför nu idag igår imorgon kväll natt ofta ibland snart senare tidigare igen vidare precis bara
        verkligen kanske gärna bra bättre bästa dålig stor stora stort liten litet små ny nya nytt gammal gamla lång långa
        kort hög viktig viktigt möjligt lätt svårt dag dagar dagen år året åren månad månader vecka veckor veckan timme
        timmar minut minuter gång gånger tid tiden sak saker sätt del delar punkt fall exempel fråga frågor frågar svar
        svaret skäl slut början människa människor man kvinna folk värld liv sanning sida plats väg ämne video föredrag
        hälften procent euro kronor noll två tre fyra fem sex sju åtta nio tio elva tolv femton tjugo trettio fyrtio femtio
        sextio sjuttio åttio nittio hundra tusen miljon miljoner andra tredje sista nästa säger säga sade sagt ser se såg
        sett vet veta visste kommer komma kom kommit ger ge gav tar ta tog tagit står stå stod låter låta hittar hitta
        hittade tänker tänka tänkte tror tro behöver heter visar visa börjar börja började hör höra pratar prata talar tala
        berättar berätta sätter håller hålla kostar kosta köper köpa köpte köpt hjälper hjälpa fungerar använder använda
        använde tack hej välkomna välkommen ihop upp ner ut fel problem växer växa smakar smaka blandar ikväll fortfarande
        alltihop kanal kanalen prenumerera
    """,
    objects="mig dig honom henne oss er dem sig",
)

_HOOKS = Hooks(
    contrast=said("men|istället|utan|fast|dock|ändå|tvärtom|trots|fel|myt|ingen|inte"),
    address=said("du|dig|din|ditt|dina|ni|er|ert|era|tänk dig|visste du|vet du|glöm|kom ihåg"),
    superlative=said(
        r"aldrig|alltid|alla|allt|ingenting|enda|bästa|sämsta|värsta|största|minsta|mest|flesta|viktigaste"
        r"|första|sista|hemlighet\w*|\w{3,}aste"
    ),
    number=said(
        "två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio"
        "|nittio|\\w*hundra|\\w*tusen|miljon(?:er)?|hälften|procent|dubbelt"
    ),
    courtesy=said(
        "tack|välkom(?:na|men)|jag heter|mitt namn är|god (?:morgon|kväll|dag|afton)|hej|hejdå|hej då|vi ses|prenumerera"
    ),
    about_itself=said(
        "ikväll|idag (?:vill|ska|tänkte)|jag (?:vill|ska|tänkte) (?:visa|berätta|prata|tala)|låt mig"
        "|låt oss|i den här videon|som jag sa|jag menar|jag tror"
    ),
    turn=re.compile(
        r"(?:ja,? |okej,? |och |så,? )*(?:låt oss|nu,|för det första|för det andra|först|till sist"
        r"|slutligen|för att (?:börja|avsluta)|det (?:första|andra|tredje|sista)|nästa|en annan"
        r"|hur är det med|vad gäller)\b"
    ),
)

SWEDISH = replace(
    of_classes("sv", _CLASSES, _HOOKS, Topic(root=stem("swedish"))),
    doubled=word_list("det de den"),
    fillers=("öh", "öhm", "eh", "ehm", "äh", "hmm"),
    abbreviations=word_list("dr prof st nr bl.a t.ex d.v.s dvs m.m osv etc ca kl s sid jfr inkl exkl tel"),
)
