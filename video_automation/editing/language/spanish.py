"""Spanish."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="y e o u pero sino así entonces",
    because="porque pues ya_que",
    subordinates="si cuando mientras aunque donde apenas antes después según hasta",
    relatives="que cual cuales cuyo cuya cuyos cuyas",
    prepositions="""
        a al ante bajo como con contra de del desde durante en entre hacia hasta mediante para por según sin sobre tras incluso
        excepto salvo
    """,
    articles="""
        el la los las lo un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra cada algún
        alguna algunos algunas ningún ninguna cualquier otro otra otros otras mucho mucha muchos muchas poco poca pocos pocas
        todo toda todos todas tanto tanta tantos tantas varios varias ambos ambas demás cuánto cuánta cuántos cuántas primer
        gran buen mal
    """,
    auxiliaries="""
        es son era eran fue fueron ser sido siendo soy somos eres sería serían será serán sea sean está están estaba estaban
        estar estado estoy estamos estás estuvo esté estén ha han había habían haber hay hubo habrá habría he hemos has haya
        hayan puede pueden podía podían poder puedo podemos puedes podría podrían pudo pueda debe deben debería debemos debía
        deber va van voy vamos vas iba iban ir tiene tienen tenía tenían tener tengo tenemos tienes tuvo tendrá hace hacen
        hacía hacer hago hacemos haces hizo hecho suele suelen parece parecen
    """,
    pronouns="yo tú usted ustedes nosotros nosotras vosotros me te se nos os le les mí ti sí alguien nadie uno algo nada no",
    pointing="""
        él ella ellos ellas ello este esta estos estas esto ese esa esos esas eso aquel aquella aquellos aquellas aquello tal
        tales suyo suya ahí allí éste ésta ése ésa
    """,
    speaker="yo mi mis me nosotros nuestro nuestra soy estoy voy tengo creo quiero",
    connectors="""
        además también tampoco luego después entonces así asimismo igualmente finalmente sin_embargo por_eso por_tanto
        por_lo en_consecuencia aun todavía aún mientras encima incluso
    """,
    openers="bueno pues vale ahora bien sí claro mira miren miréis oye vamos venga primero segundo tercero último quizás",
    degrees="""
        muy más menos tan tanto casi solo sólo ya siempre nunca jamás también bastante demasiado mejor peor mayor menor ni
    """,
    promises="por_qué qué cómo cuándo dónde quién cuál cuánto",
    asks="por_qué qué cómo cuándo dónde quién cuál cuáles",
    common="""
        embargo consecuencia ahora antes aquí ayer hoy mañana tarde noche día días mes meses año años vez veces hora horas
        minuto minutos semana semanas momento cosa cosas forma manera parte partes tipo tipos punto caso ejemplo verdad idea
        hecho lado lugar modo gente persona personas hombre mujer mundo vida fin resto mitad par bien mal gracias hola
        buenas buenos adiós favor decir digo dice dicen dijo dijeron dicho diciendo ver veo ves ve ven vemos visto viendo
        saber sé sabe sabes saben sabía sabemos sabido dar doy da dan dio dado dando venir viene vienen vino llegar llega
        llegan llegó llegado pasar pasa pasan pasó pasado poner pone ponen puso puesto pongo pones querer quiere quieres
        quieren quería quiero quieras deja dejar dejan dejó creer creo cree creen pensar pienso piensa piensan pensó pensaba
        hablar hablo habla hablan hablamos hablado contar cuento cuenta llevar llevo lleva llevan llevaba llamar llama
        llaman llamo seguir sigue siguen encontrar encuentra encontré mirar empezar empieza empiezan empezó empecé empezamos
        terminar termina volver vuelve volvió usar usa usan uso usado necesitar necesita necesitan necesitas necesito tomar
        toma toman quedar queda quedan quedó salir sale salen salió entender entiende explicar explico mostrar muestro
        muestra enseñar cambiar cambia funciona funcionan ayudar ayuda sirve sirven existe existen ocurre cuesta cuestan
        costó preguntar pregunta preguntas preguntan respuesta importante posible fácil difícil nuevo nueva nuevos nuevas
        viejo vieja bueno buena malo mala grande grandes pequeño pequeña pequeños pequeñas mejores peores mismo misma mismos
        mismas propio propia propios propias cierto cierta igual solo sola simplemente realmente cerca lejos dentro fuera
        arriba abajo delante detrás encima debajo alrededor frente cero dos tres cuatro cinco seis siete ocho nueve diez
        once doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento
        doscientos trescientos quinientos mil millón millones euros pesa pesan pesar aguanta aguantan crece crecen riega
        riegan regar primera segunda tercera cuarta última últimos últimas casi quizá tal además acaba acaban acabar hacerlo
        verlo siquiera luego tema vídeo video charla quien quienes bienvenido bienvenidos bienvenida bienvenidas canal
        suscríbete suscribiros hablaros contaros contigo conmigo consigo conseguí consigues
    """,
    objects="me te se lo la le nos os les",
)

_HOOKS = Hooks(
    contrast=said(
        "pero|sino|aunque|sin embargo|en cambio|en vez de|en lugar de|al contrario|a pesar|mito|mentira"
        "|errores|error|falso|nadie|no"
    ),
    address=said(
        "tú|ti|usted|ustedes|tu|tus|te|imagin(?:a|en|ad|e)|sabías|sabes|sabéis|saben|quieres|recuerd(?:a|en|ad)|piensa|fíjate"
        "|fíjense|nunca (?:hagas|digas|compres)"
    ),
    superlative=said(
        "nunca|jamás|siempre|todos|todas|nada|ningun[oa]|mejor(?:es)?|peor(?:es)?|mayor|menor|máxim[oa]|mínim[oa]|primer[oa]?"
        r"|últim[oa]s?|únic[oa]s?|secretos?|(?:el|la|los|las|lo) (?:\w+ )?(?:más|menos)|\w+ísim[oa]s?"
    ),
    number=said(
        "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta"
        "|ochenta|noventa|cien(?:to)?|mil|millón|millones|mitad|doble|por ciento"
    ),
    courtesy=said(
        "gracias|bienvenid[oa]s?|me llamo|mi nombre es|buen(?:os días|as tardes|as noches)|hola|adiós"
        "|hasta (?:luego|la próxima"
        "|pronto)|nos vemos|suscríb\\w*|suscrib\\w*|dale a me gusta|un saludo"
    ),
    about_itself=said(
        "hoy (?:quiero|voy|vamos|os|les|te)|(?:os|les|te) voy a|voy a (?:hablar|contar|mostrar|explicar|enseñar)"
        "|quiero (?:hablar|contar|mostrar|enseñar|explicar)\\w*|vamos a (?:ver|hablar|empezar)|en este vídeo|en este video"
        "|como (?:dije|decía)|quería (?:hablar|contar)\\w*|es decir|quiero decir|creo que|esta charla"
    ),
    turn=re.compile(
        r"(?:bueno,? |y |pues,? |vale,? )*(?:ahora(?: bien)?,|vamos (?:a|con)|pasemos|hablemos|empecemos|primero|en primer"
        r"|en segundo|segundo|en tercer|por último|finalmente|para (?:terminar|empezar|acabar|concluir)"
        r"|el siguiente|la siguiente"
        r"|lo siguiente|otro|otra|¿?qué (?:pasa|hay)|¿?y qué|en cuanto a|respecto a|el (?:primer|segundo|tercer|último)"
        r"|la (?:primera|segunda|tercera|última))\b"
    ),
)

SPANISH = replace(
    of_classes(
        "es",
        _CLASSES,
        _HOOKS,
        Topic(
            root=stem("spanish"),
            weak=re.compile(
                r".{2,}(?:mente|(?:i[eé]|a)ndo(?:lo|la|se|me|te)?|[aei]mos|a(?:ba|ban|ron)|ieron|ría[ns]?"
                r"|[aei]rán?|aré|iré|eré)"
            ),
        ),
    ),
    opens_questions=True,
    doubled=word_list("mal"),
    fillers=("eh", "ehh", "ehm", "em", "emm", "mmm", "hmm", "um", "uhm"),
    abbreviations=word_list(
        "sr sra srta sres dr dra d dña prof profa ud uds pág págs núm vol art aprox etc ej p.ej ee.uu av avda tel st"
    ),
)
