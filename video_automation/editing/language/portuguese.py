"""Portuguese."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="e ou mas porém contudo senão então daí",
    because="porque pois porquanto já_que",
    subordinates="se quando enquanto embora onde conforme caso apesar",
    relatives="que qual quais cujo cuja cujos cujas",
    prepositions="""
        a à ao aos às ante após até como com contra de do da dos das desde em no na nos nas num numa nuns numas entre para
        pra pro pras pros per perante por pelo pela pelos pelas sem sob sobre trás durante exceto dum duma inclusive segundo
    """,
    articles="""
        o a os as um uma uns umas meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas cada
        algum alguma alguns algumas nenhum nenhuma qualquer quaisquer outro outra outros outras muito muita muitos muitas
        pouco pouca poucos poucas todo toda todos todas tanto tanta tantos tantas vários várias ambos ambas quanto quanta
        quantos quantas primeiro primeira grande
    """,
    auxiliaries="""
        é são era eram foi foram ser sido sendo sou somos és seria seriam será serão seja sejam está estão estava estavam estar
        estado estou estamos estás esteve esteja tá tô tem têm tinha tinham ter tenho temos tens teve tiver tido terá teria há
        havia haver houve haja pode podem podia podiam poder posso podemos podes poderia pôde possa possam deve devem deveria
        devemos dever vai vão vou vamos vais ia iam ir faz fazem fazia fazer faço fazemos fez feito costuma costumam parece
        parecem fica ficam ficar ficou
    """,
    pronouns="eu tu você vocês nós vós me te se nos vos lhe lhes mim ti si alguém ninguém algo nada gente não",
    pointing="""
        ele ela eles elas este esta estes estas isto esse essa esses essas isso aquele aquela aqueles aquelas aquilo tal tais
        dele dela deles delas nele nela disso disto nisso nisto desse dessa deste desta nesse nessa neste nesta daquele daquela
        aí ali lá
    """,
    speaker="eu meu minha meus minhas me nós nosso nossa sou estou vou tenho acho quero",
    connectors="""
        além também tampouco depois então assim igualmente finalmente portanto logo ainda entretanto todavia aliás daí
        por_isso no_entanto
    """,
    openers="bom bem olha olhem olá agora sim claro pronto primeiro segundo terceiro último talvez tipo",
    degrees="muito mais menos tão quase só apenas já sempre nunca jamais bastante demais melhor pior maior menor ainda nem",
    promises="por_que como_é",
    asks="por_que porquê porque que quê como quando onde quem qual quanto",
    common="""
        agora antes aqui ontem hoje amanhã tarde noite dia dias mês meses ano anos vez vezes hora horas minuto minutos
        semana semanas momento coisa coisas forma maneira parte partes tipo tipos ponto caso exemplo verdade ideia fato
        facto lado lugar modo pessoa pessoas homem mulher mundo vida fim resto metade par bem mal obrigado obrigada olá boa
        bom boas adeus favor dizer digo diz dizem disse disseram dito dizendo ver vejo vê veem vimos visto vendo viu saber
        sei sabe sabes sabem sabia sabemos dar dou dá dão deu dado dando vir vem vêm veio chegar chega chegam chegou passar
        passa passam passou pôr põe põem pôs posto colocar coloca colocam querer quer queres querem queria quero quiser
        deixar deixa deixam deixou achar acho acha acham pensar penso pensa pensam pensou falar falo fala falam falou
        falamos contar conto conta levar levo leva levam levou chamar chama chamam chamo seguir segue seguem encontrar
        encontra encontrei olhar começar começa começam começou comecei começamos acabar acaba terminar termina voltar volta
        voltou usar usa usam uso usado usei precisar precisa precisam preciso tomar toma ficar fica sair sai saem saiu
        entender entende explicar explico mostrar mostro mostra ensinar mudar muda funciona funcionam ajudar ajuda serve
        servem existe existem acontece custa custam custou perguntar pergunta perguntas perguntam resposta importante
        possível fácil difícil novo nova novos novas velho velha ruim má mau grandes pequeno pequena pequenos pequenas
        melhores piores mesmo mesma mesmos mesmas próprio própria próprios certo certa igual sozinho simplesmente realmente
        perto longe dentro fora cima baixo frente atrás redor zero dois duas três quatro cinco seis sete oito nove dez onze
        doze treze catorze quatorze quinze vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento
        duzentos trezentos quinhentos mil milhão milhões euros reais segunda terceira quarta última últimos últimas
        primeiros pesa pesam pesar aguenta cresce crescem rega regar segura quase tal né vídeo palestra coisinha jeito
        assunto maioria quem bem-vindo bem-vindos bem-vindas canal inscreve inscreva pessoal galera comigo contigo consegui
        conseguia ensina ensinam
    """,
    objects="me te se lo la lhe nos vos lhes",
)

_HOOKS = Hooks(
    contrast=said(
        "mas|porém|embora|em vez de|em lugar de|ao contrário|apesar|no entanto|mito|mentira|erros?|errado|falso|ninguém|não"
    ),
    address=said(
        "você|vocês|teu|tua|te|imagin(?:a|e|em)|sabia que|sabias|sabe por que|lembr(?:a|e|em)(?:-se)?|pens(?:a|e|em)"
        "|nunca (?:faça|compre|diga)"
    ),
    superlative=said(
        "nunca|jamais|sempre|todos|todas|nada|nenhuma?|melhor(?:es)?|pior(?:es)?|maior|menor|máxim[oa]|mínim[oa]|primeir[oa]"
        r"|últim[oa]s?|únic[oa]s?|segredos?|[oa]s? (?:\w+ )?(?:mais|menos)|\w+íssim[oa]s?"
    ),
    number=said(
        "dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|quinze|vinte|trinta|quarenta|cinquenta|sessenta|setenta"
        "|oitenta|noventa|cem|cento|mil|milhão|milhões|metade|dobro|por cento"
    ),
    courtesy=said(
        "obrigad[oa]s?|bem-vind[oa]s?|bem vind[oa]s?|me chamo|chamo-me|meu nome é|bom dia|boa (?:tarde"
        "|noite)|olá|oi|tchau|adeus"
        "|até (?:logo|a próxima|mais)|inscrev\\w*|subscrev\\w*|deixa o like|um abraço"
    ),
    about_itself=said(
        "hoje (?:eu )?(?:quero|vou|vamos)|vou (?:te |lhes )?(?:falar|contar|mostrar|explicar|ensinar)"
        "|quero (?:te |lhes |vos )?(?:falar|contar|mostrar|explicar|ensinar)|vamos (?:ver|falar|começar)"
        "|neste vídeo|nesse vídeo"
        "|como (?:eu )?(?:disse|dizia)|quer dizer|ou seja|eu acho|acho que|esta palestra"
    ),
    turn=re.compile(
        r"(?:bom,? |bem,? |e |então,? )*(?:agora,|vamos|passemos|falemos|comecemos|primeiro|em primeiro"
        r"|em segundo|segundo|em terceiro"
        r"|por último|por fim|finalmente|para (?:terminar|começar|acabar|concluir)|o próximo|a próxima"
        r"|outro|outra|e (?:os?|as?) "
        r"|quanto a[os]?|[oa] (?:primeir[oa]|segund[oa]|terceir[oa]|últim[oa]))\b"
    ),
)

PORTUGUESE = replace(
    of_classes(
        "pt",
        _CLASSES,
        _HOOKS,
        Topic(
            root=stem("portuguese"),
            weak=re.compile(
                r".{2,}(?:mente|[aei]ndo|[aeiá]mos|a(?:va|vam|ram)|eram|iram|ria[ms]?|[aei]r[áã]o?|arei|irei|erei)"
            ),
        ),
    ),
    doubled=word_list("bom"),
    fillers=("hum", "hmm", "hã", "ahn", "ãh", "ehm", "éé", "ééé", "uhm", "mmm"),
    abbreviations=word_list(
        "sr sra srta dr dra d prof profa pág págs núm nº vol art aprox etc ex p.ex v.exa av tel st sto sta ltda"
    ),
)
