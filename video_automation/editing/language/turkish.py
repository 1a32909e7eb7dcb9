"""Turkish."""

import re
from dataclasses import replace

from video_automation.editing.language.classes import Classes, of_classes
from video_automation.editing.language.tables import Hooks, Topic, said, stem, word_list

_CLASSES = Classes(
    conjunctions="ve veya ya yahut ama fakat ancak lakin oysa ile yoksa ki",
    because="çünkü zira",
    subordinates="eğer şayet",
    relatives="",
    prepositions="",
    articles="""
        bir bu şu o her bazı birçok birkaç hiçbir bütün tüm başka diğer benim senin bizim sizin onun onların kendi çok az en
        daha hangi kaç ilk
    """,
    auxiliaries="var yok değil olan olarak oldu olduğu olur olsun olacak idi ise imiş",
    pronouns="""
        ben sen biz siz beni seni bizi sizi bana sana bize size bende sende kimse biri birisi herkes hiç şey şeyi şeyler
    """,
    pointing="""
        o onlar onu ona onda ondan onun onları onlara onların bu bunu buna bunda bundan bunun bunlar bunları bunların şu
        şunu şuna şunlar böyle şöyle öyle böylece orada oraya oradan burada buraya buradan orası burası
    """,
    speaker="ben beni bana benim biz bizim bence",
    connectors="sonra ondan bunun yine ayrıca üstelik dolayısıyla böylece nitekim yani hatta o_halde aksine bilakis",
    openers="evet peki tamam şimdi işte hadi haydi bakın şey aslında belki önce nihayet son_olarak açıkçası",
    degrees="çok az daha en pek hiç sadece yalnızca hep her zaman asla bile kadar gibi artık hemen neredeyse oldukça",
    asks="neden niçin niye nasıl ne nerede kim hangi kaç",
    common="""
        de da dahi ise halde öte olarak bugün dün yarın akşam sabah gece gün günde günü yıl yılda yıldır yıllık ay hafta
        haftada saat dakika kez kere defa zaman zamanı önce sonra şimdi iyi daha kötü büyük küçük yeni eski uzun kısa önemli
        mümkün kolay zor doğru yanlış güzel şekilde şekil yer yerde yere yerine taraf yol konu video konuşma yarısı yüzde
        euro lira sıfır iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin
        milyon milyar ikinci üçüncü sonuncu sonraki önceki insan insanlar insanların kişi kadın adam dünya hayat soru
        soruyor sorular cevap örnek neden sebep için göre karşı doğru kadar rağmen beri dair üzere üzerinde üzerine altında
        altına içinde içine içinden dışında yanında yanına arasında arasına üstünde üstüne aşağı yukarı teşekkürler teşekkür
        merhaba hoş geldiniz lütfen demek dedi diyor diye söyledi söylüyor eder etti ediyor etmek yapar yaptı yapıyor yapmak
        yap verir verdi veriyor alır aldı alıyor gelir geldi geliyor gider gitti gidiyor bilir biliyor kalır kalıyor kaldı
        ister istiyorum istiyor başlar başladı başlayalım başladım bulur buldum bak gerek gerekir gerekiyor lazım olmaz
        olmak olması onun birlikte tane kadarı tek fazla biraz pek hata sorun herkes satın hiç birer bile arkadaşlar
        kanalıma kanal abone hayır
    """,
    hanging="-ken -ınca -ince -unca -ünce -arak -erek -dığı -diği -duğu -düğü -ması -mesi için gibi kadar",
    objects="da de ki mi mı mu mü için gibi kadar ile",
)

_HOOKS = Hooks(
    contrast=said("ama|fakat|ancak|yerine|oysa|aksine|rağmen|yanlış\\w*|hata\\w*|efsane|kimse|değil"),
    address=said(
        "sen|siz|seni|sizi|sana|size|senin|sizin|düşün(?:ün|sene)?|hayal ed\\w+|biliyor mu\\w+|hatırla\\w*|unutma\\w*"
    ),
    superlative=said("en|asla|her zaman|herkes|hiç|hiçbir|hiçbir şey|tek|ilk|son|sır\\w*"),
    number=said(
        "iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz"
        "|bin|milyon|milyar|yarısı|yüzde|iki kat"
    ),
    courtesy=said(
        "teşekkür\\w*|hoş ?geldiniz|benim adım|adım|ben(?:im)? ismim|günaydın|iyi (?:günler|akşamlar"
        "|geceler)|merhaba|selam|hoşça ?kalın|görüşürüz|görüşmek üzere|abone"
    ),
    about_itself=said(
        "bu akşam|bugün (?:size|sizlere|sizinle)|(?:size|sizlere) \\w+ (?:istiyorum|anlatacağım"
        "|göstereceğim)|göstermek istiyorum|anlatmak istiyorum|başlayalım|geçelim|konuşalım|bakalım"
        "|bu videoda|dediğim gibi|yani|demek istiyorum|bence|sanırım"
    ),
    turn=re.compile(
        r"(?:peki,? |evet,? |tamam,? |ve )*(?:şimdi|ilk olarak|öncelikle|önce |ikinci|üçüncü|son olarak"
        r"|sonuç olarak|bir (?:diğer|başka)|diğer|sıradaki|gelelim|geçelim|başlayalım|peki ya|\w+ gelince)"
    ),
)

TURKISH = replace(
    of_classes(
        "tr",
        _CLASSES,
        _HOOKS,
        Topic(
            root=stem("turkish"),
            shortest_is_base=True,
            shape=re.compile(r"(?P<core>[^']+)(?P<after>'.*)?"),
            weak=re.compile(
                r".{2,}(?:[ıiuü]yor\w*|m[ae]k|[ae]c[ae][kğ]\w*|m[ae]l[ıi]\w*|[dt][ıiuü](?:m|k|n|lar|ler)?"
                r"|[ae]rak|[ae]rek|[ıiuü]nc[ae]|s[ae]n[ıi]z|m[ae]z|[dt][ıiuü]ğ[ıiuü]\w*|[ıiuü]r(?:s[ıiuü]n"
                r"|[ıi]m|[ıi]z|lar|ler)?|[ae]r(?:s[ae]k|s[ae]n[ıi]z|s[ae])|[ae]l[ıi]m|m[ae]y[ıiae]n?"
                r"|[ıiuü]n[ıiuü]z|m[ıiuü]ş\w*|kene?)"
            ),
        ),
    ),
    leaning=word_list(
        _CLASSES.conjunctions,
        _CLASSES.because,
        _CLASSES.connectors,
        "o onlar onu ona onun onları bunu buna bundan bunun bunlar böylece böyle öyle orada",
    ),
    doubled=word_list("ne ya"),
    fillers=("ııı", "ıı", "ıııı", "eee", "eeee", "hım", "hımm", "hmm", "ımm", "mmm"),
    abbreviations=word_list("dr prof doç av sn bkz vb vs yy cad sok no tel st mah alb gen t.c"),
    ordinals=True,
    dotted_i=True,
)
