"""Short lines with accents and emoji, whose characters often have several code points.

Families joined by U+200D, flags, skin tones, keycaps, and the accents of many languages, all in NFC.

    python3 corpora/generators/accents.py > corpora/accents.txt
"""

import unicodedata

from draw import Draw
from grammar import Grammar

COUNT = 400
ONCE = ("loan", "worker", "keycap", "spanish-what")

RULES = """
line: 3* <spanish> | 3* <french> | 3* <german> | 3* <vietnamese> | 2* <portuguese> | 2* <polish> | 2* <czech>
    | <turkish> | <swedish> | <hungarian> | 5* <english> | 3* <chat> | 3* <emoji-line>
animal-emoji: 🐱 | 🐶 | 🐰 | 🐴 | 🐘 | 🦊 | 🐻‍❄️ | 🐈‍⬛ | 🐦 | 🐝
food-emoji: 🍎 | 🍕 | 🍓 | 🥐 | 🍜 | 🍰 | ☕️ | 🥕 | 🍋‍🟩
face: 😀 | 😅 | 😍 | 🤔 | 😴 | 😮‍💨 | 🥳 | 😵‍💫 | ☺️
family: 👨‍👩‍👧 | 👨‍👩‍👧‍👦 | 👩‍👩‍👦 | 👨‍👦 | 👩‍👧‍👧 | 👨‍👨‍👧
worker: 👩‍🚀 | 👨‍🍳 | 👩‍🏫 | 🧑‍🌾 | 👩🏽‍⚕️ | 👨🏿‍🚒 | 🧑🏻‍💻 | 👩🏾‍🎨
hand: 👍 | 👍🏽 | 👋🏻 | 👏🏿 | ✌🏾 | 🙏🏼 | 🤝 | 🫶🏽
flag: 🇫🇷 | 🇪🇸 | 🇩🇪 | 🇻🇳 | 🇧🇷 | 🇯🇵 | 🇹🇭 | 🇵🇱 | 🇸🇪 | 🇹🇷 | 🏳️‍🌈 | 🏴󠁧󠁢󠁳󠁣󠁴󠁿
sign: ❤️ | ⭐️ | 🎉 | ☀️ | 🌈 | ❄️ | ✨ | 🔥
keycap: 1️⃣ | 2️⃣ | 3️⃣ | #️⃣
any-emoji: <animal-emoji> | <food-emoji> | <face> | <hand> | <sign>
maybe: 3* | <any-emoji> | <any-emoji><any-emoji>
spanish-who: El niño | La niña | Mi mamá | Mi papá | José | Begoña | El señor Núñez | Tía Inés
spanish-what: comió un plátano | bebió café | leyó un libro | jugó en el jardín | cantó una canción | volvió de León
    | soñó con un pingüino | escribió a su compañera
spanish: <spanish-who> <spanish-what>. <maybe> | ¿<spanish-question>? <maybe> | ¡<spanish-call>! <maybe>
    | <spanish-who> <spanish-what> y también <spanish-what>.
spanish-question: Dónde está el baño | Cuántos años tienes | Qué día es mañana | Quién llamó a José
    | Cómo se dice «café» | Por qué no vienes tú
spanish-call: Feliz cumpleaños | Qué rápido | Adiós, Andrés | Buenos días, señora | Está aquí el tío
french-who: Zoé | Hélène | Le garçon | Mon frère | François | La maîtresse | Ma sœur | Noël
french-what: a mangé une crêpe | a bu un thé glacé | est allé à l’école | a trouvé une clé | joue près de la forêt
    | préfère le gâteau | rêve d’un château | achète des œufs
french: <french-who> <french-what>. <maybe> | Où est <french-noun> ? <maybe> | Ça va bien, <french-name> ! <maybe>
    | « Voilà <french-noun> », dit <french-name>. | Bientôt, c’est l’été à <french-town>. <maybe>
french-noun: la fenêtre | le bébé | l’hôtel | le musée | la forêt | mon vélo
french-name: Zoé | Hélène | François | Noël | Maël
french-town: Nîmes | Orléans | Besançon | Angoulême
german-who: Jörg | Die Köchin | Der Bär | Käthe | Mein Großvater | Das Mädchen | Herr Weiß | Frau Müller
german-what: isst süße Äpfel | trinkt heißen Tee | läuft über die Straße | hört schöne Vögel | öffnet die Tür
    | fährt nach Köln | grüßt höflich | träumt vom Frühling
german: <german-who> <german-what>. <maybe> | Können wir <german-do>? <maybe>
    | „<german-say>“, sagt <german-speaker>. | Es ist schön in <german-town>. <maybe>
german-speaker: Jörg | die Köchin | der Bär | Käthe | mein Großvater | Herr Weiß | Frau Müller
german-do: nach Zürich fahren | die Tür schließen | Brötchen für fünf Gäste kaufen | früh frühstücken
german-say: Grüß Gott | Tschüss, bis später | Ich möchte Käse | Das weiß ich nicht | Schöne Grüße
german-town: Köln | Münster | Gießen | Lübeck | Görlitz
vietnamese-who: Mẹ tôi | Bố tôi | Em bé | Cô giáo | Bạn Hiền | Ông nội | Bà ngoại | Chị gái tôi
vietnamese-what: ăn phở | uống nước dừa | đọc sách ở nhà | đi chợ | nấu cơm | thích ăn xoài | nghe nhạc
    | trồng rau trong vườn | học tiếng Việt
vietnamese: <vietnamese-who> <vietnamese-what>. <maybe> | Hôm nay <vietnamese-who-small> <vietnamese-what>.
    | Bạn có thích <vietnamese-food> không? <maybe> | Hôm nay trời <vietnamese-weather> quá! <maybe>
    | <vietnamese-city> rất đẹp. <maybe>
vietnamese-who-small: mẹ tôi | bố tôi | em bé | cô giáo | ông nội
vietnamese-food: phở | bún chả | bánh mì | chè đậu xanh | cà phê sữa đá
vietnamese-weather: nóng | lạnh | đẹp
vietnamese-city: Hà Nội | Đà Nẵng | Huế | Thành phố Hồ Chí Minh
portuguese: O João <portuguese-what>. <maybe> | A avó <portuguese-what>. <maybe>
    | Você <portuguese-what>? <maybe> | Não há <portuguese-noun> aqui.
    | As crianças estão em São <saint>. <maybe>
portuguese-what: come pão com maçã | lê à tarde | vai ao café | não dança à noite
portuguese-noun: limões | cães | maçãs | pássaros
saint: Paulo | José | Luís
polish: Małgosia <polish-what>. <maybe> | Łukasz <polish-what>. <maybe> | Gdzie jest <polish-noun>? <maybe>
    | Dzień dobry, panie Święcki! <maybe>
polish-what: je pączki | pije świeżą wodę | śpiewa piosenkę | idzie do Łodzi | źle śpi | lubi jeść śliwki
polish-noun: łódź | książka | źrebię | żaba | Kraków
czech: Jiří <czech-what>. <maybe> | Kateřina <czech-what>. <maybe> | Kde je <czech-noun>? <maybe>
czech-what: má rád švestky | čte příběh | běží k řece | kupuje žluté růže | spí až do dvanácti
czech-noun: kůň | můj děda | měsíc | žlutý míč
turkish: Çocuk <turkish-what>. <maybe> | Ağabeyim <turkish-what>. <maybe> | İstanbul çok güzel. <maybe>
    | Işık nerede? <maybe>
turkish-what: süt içiyor | şarkı söylüyor | çiçek topluyor | yağmuru seviyor | balığı yiyor
swedish: Åsa <swedish-what>. <maybe> | Björn <swedish-what>. <maybe> | Är du trött, Örjan? <maybe>
swedish-what: äter ett äpple | går över ån | läser på tåget | köper blåbär | åker till Malmö
hungarian: Ödön <hungarian-what>. <maybe> | Győző <hungarian-what>. <maybe> | Hol van a főutca? <maybe>
hungarian-what: szőlőt eszik | könyvet olvas | tűzhelyt vesz | sétál az őszi erdőben
english: The naïve young man drank his café au lait. <maybe> | She ate a piece of <dish>. <maybe>
    | <loan-who> went to the café. <maybe> | My aunt sent me a <gift>. <maybe> | I ♥ <town-flag>!
    | It costs <price>. <maybe> | The mean is x̄ = <figure>. | Today it is <figure> °C in <town>. <sign>
    | That’s my fiancée’s résumé. <maybe> | <loan-who> lives in <town-flag>. | Half is ½, and a quarter is ¼.
    | Is it “<loan>” or “<loan>”?
dish: crème brûlée | jalapeño pie | pâté | soufflé | açaí jelly
loan-who: Chloë | Beyza | Renée | Zoë | Siân | Søren | Nuño
loan: résumé | jalapeño | façade | déjà vu | über-idea | piñata | smörgåsbord
town: Zürich | São Paulo | Málaga | Tromsø | Hà Nội | Łódź | Curaçao | Reykjavík
town-flag: Zürich 🇨🇭 | São Paulo 🇧🇷 | Málaga 🇪🇸 | Tromsø 🇳🇴 | Hà Nội 🇻🇳 | Łódź 🇵🇱 | Reykjavík 🇮🇸
gift: résumé | piñata | jalapeño | crêpe pan
price: €<figure> | £<figure> | ¥<figure>00 | ₫<figure>000 | <figure> zł
figure: 2 | 3 | 5 | 7 | 12 | 18 | 25 | 40
chat: <hello> <any-emoji> | <hello> <hand><hand> | I love my <thing-emoji> <sign> | Happy birthday 🎂<sign>
    | Good night <face>💤 | <keycap> wake up <keycap> eat <food-emoji> | My <family-word> <family> is at the beach 🏖️
    | A <worker> and a <worker> met in <town-flag> | So tired <face> but so happy <face>
    | 1 <food-emoji> + 1 <food-emoji> = 2 <face> | no <animal-emoji>, no <face> | café ☕️ at 5? <hand>
    | <hand> thanks, Zoë! | The <animal-emoji> ate my <food-emoji> <face>
hello: hi | hello | hey | olá | ¡hola! | salut | grüß dich | chào bạn | cześć | ahoj
thing-emoji: <animal-emoji> | <food-emoji>
family-word: family | whole family | sister’s family
emoji-line: <any-emoji><any-emoji><any-emoji> | <family> <sign> <family> | <flag><flag> <keycap>:<keycap>
    | <worker><worker><worker> | <hand><hand><hand> | <animal-emoji> <food-emoji> <face> | <flag><flag><flag>
    | <family><animal-emoji> | <keycap> <worker> <keycap> <family>
"""


def written(line):
    return unicodedata.normalize("NFC", line.strip())


def main():
    grammar = Grammar(RULES)
    lines = grammar.lines("line", Draw(9), COUNT, written, lambda line: grammar.once(line, *ONCE))
    print("\n".join(lines))


main()
