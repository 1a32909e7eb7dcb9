"""Polish."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="i a oraz lub albo ale lecz czyli więc bądź",
    because="bo ponieważ gdyż dlatego_że",
    subordinates="jeśli jeżeli kiedy gdy podczas choć chociaż mimo aby żeby zanim dopóki odkąd czy gdzie skąd",
    relatives="który która które którzy którego której którym których którą któremu którymi że",
    prepositions="""
        jak w we z ze na do od ode po przy przez bez dla o u za pod nad przed między wśród około obok oprócz poza wobec
        według dzięki ku mimo prócz zamiast koło podczas spod znad sprzed wzdłuż wokół
    """,
    articles="""
        mój moja moje moich moim mojego mojej twój twoja twoje swój swoja swoje swoich swojego swoją nasz nasza nasze
        naszego wasz wasza wasze każdy każda każde każdego każdej każdym żaden żadna żadne żadnego żadnych wszystkie
        wszystkich wszyscy cały cała całe inny inna inne innych innego wiele wielu kilka kilku jakiś jakaś jakieś pewien
        pewna jeden jedna jedno jednego jednej pierwszy pierwsza pierwsze
    """,
    auxiliaries="""
        jest są był była było byli były być będzie będą będę bądź jestem jesteś jesteśmy jesteście byłem byłam byłby byłoby
        ma mają mam masz mamy miał miała miało mieć może mogą mogę możesz możemy mógł mogła można musi muszą muszę musisz
        musimy musiał trzeba należy powinien powinna powinno powinny powinniśmy chce chcą chcę chcesz chcemy warto zostać
        został została staje
    """,
    pronouns="""
        ja ty my wy mnie mi ciebie cię ci tobie nas nam was wam się siebie sobie ktoś nikt nic coś nie pan pani państwo
        państwu sam sama
    """,
    pointing="""
        on ona ono oni one jego jej ich go mu ją je jemu im nim nią nich nimi ten ta to ci te tego tej tych tym tymi tą temu
        tę tamten tamta tamto taki taka takie takich takiego tam tu tutaj stąd tędy ów
    """,
    speaker="ja mój moja moje mnie mi my nasz nasza jestem mam chcę myślę",
    connectors="""
        więc zatem dlatego potem później następnie także też również jednak natomiast zaś przecież wtedy ponadto jeszcze
        wreszcie tymczasem stąd toteż zresztą
    """,
    openers="no teraz dobrze dobra otóż słuchajcie właściwie",
    degrees="""
        nie bardzo bardziej mniej tylko tak zbyt już zawsze nigdy jeszcze prawie dość całkiem nawet najbardziej dużo mało
        trochę niemal ani
    """,
    promises="dlaczego czemu",
    asks="dlaczego jak co kiedy gdzie kto czemu ile jaki jaka jakie",
    common="""
        co kto podlewa podlewać waży trzyma rośnie pochodzi teraz dziś dzisiaj wczoraj jutro rano wieczór wieczorem noc
        często czasem czasami zaraz znowu dalej dokładnie właśnie po prostu naprawdę oczywiście chyba raczej dobry dobra
        dobre dobrze lepiej lepszy lepsze najlepszy najlepsza najlepsze zły duży duża duże dużych mały mała małe nowy nowa
        nowe stary stara stare stary długi długo krótki wysoki ważny ważne możliwe łatwo łatwe trudno trudne dzień dni dnia
        rok roku lat lata miesiąc miesiące miesięcy tydzień tygodnie tygodniu tygodni godzina godziny godzin minuta minuty
        minut raz razy razem czas czasu rzecz rzeczy sposób część części punkt przypadek przykład pytanie pytania pyta
        pytają odpowiedź powód koniec początek człowiek ludzie ludzi osoba osób kobieta świat świecie życie życiu prawda
        strona miejsce droga temat video wideo wykład połowa połowę procent euro złotych zero dwa dwie dwóch trzy cztery pięć
        sześć siedem osiem dziewięć dziesięć jedenaście dwanaście piętnaście dwadzieścia trzydzieści czterdzieści
        pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt sto dwieście czterysta tysiąc tysiące
        tysięcy milion miliony milionów drugi druga drugie trzeci trzecia trzecie ostatni ostatnia ostatnie ostatnim
        następny następna następne mówić mówię mówi mówią powiedzieć powiem powiedział powiedziała widzieć widzę widzi
        widzisz wiedzieć wiem wie wiedzą wiecie wiesz robić robię robi robią zrobić zrobił iść idzie chodzi przyjść dać daje
        dał brać bierze wziąć stać stoi zostaje znaleźć znalazłem myśleć myśli myślę myślałem potrzebuje potrzeba
        potrzebujesz nazywa nazywam pokazać pokażę pokazuje zaczynać zaczyna zacząć zacząłem zacznijmy zaczęłam słuchać
        opowiedzieć opowiem trzymać trzyma kosztuje kosztował kosztowała kupić kupuje kupił kupisz pomaga pomóc działa
        używać używa używam dzięki dziękuję cześć witam witajcie dzień dobry niech prostu temu sprawia dodaję dodaje trafia
        staje robiłem błąd błędy problem większość rośnie rosną smakują smakuje wspaniale rok zapytał powinni kanał kanale
        kiedyś subskrybuj
    """,
    objects="mnie mi cię ci go mu ją jej nas nam was wam ich im się",
)

_HOOKS = Hooks(
    contrast=said("ale|lecz|zamiast|choć|chociaż|jednak|mimo|przeciwnie|wręcz|mit|błąd|błędy|błędów|nikt|nie"),
    address=said(
        "ty|ci|cię|ciebie|tobie|twój|twoja|twoje|wy|was|wam|państwo|państwu|wyobraź(?:cie)? sobie|wiesz"
        "|wiecie|wiedziałeś|pamiętaj(?:cie)?|zastanawiał\\w*|czy kiedykolwiek"
    ),
    superlative=said(
        r"nigdy|zawsze|wszyscy|wszystko|wszystkie|nic|jedyn\w+|naj\w{4,}|pierwsz\w+|ostatni\w*|sekret\w*|tajemnic\w*"
    ),
    number=said(
        "dwa|dwie|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|dwanaście|piętnaście|dwadzieścia"
        "|trzydzieści|czterdzieści|\\w+dziesiąt|sto|\\w+sta|tysiąc\\w*|tysięcy|milion\\w*|miliard\\w*"
        "|połow\\w+|procent|dwukrotnie"
    ),
    courtesy=said(
        "dziękuj\\w+|dzięki|witam\\w*|witaj\\w*|nazywam się|mam na imię|dzień dobry|dobry wieczór|cześć"
        "|do (?:widzenia|zobaczenia)|subskryb\\w*|pozdrawiam"
    ),
    about_itself=said(
        "dziś (?:chcę|wieczorem|opowiem|pokażę)|dzisiaj (?:chcę|opowiem|pokażę)|chcę (?:wam|państwu|ci"
        "|dziś)? ?(?:pokazać|opowiedzieć|powiedzieć)|chciał\\w+ (?:wam|państwu)|pozwólcie|zacznijmy"
        "|przejdźmy|porozmawiajmy|w tym (?:filmie|wideo)|jak mówił\\w+|to znaczy|myślę,? że"
    ),
    turn=re.compile(
        r"(?:no,? |dobrze,? |więc,? |a |i )*(?:teraz|zacznijmy|przejdźmy|porozmawiajmy|po pierwsze"
        r"|po drugie|po trzecie|najpierw|na koniec|wreszcie|na początek"
        r"|pierwsz\w+ |drug\w+ |trzeci\w* |następn\w+ |ostatni\w* |kolejn\w+ |a co z|co z|jeśli chodzi o)"
    ),
)

POLISH = replace(
    of_classes(
        "pl",
        _CLASSES,
        _HOOKS,
        Topic(
            root=stem("polish"),
            shortest_is_base=True,
            weak=re.compile(
                r".{2,}(?:ować|[aeiyę]ć|ąc|łem|łam|łeś|łaś|liśmy|łyśmy|[aeiyę]li|ają|ują|uje|emy|cie|ała"
                r"|ało|ały|iła|iło|iły)(?:by)?|.{3,}(?:asz|esz|isz|ysz)"
            ),
        ),
    ),
    fillers=("yyy", "yy", "yyyy", "eee", "ee", "eeee", "hmm", "hm", "mmm", "ym", "yhm"),
    abbreviations=word_list(
        "dr prof inż mgr hab św ul al np itd itp tzn tzw m.in ok tj zob por r w godz nr str tys mln mld ks płk gen ur zm"
    ),
    ordinals=True,
)
