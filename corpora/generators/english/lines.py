"""Sentences, from simple to compound ones."""

RULES = """
line: 34* <plain> | 14* <creature-line> | 2* <fact> | 2* <seasonal> | 4* <weather-line> | 10* <joined>
    | 6* <looks-line> | 5* <have-line> | 5* <like-line> | 4* <order> | 5* <timed> | 4* <thing-where>
    | 4* <there-line> | 9* <ask> | 3* <said> | 3* <compare-line> | 2* <reply>
plain: 5* #past <anyone> <doing> | 4* #past <anyone> <doing> <past-time> | 4* #present <anyone> <doing>
    | 3* #present <anyone> <doing> <habit-time> | 3* #often <anyone> <doing>
    | 3* #future <anyone> <doing> <future-time> | #future <anyone> <doing> | 2* #can <anyone> <doing>
    | 2* #want <anyone> <doing> | 2* #like <anyone> <doing> | #must <anyone> <doing> | #not-past <anyone> <doing>
    | #not-present <anyone> <doing> | #not-future <anyone> <doing> | 4* #now <anyone> <doing>
    | 2* #now <anyone> <doing> now | #then <anyone> <doing> | #future <anyone> <out-doing> if <if>
past-time: 3* yesterday | last night | last week | this morning | 2* on <day> | today | last <day> | this afternoon
habit-time: 3* every day | 2* every morning | every night | 2* on <day> | every week | in the evening
    | every afternoon
future-time: 3* tomorrow | soon | next week | 2* on <day> | tonight | next <day> | this afternoon
if: it is <if-weather> | the sun is shining | it does not rain
if-weather: sunny | warm | hot | not too cold | a nice day
timed: on <day> #past <anyone> <doing> | last <day> #past <anyone> <doing> | yesterday #past <anyone> <doing>
    | every <day> #present <anyone> <doing> | every <daily> #present <anyone> <doing>
    | tomorrow #future <anyone> <doing> | today #now <anyone> <doing> | last night #past <creature>
    | in the <daily> #present <creature> | after <meal> #past <anyone> <doing>
    | before <meal> #past <anyone> <doing> | after school #present <anyone> <doing> | one day #past <anyone> <doing>
    | then #past <anyone> <doing> | sometimes #present <anyone> <doing>
seasonal: in summer #present <anyone> <summer-doing> | in winter #present <anyone> <winter-doing>
    | in spring #present <anyone> <spring-doing> | in fall #present <anyone> <fall-doing>
    | #present <anyone> <summer-doing> in summer | #present <anyone> <winter-doing> in winter
    | #present <anyone> <fall-doing> in fall | last summer #past <anyone> <summer-doing>
    | last winter #past <anyone> <winter-doing> | next summer #future <anyone> <summer-doing>
    | next winter #future <anyone> <winter-doing> | next spring #future <anyone> <spring-doing>
reply: yes #present <pronoun> [like] <likable> | no #not-present <pronoun> [like] <likable>
    | yes #can <pronoun> <doing> | yes it is <weather> today | no it is not <weather> today
    | yes the <building> is <place-word> | no the <building> is closed today | yes #past <pronoun> <doing>
    | no #not-past <pronoun> <doing> | yes #future <pronoun> <doing> | no #not-future <pronoun> <doing>
    | yes this is my <thing> | no this is not my <thing> | yes there is some <drinkable>
    | no there is no <drinkable>
summer-doing: [swim] <water> | [go] to the beach | [eat] ice cream | [sleep] late | [visit] {his} <kin>
    | [play] in the water | [ride] {his} bike | [stay] at the lake | [fly] a kite at the beach
winter-doing: [play] in the snow | [wear] a warm <coat-hat> | [wear] warm boots | [eat] hot soup | [drink] hot tea
    | [stay] inside | [feed] the birds | [read] many books
coat-hat: coat | hat
spring-doing: [work] in the garden | [plant] <plants> | [look] for flowers | [walk] in the rain | [watch] the birds
    | [clean] the house
fall-doing: [play] in the leaves | [eat] apples | [jump] in the leaves | [walk] in the forest
    | [watch] the leaves fall | [bake] apple cake
daily: morning | afternoon | evening
creature-line: 5* #past <creature> | 5* #present <creature> | 2* #often <creature> | 3* #now <creature>
    | #can <creature> | #want <creature> | #like <creature> | #future <creature> | 2* #past <creature> yesterday
    | #past <creature> last night | 2* #present <creature> every day | #present <creature> in the morning
    | #not-present <creature> | #not-past <creature> | #now <creature> now
have-line: 3* #present <anyone> <having> | #past <anyone> <having>
    | #present <anyone> [have] a <maybe-look> <thing> and <pronoun-have>
pronoun-have: i have a <maybe-look> <thing> | i have one too | i want one too | {he} [like] it very much
like-line: 4* #present <anyone> <liking> | #past <anyone> <wanting> | #not-present <anyone> <liking> | <dream>
    | 2* <contest>
dream: #present <someone> [want] to be a <worker> | i want to be a <worker>
    | #past <someone> [want] to be a <worker> | when i am big i will be a <worker>
contest: #past <anyone> [win] the game <past-time> | #future <anyone> [win] the game <future-time>
    | #want <anyone> [win] the game | #not-past <anyone> [win] the game | who will win the game <contest-time>
    | #present <anyone> [think] that <friend-name> will win the game
    | #past <someone> [be] the first <most-child> at <at-where> <past-time>
    | #present <anyone> [have] the <most> <thing> | #past <someone> [win] the first game
    | <friend-name> was first and <friend-name> was next | #past <someone> [read] {his} first book <past-time>
contest-time: tomorrow | on <day> | tonight | today | this afternoon
order: <please> <doing-you> | 2* <please> do not <naughty> | let us <doing-we> | come and <doing-we>
    | come to <place> with me | <boy> please <doing-you> | <girl> please <doing-you>
    | look at the <beast-look> <animal> | look at that <look> <thing> | be <be-how>
    | thank you for the <maybe-look> <thing> | do not be <not-be> | have a nice day <friend-name>
    | good morning <friend-name>
not-be: sad | angry | afraid | late
please: 2* please | 
be-how: quiet please | kind to <friend> | good at school today | nice to the <pet>
doing-you: open the <openable> | close the <openable> | wash your hands before <meal> | clean your room
    | give me the <maybe-look> <thing> | help <friend> <help-how> | sit on the <seat> | feed the <pet>
    | read me a story | tell me about the <topic> | put the <small-thing> on the <furniture>
    | put on your <wear-many> | eat your <meal> | drink some <drinkable> | look for the <thing>
    | write your name here | come home before <meal>
naughty: run in the <cleanable> | play near the road | open the <openable> | be late | chase the <animals>
    | sit on the <thing> | lose the <thing>
doing-we: go to <place> | play <outside> | read <book-about> | sing <song> | make a <makeable> | build a <buildable>
    | eat <snack> | look at the <animals> | play a game | go home | feed the <animals> | draw a <animal>
    | swim <water> | fly a kite | watch the <animals>
joined: 4* #past <someone> <doing> and <someone> <doing> | 3* <but> | 3* <because> | 3* <when> | 2* <while>
    | 2* #past <anyone> <doing> before <meal> | #past <someone> <doing> and then {he} <doing>
    | #past <anyone> <doing> after {he} <doing> | #past <anyone> <doing> before {he} <doing>
    | #present <anyone> [have] a <color> <thing> but {he} [want] a <look> one | #past <creature> and {he} <was-adj>
    | #present <someone> [like] <likable> but <friend-name>@he [like] <likable> | 2* <so-line>
    | #present <creature> and <creature> | #past <creature> and <creature> | <skilled> | <if-line>
but: 2* <anyone> wanted to #base <doing> but <but-why>
    | #past <someone> [look] for {his} <thing> but {he} could not find it
    | #past <anyone> [be] <unwell> but #present now {he} [be] happy | the <size> <animal> is very <but-word>
    | that <animal> is <size> but very <but-word>
    | #present <someone> [like] the <look> <thing> but <friend-name>@he [like] the <look> one
but-why: it was <bad-weather> | {he} [be] too <too> | the <building> was closed | there was no time
    | it was time for <meal> | it was too late
too: tired | sick | young | late | small | busy
unwell: sad | sick | angry | afraid | tired | cold
but-word: fast | strong | slow | quiet | clever | brave | funny
skilled: a <swimmer> can swim but a <not-swimmer> can not | a <flyer> can fly but a <not-flyer> can not
    | a <climber> can climb a tree but a <not-climber> can not | a <flyer> can fly | a <swimmer> can swim
    | a <climber> can climb a tree | a <not-flyer> can not fly
swimmer: fish | duck | frog | dog | bear
not-swimmer: hen | bird
flyer: bird | owl | duck
not-flyer: <pet-beast> | pig | cow | sheep | lion | elephant | frog | bear | monkey
pet-beast: cat | dog | rabbit | horse
climber: cat | monkey | bear
not-climber: cow | pig | horse | duck | elephant
was-adj: [be] very <was-word> | [be] <was-word>
was-word: happy | hungry | tired | fast | funny | quiet | wet
if-line: if it rains #future <anyone> <if-doing> | if it is <if-weather> #future <anyone> <out-doing>
    | if <pronoun> [be] <if-cure>
so-line: it is raining so #future <anyone> <if-doing> | it is cold so #future <anyone> [wear] a warm coat
    | it is hot so #future <anyone> <hot-doing> | the sun is shining so #future <anyone> <out-doing>
    | it is a nice day so #future <anyone> <out-doing> | it is windy so #future <anyone> [fly] a kite
    | it is snowing so #future <anyone> <snow-doing> | it was raining so #past <anyone> <if-doing>
    | it was cold so #past <anyone> [wear] a warm coat | it was hot so #past <anyone> <hot-doing>
    | it was a nice day so #past <anyone> <out-doing>
hot-doing: [eat] ice cream | [drink] cold water | [swim] <water> | [open] the window | [sit] under the tree
out-doing: [play] outside | [go] to <place> | [go] to the beach | [ride] {his} bike | [fly] a kite
    | [read] a book outside | [walk] to <walk-place> | [play] ball <outside> | [work] in the garden
    | [eat] lunch outside
if-doing: [stay] at home | [read] <book-about> | [play] inside | [wear] <color> boots | [stay] inside
    | [watch] the rain
if-cure: hungry #must {he} [eat] <snack> | thirsty #must {he} [drink] some water | sick #must {he} [stay] in bed
    | tired #must {he} [go] to bed | cold #must {he} [wear] a warm coat | late #must {he} [run]
because: #present <anyone> [be] <because-present> | #past <anyone> [be] <because-past>
    | #past <anyone> <because-did>
because-present: happy because <happy-now> | sad because <sad-now> | hungry because {he} #not-past [eat] <meal>
    | wet because it is raining | cold because {he} [have] no <wear-one> | late because the bus is slow
    | busy because {he} [have] <class> today | afraid of the <big-animal> because it is <scary>
    | angry because the <pet> ate {his} <eaten> | thirsty because it is hot
because-past: happy because <happy-then> | sad because <sad-then> | tired because {he} <tiring>
    | hungry because {he} #not-past [eat] <meal> | wet because it rained | late because {he} [walk] slowly
    | afraid because it was dark | angry because the dog ate {his} <eaten> | cold because it snowed
    | sick because {he} [eat] too <too-much>
happy-now: the sun is shining | {he} [have] a new <thing> | it is <day> | {he} [have] a new <pet>
    | it is {his} birthday | summer is here | <friend> will come tomorrow
happy-then: {he} [win] the game | {he} [find] {his} <thing> | <friend> came to visit | {he} [have] a new <thing>
    | it was {his} birthday | {he} [go] to <place>
sad-now: {he} #past [lose] {his} <thing> | {he} can not find {his} <pet> | it is raining | {his} friend is sick
    | the <pet> ran away
sad-then: {he} [lose] {his} <thing> | the <pet> ran away | {his} friend was sick | it rained all day
    | {he} #not-past [win] the game
tiring: [work] all day | [run] all day | [walk] up the hill | [play] all day | [swim] in the lake
eaten: sandwich | <meal> | cake | cookies | hat | bread
big-animal: lion | bear | elephant | horse
scary: big | so big | very fast | hungry
too-much: many cookies | much cake
because-did: [stay] at home because it was <bad-weather> | [stay] in bed because {he} [be] sick
    | [drink] water because {he} [be] thirsty | [eat] a <fruit> because {he} [be] hungry
    | [go] to bed because {he} [be] tired | [wear] a coat because it was cold | [run] because {he} [be] late
    | [open] the window because it was hot | [close] the window because it was windy
bad-weather: raining | snowing | cold | too hot | windy
when: #past when <whose> <kin-he>@he [be] young {he} <doing>
    | #past when <whose> <kin-she>@she [be] young {he} <doing>
    | #past <anyone> [be] happy when {he} [see] the <animal> | #past when <someone> [come] home {he} <doing>
    | #present when it rains <anyone> <if-doing> | #past when it snowed <anyone> <snow-doing>
    | #past when the sun came up <creature> | #past <anyone> <doing> when it rained
    | #present when the cat is away the mice play | #present <anyone> [be] happy when {he} <doing>
snow-doing: [play] in the snow | [stay] inside | [wear] warm boots | [run] outside
while: #then <someone> <doing> while <someone> <doing> | #past <anyone> <doing> while the baby was sleeping
    | #past <anyone> <doing> while it was raining | #then <creature> while #past <anyone> <doing>
    | #past <anyone> <doing> while #then <creature>
said: #past <someone> [say] that <reported> | #present <anyone> [think] that <reported>
    | #present <anyone> [know] that <reported> | #past <someone> told us that <reported>
    | #past the teacher asked why <anyone> [be] late
reported: the <building> is <place-word> | <weather-now> | the <animal> is <animal-word>
    | the <hot-food> is <hot-taste> | <friend-name> is at <at-where> | the <small-thing> is <on-place-many>
    | <boy> is <face-word> | <girl> is <face-word>
at-where: home | school | the park | the zoo | the library
rain-snow: rain | snow | be sunny | be warm
fact: 4* <opposites> | my favorite <favorite> | <sum> | <day-fact> | 3* <job> | a <four-legged> has four legs
    | the <four-legged> has four legs | a <two-legged> has two legs | the <two-legged> has two legs
    | a week has seven days | i am <age> years old today | the first day of the week is sunday
    | <anyone> [have] <number> <counted> and <number> <counted> | <friend-name> lives <lives>
    | #present <someone> [live] <lives>
four-legged: cat | dog | rabbit | horse | mouse | cow | sheep | pig | bear | monkey | lion | elephant | frog | fox
two-legged: bird | hen | duck | owl
opposites: the opposite of <opposite> | <friend-name> [know:he] that the opposite of <opposite>
    | <friend-name> said that the opposite of <opposite> | what is the opposite of <one-side>
    | we learned that the opposite of <opposite> | the teacher told us that the opposite of <opposite>
opposite: big is small | small is big | hot is cold | cold is hot | fast is slow | slow is fast | happy is sad
    | sad is happy | old is young | young is old | long is short | short is long | up is down | down is up
    | open is closed | closed is open | clean is dirty | dirty is clean | day is night | night is day
    | summer is winter | winter is summer | yes is no | no is yes | inside is outside | outside is inside
    | black is white | white is black
one-side: big | small | hot | cold | fast | slow | happy | sad | old | young | long | short | up | down | open
    | clean | dirty | day | night | summer | winter | yes | no | inside | outside | black | white
job: a teacher works at a school | a farmer works on a farm | a baker works in the kitchen
    | the <worker> works every <day> | the <worker> does not work on <day> | <whose> <kin> works <work-where>
    | the teacher works at our school | the farmer works in the field | the baker bakes bread every <daily>
    | the farmer grows <grown> | a baker bakes bread and cake | a doctor helps people who are sick
    | a teacher helps children to read | the farmer grows <grown> in the field
work-where: on the farm | at the school | in the city | at the store | at the zoo | at the library
counted: apples | books | balls | keys | stars | pencils | cookies | cups
lives: by the lake | in the city | on a farm | near the sea | next to the <building> | in a <look> house
sum: one and one make two | one and two make three | two and two make four | two and three make five
    | three and three make six | three and four make seven | four and four make eight | four and five make nine
    | five and five make ten | one and three make four | one and four make five | one and five make six
    | two and four make six | two and five make seven | three and five make eight | one and six make seven
    | two and six make eight | three and six make nine | four and six make ten
day-fact: monday comes after sunday | tuesday comes after monday | wednesday comes after tuesday
    | thursday comes after wednesday | friday comes after thursday | saturday comes after friday
    | sunday comes after saturday
favorite: color is <color> | season is <season> | food is <favorite-food> | day is <day> | animal is the <animal>
    | class is <class> | book is about <animals>
favorite-food: pizza | soup | rice | cake | ice cream | cheese | fish
"""
