"""Italian."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="e ed o oppure ma però bensì quindi dunque allora perciò",
    because="perché poiché siccome giacché",
    subordinates="se quando mentre sebbene benché anche dove appena finché prima dopo quand' dov' com'",
    relatives="che cui quale quali ch'",
    prepositions="""
        a ad al come allo alla ai agli alle all' con col coi contro da dal dallo dalla dai dagli dalle dall' di del dello
        della dei degli delle dell' d' in nel nello nella nei negli nelle nell' fra tra per su sul sullo sulla sui sugli
        sulle sull' sopra sotto senza verso durante entro oltre presso secondo fino
    """,
    articles="""
        il lo la i gli le l' un uno una un' mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre
        vostro vostra vostri vostre loro ogni ogn' qualche alcuni alcune nessun nessuno nessuna qualsiasi qualunque altro
        altra altri altre molto molta molti molte poco poca pochi poche tutto tutta tutti tutte tutt' tanto tanta tanti
        tante vari varie entrambi quanto quanta quanti quante primo prima gran bel
    """,
    auxiliaries="""
        è sono era erano fu furono essere stato stata stati state sia siano siamo sei siete sarà saranno sarebbe sarebbero
        ero ha hanno ho hai abbiamo avete aveva avevano avere avuto avrà avrebbe può possono posso puoi possiamo potete
        poteva potevano potrebbe potere potuto deve devono devo devi dobbiamo dovete doveva dovrebbe dovere va vanno vado
        vai andiamo andare fa fanno faccio fai facciamo fate faceva fare fatto sta stanno sto stiamo vuole vogliono voglio
        vuoi c' c'è cos'è dov'è com'è
    """,
    pronouns="io tu noi voi mi ti ci vi si ne me te sé m' t' s' v' n' qualcuno qualcosa nessuno niente nulla non",
    pointing="""
        lui lei esso essa essi esse egli ella loro questo questa questi queste quest' quello quella quelli quelle quel quell'
        quei quegli ciò tale tali lì là gli
    """,
    speaker="io mio mia miei mie mi noi nostro nostra sono ho vado voglio credo",
    connectors="""
        inoltre anche pure neanche nemmeno poi quindi così allora infatti invece tuttavia comunque pertanto insomma ancora
    """,
    openers="bene beh ecco ora adesso sì no certo guarda guardate senti allora primo secondo terzo infine forse magari cioè",
    degrees="molto più meno così quasi solo soltanto già sempre mai piuttosto abbastanza troppo meglio peggio ancora né",
    promises="come_mai",
    asks="perché come cosa cos' quando dov' dove chi quale quali quanto quanti",
    common="""
        adesso ora prima dopo ieri oggi domani stasera sera mattina notte giorno giorni mese mesi anno anni volta volte ore
        minuto minuti settimana settimane momento cosa cose modo maniera parte parti tipo tipi punto caso esempio verità
        idea fatto lato luogo posto gente persona persone uomo donna mondo vita fine resto metà paio bene male grazie ciao
        buongiorno buonasera arrivederci favore dire dico dice dicono disse detto dicendo vedere vedo vede vedono vediamo
        visto sapere so sa sai sanno sapete sapeva sappiamo dare do dà danno dato venire viene vengono venuto arrivare
        arriva arrivano arrivato passare passa passano passato mettere metto mette mettono messo volere voleva volevo
        lasciare lascia lasciano credere credo crede credono pensare penso pensa pensano pensavo parlare parlo parla parlano
        parliamo raccontare racconto portare porto porta portano chiamare chiama chiamano chiamo seguire segue seguono
        trovare trova trovano trovo trovato guardare cominciare comincia iniziare inizia iniziato iniziamo finire finisce
        tornare torna usare usa usano uso usato bisogno serve servono prendere prende prendono preso restare resta rimane
        rimangono uscire esce escono capire capisce spiegare spiego mostrare mostro mostrarvi insegnare cambiare cambia
        funziona funzionano aiutare aiuta esiste esistono succede costa costano costato chiedere chiede chiedono domanda
        domande risposta importante possibile facile difficile nuovo nuova nuovi nuove vecchio vecchia buono buona buoni
        cattivo cattiva grande grandi piccolo piccola piccoli piccole migliore migliori peggiore stesso stessa stessi stesse
        proprio propria certo certa uguale solo sola semplicemente davvero vicino lontano dentro fuori sopra sotto davanti
        dietro intorno fronte zero due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici
        quindici venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento duecento trecento mille mila
        milione milioni euro pesa pesano sopporta cresce crescono seconda terza quarto ultima ultimo ultimi ultime quasi
        diventa diventano video discorso argomento maggior maggioranza fa chi benvenuti benvenuto benvenute canale
        iscrivetevi contiene sapevate
    """,
    objects="mi ti si lo la li le ci vi ne gli",
)

_HOOKS = Hooks(
    contrast=said(
        "ma|però|bensì|invece|sebbene|benché|al contrario|nonostante|tuttavia|mito|bugia|errori|errore"
        "|sbagliat[oa]|falso|nessuno|non"
    ),
    address=said(
        "tu|ti|te|voi|vi|vostr[oaie]|tu[oae]|tuoi|immagin(?:a|ate)|sapevi|sapevate|sapete|sai"
        "|ricorda(?:te)?|pensa(?:te)?|guardate"
    ),
    superlative=said(
        r"mai|sempre|tutti|tutte|niente|nulla|nessun[oa]?|miglior[ei]?|peggior[ei]?|maggiore|minore"
        r"|massim[oa]|minim[oa]|prim[oa]|ultim[oaei]"
        r"|unic[oa]|segret[oi]|(?:il|la|i|le|gli) (?:\w+ )?(?:più|meno)|\w+issim[oaie]"
    ),
    number=said(
        r"due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|quindici|venti|trenta|quaranta"
        r"|cinquanta|sessanta|settanta"
        r"|ottanta|novanta|cento|mille|\w*mila|milion[ei]|metà|doppio|per cento"
    ),
    courtesy=said(
        "grazie|benvenut[oiae]|mi chiamo|il mio nome è|buon(?:giorno|asera| pomeriggio)|ciao|salve|arrivederci|alla prossima"
        "|ci vediamo|iscriv\\w*|a presto"
    ),
    about_itself=said(
        "stasera|oggi (?:voglio|vi|vorrei|ti|parliamo|parlerò)|(?:vi|ti) (?:parlo|parlerò|mostro|mostrerò|racconto|spiego)"
        "|vorrei (?:parlar|raccontar|mostrar)\\w*|voglio (?:parlar|raccontar|mostrar|spiegar)\\w*|lasciate(?:mi)? \\w+"
        "|in questo video|come dicevo|come ho detto|cioè|voglio dire|credo che|penso che|parliamo di|vediamo"
    ),
    turn=re.compile(
        r"(?:bene,? |allora,? |e |ecco,? )*(?:ora,|adesso,|passiamo|parliamo|cominciamo|iniziamo|vediamo"
        r"|innanzitutto|prima di tutto"
        r"|primo|secondo|in primo|in secondo|infine|per (?:finire|cominciare|concludere)|il prossimo"
        r"|la prossima|un altro|un'altra"
        r"|per quanto riguarda|quanto a|(?:il|la) (?:prim[oa]|second[oa]|terz[oa]|ultim[oa]))\b"
    ),
)

ITALIAN = replace(
    of_classes(
        "it",
        _CLASSES,
        _HOOKS,
        Topic(
            root=stem("italian"),
            shape=re.compile(
                r"(?P<before>(?:(?:d|n|s)?[ae]ll|dall|coll|l|un|d|c|s|m|t|v|n|quest|quell|nessun|tutt|com"
                r"|dov|cos|quand|ch|anch|bell|sant)')?(?P<core>[^']+)'?",
                re.IGNORECASE,
            ),
            weak=re.compile(
                r".{2,}(?:mente|[ae]ndo(?:lo|la|si)?|iamo|a(?:va|vano|rono)|eva(?:no)?|iva(?:no)?|irono"
                r"|r[àò]|ranno|ebbe(?:ro)?)"
            ),
        ),
    ),
    fillers=("ehm", "eehm", "uhm", "mmm", "hmm", "ehmm"),
    abbreviations=word_list(
        "sig sigg sig.ra dott dott.ssa prof prof.ssa ing avv arch pag pagg num vol art ecc es p.es ca tel s st"
    ),
)
