"""One talk in many languages, as a speech model transcribes it. The speaker says "um" once, in the fourth sentence."""

PARAGRAPHS = {
    "de": """
Warum schmecken Tomaten aus dem Supermarkt nach nichts?
Sie werden grün gepflückt, weil grüne Tomaten den Transport besser überstehen.
Der Zucker kommt aber aus den Blättern, z. B. in den letzten zehn Tagen am Strauch.
Die Gartenerde ist, äh, viel zu schwer für ein Dach.
Ein Kubikmeter nasser Gartenerde wiegt fast zwei Tonnen.
Seit dem 3. Oktober mische ich Kompost mit Vulkangestein.
Vulkangestein hält das Wasser wie ein Schwamm und verrottet nie.
Die meisten Leute gießen ihre Tomaten jeden Tag, und genau das ist der Fehler.
Wer selten und tief gießt, bekommt lange Wurzeln.
Die Wurzeln der Tomaten wachsen dorthin, wo das Wasser ist.
Stellen Sie sich vor, Sie ernten im Sommer hundert Kilo Tomaten auf Ihrem Dach!
Vielen Dank fürs Zuschauen und bis zum nächsten Mal.
""",
    "es": """
¿Por qué los tomates del supermercado no saben a nada?
Los recogen verdes, porque un tomate verde aguanta mejor el viaje.
El azúcar viene de las hojas durante los últimos diez días en la planta.
La tierra del jardín, eh, pesa demasiado para una azotea.
Un metro cúbico de tierra mojada pesa casi dos toneladas, según el Sr. Gómez.
Yo mezclo compost con grava volcánica desde hace nueve años.
La grava volcánica retiene el agua como una esponja y nunca se pudre.
La mayoría de la gente riega los tomates todos los días, y ese es el gran error.
Si riegas poco y profundo, las raíces bajan hacia el agua fresca.
Las raíces de los tomates crecen donde está el agua.
¡Imagina cosechar cien kilos de tomates en tu azotea!
Muchas gracias por ver este vídeo y hasta la próxima.
""",
    "fr": """
Pourquoi les tomates du supermarché n'ont-elles aucun goût ?
On les cueille vertes, parce qu'une tomate verte supporte mieux le voyage.
Le sucre vient des feuilles pendant les dix derniers jours sur le pied.
La terre du jardin est, euh, beaucoup trop lourde pour un toit.
Un mètre cube de terre mouillée pèse presque deux tonnes, d'après M. Martin.
Depuis neuf ans, je mélange du compost avec du gravier volcanique.
Le gravier volcanique retient l'eau comme une éponge et ne pourrit jamais.
La plupart des gens arrosent les tomates tous les jours, et c'est une erreur.
L'eau doit descendre vers les racines, car les racines suivent l'eau.
Les racines des tomates poussent là où se trouve l'eau.
Imaginez récolter cent kilos de tomates sur votre toit !
Merci d'avoir regardé cette vidéo et à la prochaine.
""",
    "it": """
Perché i pomodori del supermercato non sanno di niente?
Li raccolgono verdi, perché un pomodoro verde sopporta meglio il viaggio.
Lo zucchero arriva dalle foglie negli ultimi dieci giorni sulla pianta.
La terra del giardino è, ehm, troppo pesante per un tetto.
Un metro cubo di terra bagnata pesa quasi due tonnellate, secondo il dott. Rossi.
Da nove anni mescolo il compost con la ghiaia vulcanica.
La ghiaia vulcanica trattiene l'acqua come una spugna e non marcisce mai.
Quasi tutti annaffiano i pomodori ogni giorno, e questo è l'errore più grande.
L'acqua deve scendere verso le radici, perché le radici seguono l'acqua.
Le radici dei pomodori crescono dove si trova l'acqua.
Immaginate di raccogliere cento chili di pomodori sul vostro tetto!
Grazie per aver guardato questo video e alla prossima.
""",
    "pt": """
Por que os tomates do supermercado não têm sabor?
Eles são colhidos verdes, porque um tomate verde aguenta melhor a viagem.
O açúcar vem das folhas durante os últimos dez dias na planta.
A terra do jardim é, hum, pesada demais para um telhado.
Um metro cúbico de terra molhada pesa quase duas toneladas, segundo o Dr. Costa.
Há nove anos misturo composto com cascalho vulcânico.
O cascalho vulcânico segura a água como uma esponja e nunca apodrece.
A maioria das pessoas rega os tomates todos os dias, e esse é o maior erro.
A água precisa descer até as raízes, porque as raízes seguem a água.
As raízes dos tomates crescem onde está a água.
Imagine colher cem quilos de tomates no seu telhado!
Muito obrigada por assistir a este vídeo e até a próxima.
""",
    "nl": """
Waarom smaken tomaten uit de supermarkt naar niets?
Ze worden groen geplukt, omdat een groene tomaat beter tegen de reis kan.
De suiker komt uit de bladeren, in de laatste tien dagen aan de plant.
De tuingrond is, ehm, veel te zwaar voor een dak.
Een kubieke meter natte tuingrond weegt bijna twee ton, volgens dhr. Jansen.
Sinds negen jaar meng ik compost met vulkanisch grind.
Vulkanisch grind houdt water vast als een spons en verrot nooit.
De meeste mensen geven hun tomaten elke dag water, en dat is de grote fout.
Wie zelden en diep water geeft, krijgt lange wortels.
De wortels van tomaten groeien naar de plek waar het water is.
Stel je voor dat je honderd kilo tomaten oogst op je eigen dak!
Bedankt voor het kijken en tot de volgende keer.
""",
    "sv": """
Varför smakar tomater från affären ingenting?
De plockas gröna, eftersom en grön tomat klarar resan bättre.
Sockret kommer från bladen under de sista tio dagarna på plantan.
Trädgårdsjorden är, öh, alldeles för tung för ett tak.
En kubikmeter våt trädgårdsjord väger nästan två ton, t.ex. efter ett regn.
Sedan nio år blandar jag kompost med vulkaniskt grus.
Vulkaniskt grus håller vatten som en svamp och ruttnar aldrig.
De flesta människor vattnar sina tomater varje dag, och det är det stora felet.
Den som vattnar sällan och djupt får långa rötter.
Tomaternas rötter växer dit där vattnet finns.
Tänk dig att skörda hundra kilo tomater på ditt eget tak!
Tack för att du tittade och hej då.
""",
    "pl": """
Dlaczego pomidory ze sklepu nie mają żadnego smaku?
Zrywa się je zielone, bo zielony pomidor lepiej znosi podróż.
Cukier pochodzi z liści w ciągu ostatnich dziesięciu dni na krzaku.
Ziemia ogrodowa jest, yyy, o wiele za ciężka na dach.
Metr sześcienny mokrej ziemi ogrodowej waży prawie dwie tony, jak mówi dr. Nowak.
Od dziewięciu lat mieszam kompost ze żwirem wulkanicznym.
Żwir wulkaniczny trzyma wodę jak gąbka i nigdy nie gnije.
Większość ludzi podlewa pomidory codziennie, i to jest największy błąd.
Kto podlewa rzadko i głęboko, ten ma długie korzenie.
Korzenie pomidorów rosną tam, gdzie jest woda.
Wyobraź sobie, że zbierasz sto kilo pomidorów na własnym dachu!
Dziękuję za uwagę i do zobaczenia.
""",
    "tr": """
Marketteki domatesler neden hiçbir şeye benzemiyor?
Domatesler yeşilken toplanıyor, çünkü yeşil domates yolculuğa daha iyi dayanıyor.
Şeker, bitkinin üzerindeki son on günde yapraklardan geliyor.
Bahçe toprağı, ııı, bir çatı için çok ağır.
Bir metreküp ıslak bahçe toprağı neredeyse iki ton geliyor, Dr. Yılmaz öyle söylüyor.
Dokuz yıldır kompostu volkanik çakılla karıştırıyorum.
Volkanik çakıl suyu sünger gibi tutuyor ve asla çürümüyor.
İnsanların çoğu domatesleri her gün suluyor, en büyük hata da bu.
Seyrek ve derin sulama yapan kişi uzun kökler elde ediyor.
Domates kökleri suyun olduğu yere doğru büyüyor.
Çatınızda yüz kilo domates topladığınızı hayal edin!
İzlediğiniz için teşekkürler, görüşmek üzere.
""",
    "ru": """
Почему помидоры из магазина ничем не пахнут?
Их собирают зелёными, потому что зелёный помидор лучше переносит дорогу.
Сахар приходит из листьев за последние десять дней на кусте.
Садовая земля, э-э, слишком тяжёлая для крыши.
Кубометр мокрой садовой земли весит почти две тонны, как говорит проф. Иванов.
Уже девять лет я смешиваю компост с вулканическим гравием.
Вулканический гравий держит воду как губка и никогда не гниёт.
Большинство людей поливают помидоры каждый день, и это главная ошибка.
Кто поливает редко и глубоко, получает длинные корни.
Корни помидоров растут туда, где есть вода.
Представьте, что вы собираете сто килограммов помидоров на своей крыше!
Спасибо за просмотр и до встречи.
""",
    "uk": """
Чому помідори з магазину не мають смаку?
Їх збирають зеленими, бо зелений помідор краще переносить дорогу.
Цукор приходить з листя за останні десять днів на кущі.
Садова земля, е-е, надто важка для даху.
Кубометр мокрої садової землі важить майже дві тонни, як каже проф. Іваненко.
Уже дев'ять років я змішую компост із вулканічним гравієм.
Вулканічний гравій тримає воду як губка і ніколи не гниє.
Більшість людей поливають помідори щодня, і це головна помилка.
Хто поливає рідко і глибоко, отримує довге коріння.
Коріння помідорів росте туди, де є вода.
Уявіть, що ви збираєте сто кілограмів помідорів на своєму даху!
Дякую за перегляд і до зустрічі.
""",
    "el": """
Γιατί οι ντομάτες του σουπερμάρκετ δεν έχουν γεύση;
Τις μαζεύουν πράσινες, επειδή η πράσινη ντομάτα αντέχει καλύτερα το ταξίδι.
Η ζάχαρη έρχεται από τα φύλλα τις τελευταίες δέκα ημέρες στο φυτό.
Το χώμα του κήπου είναι, εεε, πολύ βαρύ για μια ταράτσα.
Ένα κυβικό μέτρο βρεγμένο χώμα ζυγίζει σχεδόν δύο τόνους, λέει ο δρ. Παππάς.
Εδώ και εννέα χρόνια ανακατεύω κομπόστ με ηφαιστειακό χαλίκι.
Το ηφαιστειακό χαλίκι κρατάει το νερό σαν σφουγγάρι και δεν σαπίζει ποτέ.
Οι περισσότεροι άνθρωποι ποτίζουν τις ντομάτες κάθε μέρα, και αυτό είναι το λάθος.
Όποιος ποτίζει σπάνια και βαθιά αποκτά μακριές ρίζες.
Οι ρίζες της ντομάτας μεγαλώνουν εκεί όπου βρίσκεται το νερό.
Φανταστείτε να μαζεύετε εκατό κιλά ντομάτες στην ταράτσα σας!
Ευχαριστώ που παρακολουθήσατε και τα λέμε.
""",
    "ar": """
لماذا لا طعم لطماطم السوق؟
تُقطف الطماطم خضراء، لأن الطماطم الخضراء تتحمل السفر بشكل أفضل.
يأتي السكر من الأوراق في الأيام العشرة الأخيرة على النبتة.
تربة الحديقة، اممم، ثقيلة جدا على سطح البيت.
يزن المتر المكعب من التربة المبللة طنين تقريبا.
منذ تسع سنوات أخلط السماد مع الحصى البركاني.
الحصى البركاني يحتفظ بالماء مثل الإسفنج ولا يتعفن أبدا.
معظم الناس يسقون الطماطم كل يوم، وهذا هو الخطأ الأكبر.
الماء يجب أن ينزل إلى الجذور، لأن الجذور تتبع الماء.
جذور الطماطم تنمو حيث يوجد الماء.
تخيل أنك تحصد مئة كيلو من الطماطم فوق سطح بيتك!
شكرا على المشاهدة وإلى اللقاء.
""",
    "hi": """
बाज़ार के टमाटर में स्वाद क्यों नहीं होता?
टमाटर हरे तोड़े जाते हैं, क्योंकि हरा टमाटर सफ़र ज़्यादा अच्छे से सहता है।
मिठास पत्तियों से आख़िरी दस दिनों में पौधे पर आती है।
बगीचे की मिट्टी, अं, छत के लिए बहुत भारी होती है।
एक घन मीटर गीली मिट्टी का वज़न लगभग दो टन होता है।
नौ साल से मैं खाद में ज्वालामुखी बजरी मिलाता हूँ।
ज्वालामुखी बजरी पानी को स्पंज की तरह पकड़ती है और कभी नहीं सड़ती।
ज़्यादातर लोग टमाटर को हर दिन पानी देते हैं, और यही सबसे बड़ी गलती है।
पानी को जड़ों तक पहुँचना चाहिए, क्योंकि जड़ें पानी के पीछे जाती हैं।
टमाटर की जड़ें वहाँ बढ़ती हैं जहाँ पानी है।
सोचिए, आपकी छत पर सौ किलो टमाटर उग रहे हैं!
देखने के लिए धन्यवाद, फिर मिलेंगे।
""",
    "ja": """
なぜスーパーのトマトは味がしないのでしょうか？
トマトは緑のうちに収穫されます、緑のトマトは輸送に強いからです。
甘さは、収穫前の十日間に葉から届きます。
庭の土は、えーと、屋上には重すぎます。
濡れた土は一立方メートルで約二トンもあります。
私は九年前から堆肥に火山の砂利を混ぜています。
火山の砂利はスポンジのように水を保ち、決して腐りません。
多くの人はトマトに毎日水をやりますが、これが最大の間違いです。
水を深くやると、トマトの根は下へ伸びます。
トマトの根は水のある場所へ伸びていきます。
屋上で百キロのトマトを収穫する姿を想像してみてください！
ご視聴ありがとうございました。
""",
    "zh": """
为什么超市里的番茄没有味道？
番茄还是绿色的时候就被摘下来，因为绿色的番茄更容易运输。
糖分来自叶子，是在最后十天里形成的。
花园的泥土，嗯，对屋顶来说太重了。
一立方米湿泥土的重量差不多有两吨。
九年来我一直把堆肥和火山石混在一起。
火山石像海绵一样吸水，而且永远不会腐烂。
大多数人每天给番茄浇水，这就是最大的错误。
浇水要少而深，番茄的根才会往下长。
番茄的根总是朝着有水的地方生长。
想象一下，你在自己的屋顶上收获一百公斤番茄！
谢谢大家观看，我们下期再见。
""",
    "ko": """
왜 마트에서 파는 토마토는 아무 맛이 없을까요?
토마토는 초록색일 때 수확합니다, 초록색 토마토가 운송을 더 잘 견디기 때문입니다.
당분은 마지막 열흘 동안 잎에서 옵니다.
정원 흙은, 음, 옥상에 너무 무겁습니다.
젖은 흙 일 세제곱미터는 거의 이 톤이나 나갑니다.
저는 구 년 전부터 퇴비에 화산석을 섞습니다.
화산석은 스펀지처럼 물을 머금고 절대 썩지 않습니다.
대부분의 사람들은 토마토에 매일 물을 주는데, 이것이 가장 큰 실수입니다.
물을 깊게 주면 토마토 뿌리가 아래로 자랍니다.
토마토의 뿌리는 물이 있는 곳으로 자랍니다.
옥상에서 토마토를 백 킬로나 수확한다고 상상해 보세요!
시청해 주셔서 감사합니다, 다음에 또 만나요.
""",
    "th": """
ทำไมมะเขือเทศจากร้านค้าถึงไม่มีรสชาติ?
มะเขือเทศถูกเก็บตอนยังเขียว เพราะมะเขือเทศเขียวทนการขนส่งได้ดีกว่า
ความหวานมาจากใบในช่วงสิบวันสุดท้ายบนต้น
ดินในสวนหนักเกินไปสำหรับดาดฟ้า
ดินเปียกหนึ่งลูกบาศก์เมตรหนักเกือบสองตัน
ฉันผสมปุ๋ยหมักกับกรวดภูเขาไฟมาเก้าปีแล้ว
กรวดภูเขาไฟเก็บน้ำได้เหมือนฟองน้ำและไม่เคยเน่า
คนส่วนใหญ่รดน้ำมะเขือเทศทุกวัน
รากของมะเขือเทศเติบโตไปทางที่มีน้ำ
""",
}
