"""Weather, places, descriptions, comparisons, possessions and preferences."""

RULES = """
weather-now: 6* it is <weather> | 2* the sun is <sunny> | 2* the sky is <sky> | 2* the wind is <windy>
    | the snow is <snowy>
weather: 2* raining | snowing | 2* cold | hot | warm | windy | sunny | very cold | very hot | very windy
    | a nice day | a cold day | a warm day
sunny: shining | hot | warm | behind the clouds
sky: dark | blue | gray | full of clouds | full of stars
windy: cold | strong | warm
snowy: white | cold | on the trees
season: spring | summer | fall | winter
where-outside: here | in the city | at the beach | on the hill | on the farm | in the forest | by the sea
out-weather: raining | snowing | cold | hot | warm | windy | sunny | very cold | very hot
weather-line: the rain fell on the <fell-on> | the snow fell on the <fell-on> | the sun is shining on the <fell-on>
    | <season-weather> | the leaves fall from the trees in fall | <season-days>
    | there are <cloudy> clouds in the sky | the <color> leaves fall from the tree | 3* <weather-now> today
    | 2* <weather-now> now | it is <season> now | it was <weather> yesterday | it was <weather> last night
    | it was <weather> last week | it will rain <later> | it will snow <later> | it rained all <all-time>
    | it snowed all <all-time> | it is <out-weather> <where-outside> today
    | <where-outside> it is <out-weather> today | the wind is strong <where-outside> | the moon is <moon> tonight
    | the flowers grow in spring | the sun comes up in the morning | the sun goes down in the evening
    | at night the sky is dark
later: tomorrow | soon | tonight | today | on <day> | this week | in the evening
all-time: day | night | week | morning
fell-on: hill | house | road | trees | city | garden | field | lake
moon: full | very big | behind the clouds
season-weather: it is <hot> in summer | it is <cold> in winter | it is warm in spring | it is often windy in fall
    | in summer it is <hot> | in winter it is <cold>
hot: hot | warm | sunny | very hot
cold: cold | very cold
season-good: nice | good | busy
season-so: hot | cold | warm | windy
season-days: the days are long in summer | the days are short in winter | in summer the days are long
    | in winter the days are short | the <animals> like spring | <friend-name> likes <season> | i love <season>
    | my favorite season is <season> | <season> is the favorite season of <friend-name>
    | <season> is my favorite season | <season> is a <season-good> season | which season is <season-so>
    | what season is it now | fall comes after summer | winter comes after fall | spring comes after winter
    | summer comes after spring
cloudy: white | gray | dark | no | many | some
thing-where: <thing-there> <on-place> | the <thing> was <in-place> | <whose> <thing> was <in-place>
    | <one-thing> is <color> | the <things> are <on-place-many> | <whose> <wear-many> are <on-place-many>
    | <whose> <things> are <things-look>
one-thing: the <maybe-look> <thing> | <whose> <thing> | the <look> <thing>
on-place: is <on-place-many> | was <on-place-many>
on-place-many: on the <furniture> | in the <container> | under the <hide-under> | behind the door | by the window
    | next to the <thing> | near the <furniture>
things-look: <color> | new | old | in the <container> | on the <furniture> | <color> and <color> | clean | dirty
    | very old
there-line: there is a <maybe-look> <small-thing> <on-place-many> | there is a <beast-look> <animal> <outside>
    | there are <few> <animals> <there-animals> | there are <few> trees <tree-where>
    | there are <few> <things> <on-place-many> | there was a <beast-look> <animal> near the <near>
    | there is some <drinkable> in the <cup> | there are <number> <schoolmates> <school-where>
    | there is a <sight> near the <near> | there is no <drinkable> in the <cup>
    | there were <few> people <people-where> | there is a party at <party-where> <party-when>
there-animals: on the farm | in the field | at the zoo | in the forest | by the river | in the barn | near the house
tree-where: in the park | in the garden | near the <near> | on the hill | by the lake
near: house | river | road | school | farm | bridge | lake
drinkable: milk | water | tea
cup: cup
schoolmates: boys | girls | children | books
school-where: in my class | in the room | at school
building: school | store | park | library | farm
sight: <building> | tall tree | small bridge | big house
people-where: in the park | on the bus | at the beach | on the train
party-where: my house | school | the park | the farm
party-when: today | tomorrow | on <day> | tonight
looks-line: <one-thing> is <look-word> | <someone> [be] <person-word> | <pronoun> [be] <person-word>
    | <friend-name> is <age> years old | <group> [be] <people-word> | the <pet> is <pelt>
    | the <pet> is <animal-word> and <animal-word> | the <pet> is <pelt> and <pelt>
    | the <animals> are <animal-word> | the <size> <animal> is <animal-word> | the <most> <animal> is <animal-word>
    | the trees <tree-where> are <tree-word> | the trees are green in <green-time>
    | the trees are <tree-fall> in fall | the trees are white in winter | <whose> <kin-he>@he [be] a <worker>
    | <whose> <kin-she>@she [be] a <worker> | the <food-one> is <taste> | the <hot-food> is <hot-taste>
    | the <foods> are <taste> | this <thing> is <color> | that <animal> is <animal-word>
    | these <things> are <things-look> | those <animals> are <animal-word> | this is <whose> <maybe-look> <thing>
    | that is a <beast-look> <animal> | <someone> [look] <face-word> today | the <building> is <place-word>
look-word: <color> | new | old | very <size> | <color> and <color> | clean | dirty | full
tree-word: tall | very tall | old | big | very old | very big
green-time: spring | summer
tree-fall: red | yellow | brown | orange | red and yellow | brown and yellow
person-word: <nature> | very <nature> | <face-word> | <nature> and <nature> | at home | at school | ready for school
    | late today | good at <class> | in the garden | strong
people-word: <nature> | very happy | <face-word> | at school | in the garden | in the park | late | ready for <meal>
    | good friends | at the zoo today
animal-word: <size> | hungry | fast | slow | strong | funny | clever | quiet | very <size> | wet
face-word: happy | sad | tired | hungry | angry | sick | cold | afraid | busy | thirsty
food-one: cake | apple | honey | orange | sandwich | cheese
hot-food: soup | bread | pizza | tea | fish | rice
foods: cookies | apples | eggs | carrots
taste: very good | ready | on the table | for <whose> <kin> | good
hot-taste: <taste> | hot | cold | too hot | very hot
place-word: closed today | open today | near the <near> | big | very old | new | next to the <near>
compare-line: a <big-one> is bigger than a <small-one> | a <small-one> is smaller than a <big-one>
    | the <big-one> is bigger than the <small-one> | the <fast-one> is faster than the <slow-one>
    | the <strong-one> is stronger than the <small-one> | a <strong-one> is stronger than a <small-one>
    | 2* <boy>@he is <more-person> than <friend-name> | 2* <girl>@she is <more-person> than <friend-name>
    | this <thing> is <more-size> than that one | this <used-thing> is older than that one
    | <whose> brother is <more-person> than <friend-name> | <whose> sister is <more-person> than <friend-name>
    | my <thing> is as <size> as your <thing> | <someone> [run] faster than the <slow-one> | the <best>
    | <friend-name> is the <most-person> <most-child> in <most-class> | i am <more-person> than <friend-name>
    | the <color> <thing> is <more-size> than the <color> one
big-one: horse | cow | bear | lion | elephant
thing-there: the <maybe-look> <small-thing> | <whose> <small-thing>
small-one: mouse | cat | rabbit | frog | hen | duck | fox
in-place: behind the house | next to the door | near the tree | in the garden | at school | in my room
fast-one: horse | dog | lion | fox | rabbit | cat
slow-one: cow | pig | sheep | duck | hen | frog
strong-one: <big-one>
best: elephant is the biggest animal at the zoo | mouse is the smallest animal on the farm
    | horse is the fastest animal on the farm
friend-name: <boy> | <girl>
more-person: older | younger | taller | faster | stronger
more-size: bigger | smaller
used-thing: coat | hat | book | bike | boat | drum | bag
most: biggest | smallest | fastest | oldest
most-person: fastest | oldest
most-child: child | one
most-class: my class | the class | the school | our school
having: [have] a <maybe-look> <thing> | [have] a <pet-look> <pet> | [have] <few> <things> | [have] <number> <pets>
    | [have] a new <thing> and a <pet> | [have] <eyes-hair> | [have] a new friend | [have] <class> on <day>
    | [have] a big family | [have] a small family | [have] a <kin> in the city | [have] a birthday party on <day>
    | [have] no <things> | [have] no bikes | [have] <few> bikes | [have] <few> <things> in {his} bag
eyes-hair: <eye> eyes | <hair> hair
eye: blue | brown | green | gray
hair: long | short | black | brown | red | gray
pets: cats | dogs | rabbits | birds | horses | hens
liking: [like] <likable> | [like] <likable> and <likable> | [love] {his} <kin> | [love] {his} <pet>
    | [love] <likable> | [want] a <maybe-look> <thing> | [want] some <drinkable> | [need] a <needed>
    | [need] new <wear-many> | [want] a <pet-look> <pet> | [like] <likable> very much | [need] help
    | [like] the <look> <thing> | [like] {his} new <thing> | [know] a good <story-song>
    | [know] the name of the <pet>
wanting: [want] a <maybe-look> <thing> | [want] some <drinkable> | [like] <likable> | [like] the <look> <thing>
    | [like] {his} new <thing> | [want] a <pet-look> <pet>
likable: <fruits> | <animals> | soup | cake | music | math | books | games | school | snow | the sea | pizza
    | flowers | ice cream
needed: warm coat | new <thing> | <pencil-paper> | doctor | friend | bigger bag
pencil-paper: pencil | key
story-song: story | song | game
"""
