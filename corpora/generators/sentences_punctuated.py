"""4,000 sentences with capitals, commas, quotes, apostrophes, numbers and prices.

    python3 corpora/generators/sentences_punctuated.py > corpora/sentences-punctuated.txt
"""

from agreement import articles
from draw import Draw
from grammar import Grammar

COUNT = 4_000

RULES = """
line: 6* <told> | 5* <spoken> | 4* <bought> | 3* <counted> | 3* <asked> | 3* <cried> | 3* <owned> | 2* <listed>
    | 2* <aside> | 2* <timed> | 2* <if> | 2* <typographic> | <compound> | <noted> | <measured> | <percent>
    | <titled>
boy: Tom | Ben | Sam | Max | Leo | Jack | Peter | Hugo
girl: Anna | Emma | Lily | Kate | Rosa | Mia | Clara | Nina
name: <boy> | <girl>
who: 3* <boy> | 3* <girl> | <boy> and <girl> | my brother | my sister | our teacher | the twins | Uncle <boy>
    | Aunt <girl> | Mrs. Brown | Mr. Hill | the children | we | I | they
speaker: 4* <boy> | 4* <girl> | Mrs. Brown | Mr. Hill | Grandma | Dad | Mom | the teacher | my sister | the driver
day: Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday
month: January | March | April | May | July | August | October | December
town: Paris | London | Rome | Boston | Oslo | Lima | Cairo | Kyoto
digit: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
small: 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 12 | 15 | 20 | 24
large: <digit><digit>0 | 1,<digit>00 | <digit>,<digit>50 | 2,000 | 10,000
cents: 00 | 25 | 50 | 75 | 95 | 99 | <digit>0 | <digit>5
price: 5* $<digit>.<cents> | 2* $1<digit>.<cents> | $<small> | €<digit>.<cents> | £<digit>.<cents>
clock: <digit>:15 | <digit>:30 | <digit>:45 | 10:00 | 11:20 | 12:05
fruit: apples | oranges | pears | plums | lemons | cherries | grapes
food: bread | cheese | milk | soup | rice | honey | butter | jam | pizza
thing: book | pencil | kite | lamp | clock | hat | scarf | umbrella | map | basket | ball | drum
color: red | blue | green | yellow | white | black | dark-blue | light-green
beast: cat | dog | rabbit | horse | hen | goat | parrot | mouse | owl | elephant
place: park | zoo | library | market | museum | station | beach | garden | school
feeling: happy | tired | hungry | late | busy | ready | cold | angry | afraid | right
told: On <day>, <who> <did>. | After <meal>, <who> <did>. | <who> <did>, and then <name> went home.
    | <who> <did>, but it was too late. | First <who> <did>; then it began to rain. | <who> <did>.
    | Last <day>, in <town>, <who> <did>. | In <month>, <who> <did>. | When the rain stopped, <who> <did>.
did: went to the <place> | bought a <color> <thing> | read a book about <town> | fed the neighbor's <beast>
    | cleaned the old <thing> | found <name>'s <thing> | made soup for <name> | visited the well-known <place>
    | lost the <thing> | drew a two-headed <beast> | wrote a letter to <name>
meal: breakfast | lunch | dinner | school | the game
spoken: "<said>," said <speaker>. | "<said>!" cried <speaker>. | "<question>?" asked <speaker>.
    | <name> said, "<said>." | <name> asked, "<question>?" | "<short>," said <speaker>, "<lower>." | "<short>!"
    | "<short>," <name> answered. | "<question>?" "I don't know."
said: I can't find my <thing> | It's too cold to swim | We're going to the <place> | You'll like this <thing>
    | That isn't my <thing> | I've seen <name>'s <beast> | Don't open the door | Let's go to the <place>
    | The <beast> doesn't eat <food> | I'm not <feeling> | They won't come on <day> | There's no <food> left
    | He couldn't stop laughing | She'd like some <food> | It wasn't me | Please don't feed the <beast>
    | You shouldn't run here | We haven't got any <fruit>
lower: it's only a <beast> | we don't need it | I'll be there at <clock> | that's the wrong <thing>
    | you're <feeling> | she didn't see us
short: Yes | No | Of course | I know | Thank you | Not today | Well | Wait | All right | Oh no | Come on | Sorry
question: Where's my <thing> | Who's there | What's that | Isn't that <name>'s <thing> | Can't you hear the <beast>
    | Don't you like <food> | How much is the <thing> | Aren't you <feeling> | Why didn't you call
    | Is it <clock> already | Have you seen <name>'s <beast> | When's the next train to <town>
bought: The <thing> <cost> <price>. | <who> bought <small> <fruit> for <price>.
    | <who> paid <price> for a <color> <thing>. | <fruits>: <price> a bag.
    | The <food> was <price>, so <who> bought two. | Only <price> for the <thing>? That's cheap!
    | The ticket to <town> is <price> (children: half). | <name>'s new <thing> wasn't cheap: it cost <price>.
cost: costs | is now | was | used to cost
fruits: Apples | Oranges | Pears | Plums | Lemons | Cherries | Grapes
counted: There are <large> books in the library. | <who> counted <small> <fruit>, <small> lemons and <small> eggs.
    | The town has <large> people. | It takes <small> minutes (or more) to walk to the <place>.
    | Page <digit><digit> is missing. | <who> ran <digit>.<digit> miles.
    | <name> is <small> years old; <name> is <small>. | The <beast> weighs <large> pounds. | <sum>.
    | Bus no. <small> goes to the <place>. | In 19<digit><digit>, the <place> had only <small> rooms.
sum: 2 + 3 = 5 | 7 + 8 = 15 | 9 - 4 = 5 | 6 x 7 = 42 | 10 - 3 = 7 | 4 x 5 = 20
asked: Where did <name> put the <thing>? | Is this <name>'s <thing>, or is it yours? | Who ate all the <fruit>?
    | Do you want tea, milk or juice? | What time is it, <name>? | Why is the <beast> so <feeling>?
    | Did you say <day>, or <day>? | How many <fruit> are there: <small> or <small>? | Have you ever been to <town>?
    | What does "<word>" mean? | Can I have the <color> one, please? | It's cold, isn't it?
score: 3 to 1 | 5 to 2 | 4 to 0 | 9 to 8 | 2 to 1 | 10 to 7
word: naive | twin | harbor | gentle | seldom | borrow | thirteen
cried: Look out! | What a <color> <thing>! | Stop, <name>! | Happy birthday, <name>! | We won, <score>!
    | Don't touch the <beast>! | Hurry up, <name>, it's <clock>! | Oh no, the <beast> ate my <thing>!
    | Good morning, <town>! | No running in the <place>! | How <feeling> you look, <name>! | Wow, <small> goals!
owned: <name>'s <thing> is <color>. | The <beast>'s tail is long. | My <family>'s <thing> is on <name>'s bed.
    | The boys' room is next to the girls' room. | The <beasts>' food is in the <color> box.
    | It's <name>'s turn, not <name>'s. | The <beast> hurt its foot. | Today's soup is yesterday's soup.
    | The <beast> can't reach the <thing>. | That <thing> isn't <name>'s; it's mine.
    | The children's <place> is closed on <day>.
family: mother | father | brother | sister | uncle | aunt
beasts: cats | dogs | rabbits | horses | hens | goats | parrots | mice | owls | elephants
listed: We need <food>, <food>, <fruit> and <fruit>. | <who> took a <thing>, a <thing> and a <thing>.
    | The colors are <color>, <color> and <color>. | Bring these things: a <thing>, a <thing>, and some <food>.
    | <name>, <name>, <name> and I went to <town>.
    | <who> saw a <beast>, <small> goats and a very big, very old <beast>.
aside: My <family> (the one from <town>) has a <beast>. | <name>, who lives in <town>, likes <food>.
    | The <place> (closed on <day>) is near the station. | The <thing>, <color> and old, was on the table.
    | <name>'s <beast>, a big one, sleeps all day. | The game starts at <clock> (not <clock>).
    | See the map (page <small>). | The <beast>, I think, is <feeling>.
timed: The train to <town> leaves at <clock>. | School starts at <early> a.m. and ends at <afternoon> p.m.
    | It was <clock>, and <name> wasn't there. | The party is on <day>, <month> <small>.
    | Call me at <clock>, or after dinner. | On <month> <small>, 20<recent>, it snowed in <town>.
early: 7:45 | 8:00 | 8:15 | 8:30 | 9:00
afternoon: 1 | 2 | 3 | 4
recent: 10 | 12 | 15 | 18 | 19 | 20 | 21 | 22 | 24
if: If it rains, we'll stay at home. | If you're <feeling>, eat some <food>.
    | If <name> doesn't come, we can't play. | When it's <clock>, close the <thing> shop. | If I'm late, don't wait.
    | Unless it's <day>, the <place> is open. | If <name> isn't <feeling>, who is?
    | When <name>'s <beast> is asleep, be quiet.
typographic: “<said>,” said <speaker>. | “<question>?” asked <speaker>. | <name>’s <thing> isn’t <color>.
    | The <beast> — a big one — ran to the <place>. | Don’t forget the <thing>… | “<short>!”
    | We read ‘The <Adjective> <Thing>’ at school. | Open <day>–<day>, <clock>–<clock>.
    | <name> didn’t say “<short>”, did <name>?
Adjective: Lost | Golden | Last | Silent | Little
Thing: Garden | River | Island | Mountain | Star
compound: The well-read boy has a half-empty bag. | <who> bought a second-hand <thing>.
    | It's a <digit>-minute walk. | My <digit>-year-old sister is <feeling>.
    | An old-fashioned, <color> <thing> stood in the <place>. | The ice-cold water was good.
    | A <digit>-page story isn't long. | The <color> <thing> is brand-new. | <who> made a last-minute plan.
    | It was a two-to-one win.
noted: Note: the <place> is closed. | Warning: don't feed the <beast>. | To: <name>. From: <name>.
    | Lost: one <color> <thing>. | For sale: a <thing>, <price>. | Dear <name>, thank you for the <thing>.
    | Room <digit>B, second floor. | Chapter <digit>: The <Adjective> <Thing>
measured: The <thing> is <digit>.<digit> feet long. | Add 1/2 cup of milk and 3/4 cup of sugar.
    | It's -<digit> degrees in <town> today. | The <beast> ran at <small> mph.
    | <who> drank <digit>.5 liters of water.
percent: <small>% of the class likes <food>. | The <thing> is <small>% off.
    | About <digit>0% of the <fruit> are good. | <name> got 9<digit>% on the test!
    | Prices went up by <digit>.<digit>%.
titled: Dr. <Last> isn't in today. | Mrs. <Last> and Mr. <Last> live in <town>. | <boy> <Last>, Jr., is <small>.
    | Is Dr. <Last> here? | St. <boy> Street is closed. | Miss <Last>'s class has <small> pupils.
    | <Last> & Sons sells <fruit>.
Last: Brown | Hill | Green | Baker | Wood | Lee | King | Stone
"""


def capital(line):
    """The line with its first letter as a capital, also after an opening quote."""
    at = next((place for place, sign in enumerate(line) if sign.isalnum()), 0)
    return line[:at] + line[at].upper() + line[at + 1 :]


def sensible(line):
    """True if no name, thing or number is repeated."""
    words = [word.strip(".,;:!?()\"'“”‘’—…") for word in line.split()]
    words = [word.removesuffix("'s").removesuffix("’s") for word in words]
    meant = [word for word in words if word[:1].isupper() or word[:1] in "$€£" or len(word) > 3]
    return len(meant) == len(set(meant))


def written(line):
    """The line with correct articles, a capital at its start and one kind of quotes."""
    line = capital(articles(line))
    return line.replace("'", "’") if "“" in line or "’" in line else line


def main():
    print("\n".join(Grammar(RULES).lines("line", Draw(5), COUNT, written, sensible)))


main()
