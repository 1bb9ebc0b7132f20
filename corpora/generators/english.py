"""The grammar behind sentences.txt and questions.txt: who does what, where, when and why."""

PEOPLE = """
boy: tom | ben | sam | max | leo | jack
girl: anna | emma | lily | rosa
whose: 4* my | 2* our | his | her | your
kin-he: 2* father | 2* brother | grandpa | uncle
kin-she: 2* mother | 2* sister | grandma | aunt
kin: <kin-he> | <kin-she>
worker: teacher | nurse | farmer | doctor | baker
nature: kind | young | old | tall | happy | quiet | funny | brave | tired | hungry | busy | nice
maybe-nature: 3* | <nature>
someone: 4* <boy>@he | 4* <girl>@she | 2* <whose> <kin-he>@he | 2* <whose> <kin-she>@she | the <maybe-nature> boy@he
    | the <maybe-nature> girl@she | the <maybe-nature> man@he | the <maybe-nature> woman@she
    | the <maybe-nature> <worker>@he | the <maybe-nature> <worker>@she | <whose> friend@he | <whose> friend@she
pronoun: 2* i@i | you@you | 2* he@he | 2* she@she | 2* we@we | they@they
group: the children@they | the boys@they | the girls@they | my friends@they | our friends@they
    | all the children@they | 2* <boy> and <girl>@they | 2* <girl> and <boy>@they | my <kin> and i@we
    | my friend and i@we | <whose> mother and father@they | the two boys@they | the three girls@they
    | some children@they | the teachers@they
anyone: 6* <someone> | 3* <pronoun> | 3* <group>
friend: 2* <boy> | 2* <girl> | my friend | <whose> <kin> | the teacher | him | her | me | us | them
"""

THINGS = """
day: monday | tuesday | wednesday | thursday | friday | saturday | sunday
color: red | blue | green | yellow | brown | black | white | orange | gray
size: big | small | little | tiny
pelt: black | white | brown | gray
beast-look: 4* | <size> | old | young | hungry
pet-look: 3* | <pelt> | <size> | old | young
look: 3* <color> | 2* <size> | new | old
maybe-look: 2* | <look>
number: two | three | four | five | six | seven | eight | nine | ten
age: five | six | seven | eight | nine | ten
few: two | three | four | many | some | a few
toy: ball | kite | drum | boat | train
wear-one: coat | hat
wear-many: shoes | boots
thing: 3* <toy> | 2* <wear-one> | book | bag | box | cup | bike | key | pencil | flower | picture
small-thing: <toy> | <toy> | book | bag | box | cup | key | pencil | flower | picture | hat
things: books | balls | kites | toys | pencils | flowers | cups | keys | boxes
finds: stars | stones | flowers | leaves
pet: cat | dog | rabbit | bird | fish | horse | mouse
animal: 2* <pet> | cow | sheep | pig | hen | duck | bear | monkey | lion | elephant | frog | fox | owl
animals: cats | dogs | rabbits | birds | horses | cows | sheep | pigs | hens | ducks | bears | monkeys | lions
    | elephants | frogs | bees | mice
fruit: apple | banana | orange
fruits: apples | bananas
meal: breakfast | lunch | dinner
breakfast-food: eggs | a <fruit> | bread and cheese | bread and honey
lunch-food: soup | rice | a sandwich | pizza
dinner-food: fish and rice | soup and bread | fish | pizza | hot soup
snack: a <fruit> | some <fruits> | some cake | cookies | ice cream | a carrot
drink: milk | water | tea | cold water | warm milk | hot tea
book-about: a book about <animals> | a book about the <sky-thing> | a story about a <nature-animal>
nature-animal: brave mouse | little bear | clever fox | kind lion | funny monkey | lost dog
sky-thing: moon | sun | stars | sea | sky
song: a song | a happy song | a new song | a song about the <sky-thing>
in-house: in the kitchen | in {his} room | at home | in the house
outside: in the garden | in the park | outside | under the tree | in the field
water: in the lake | in the sea | in the river
place: the park | the zoo | the farm | the beach | the library | the store | the lake | the garden | the forest
    | the city | the river
walk-place: the hill | the park | the river | the bridge | the lake | the forest | the garden | the store
class: math | music | reading
"""

DOING = """
doing: 3* <eating> | <drinking> | <cooking> | 4* <playing> | 3* <reading> | <writing> | 5* <going> | 3* <helping>
    | 3* <watching> | 2* <feeding> | 3* <buying> | 2* <cleaning> | <opening> | 3* <giving> | 2* <making>
    | 2* <singing> | 2* <moving> | 2* <finding> | 2* <learning> | 2* <wearing> | 2* <carrying> | <growing>
    | <talking> | <resting> | <throwing> | <riding> | <visiting> | <telling>
eating: [eat] <breakfast-food> for breakfast | [eat] <lunch-food> for lunch | [eat] <dinner-food> for dinner
    | 2* [eat] <snack> | [eat] <snack> after school | [eat] <snack> <outside> | [eat] lunch with <friend>
    | [eat] dinner at home | [eat] lunch at school | [have] <lunch-food> for lunch
drinking: 2* [drink] <drink> | [drink] a cup of tea | [drink] milk with breakfast
cooking: [cook] <dinner-food> for dinner | [cook] <lunch-food> for <friend> | [bake] bread in the kitchen
    | [bake] a cake for <friend> | [bake] cookies with <friend> | [cook] dinner | [make] soup for dinner
    | [make] a sandwich for <friend>
playing: 2* [play] with <friend> <outside> | [play] with a <maybe-look> <toy> | [play] with {his} <toy>
    | [play] games with <friend> | [play] ball <outside> | [play] a game <in-house> | [play] the piano
    | [play] the drum | [play] in the snow | [play] after school | [play] with the <pet> <outside>
    | [hide] behind the <hideout> | [hide] under the table
hideout: door | tree | house | big box | wall
reading: [read] <book-about> | [read] a <maybe-look> book | [read] {his} book <in-house>
    | [read] a story to <friend> | [read] in bed | [read] a book at school | [read] books <outside>
    | [look] at a book about <animals>
writing: [write] {his} name | [write] a story about a <animal> | [write] with a <color> pencil
    | [draw] a picture of a <animal> | [draw] a <beast-look> <animal> | [draw] a house and a tree
going: 3* [go] to <place> | 2* [go] to school <by> | 2* [go] to <place> with <friend> | [go] to bed
    | [go] home after school | [walk] to school | [walk] to <walk-place> | [walk] home with <friend>
    | [walk] over the bridge | [walk] up the hill | [walk] in the rain | [run] to the <run-place> | [run] home
    | [come] home from school | [come] to my house | [take] the bus to <place> | [take] the train to the city
    | [go] for a walk with the dog
by:  | by bus | by bike | by car | with <friend>
run-place: door | tree | park | bus
helping: 2* [help] <friend> | [help] <friend> <help-how> | [help] {his} <kin> <help-how> | [help] in the kitchen
    | [help] on the farm | [ask] the teacher for help
help-how: in the garden | in the kitchen | at home | at school | with the cows | find the key | clean the house
    | make dinner | open the box
watching: [watch] the <animals> | [watch] the <animals> at the zoo | [look] at the stars | [look] at the moon
    | [watch] the rain | [watch] the birds <outside> | [see] a <animal> <outside> | [see] the <animals> at the farm
    | [see] a <maybe-look> boat on the lake | [look] out of the window
feeding: [feed] the <pet> | [feed] the <animals> | [feed] the ducks by the <pond> | [wash] the dog
    | [take] the dog to the park | [feed] the cat before breakfast
pond: pond | lake | river
buying: [buy] <snack> at the store | [buy] a <look> <thing> | [buy] a <maybe-look> <thing> for <friend>
    | [buy] some <buyable> at the store | [buy] <few-things>
buyable: milk | bread | rice | eggs | cheese | paper | apples
few-things: <few> <things>
cleaning: [clean] {his} room | [clean] the <cleanable> | [wash] the <washable> | [wash] {his} hands
    | [wash] {his} face | [help] wash the car
cleanable: kitchen | house | window | table | barn | room
washable: car | cups | bike | dog | window
opening: [open] the <openable> | [close] the <openable> | [open] a <maybe-look> box | [close] {his} book
    | [open] the door for <friend>
openable: door | window | box | bag
giving: [give] <friend> a <maybe-look> <thing> | [give] a <thing> to <friend> | [give] <friend> <snack>
    | [give] the dog some water
making: [make] a <makeable> | [make] a <makeable> with <friend> | [build] a <buildable>
    | [build] a <buildable> with <friend> | [make] a kite of paper | [make] a hat of paper
    | [build] a bridge with stones
makeable: cake | kite | sandwich | paper boat
buildable: house for the birds | small house | big boat | wall
singing: [sing] <song> | [sing] <song> to <friend> | [sing] with <friend> | [sing] in the rain | [sing] at school
moving: [run] <fast> | [run] around the <around> | [jump] over the <jumpable> | [climb] the <climbable>
    | [swim] <water> | [swim] with <friend> | [jump] up and down | [run] after the ball | [climb] up the tree
    | [walk] <slow>
fast: fast | very fast | as fast as a horse | around the house
slow: slowly | very slowly | with <friend>
around: tree | house | park | lake | field
jumpable: wall | box
climbable: tree | hill | wall
finding: [find] a <maybe-look> <thing> <found-where> | [find] <few> <finds> <found-where>
    | [lose] {his} <wear-one> at school | [lose] {his} <thing> | [find] {his} <wear-many> under the bed
    | [look] for the <pet> | [look] for {his} <wear-many>
found-where: in the grass | under the bed | in the park | behind the door | near the river | on the road
    | in the box
learning: [learn] to <skill> | [learn] about <animals> at school | [learn] a new song | [learn] math at school
    | [learn] to read music
skill: swim | read | write | cook | ride a bike | play the piano | ride a horse | draw | sing
wearing: [wear] a <maybe-look> <wear-one> | [wear] <color> <wear-many> | [wear] a <color> <wear-one> to school
    | [wear] {his} new <wear-many> | [wear] a warm coat | [wear] a <color> hat and <color> <wear-many>
carrying: [put] the <small-thing> on the <furniture> | [put] the <small-thing> in the <container>
    | [put] the <things> in the <container> | [take] the <thing> home | [put] on {his} <wear-many>
furniture: table | chair | bed
container: box | bag
growing: [plant] <plants> in the garden | [plant] a tree | [grow] <grown> in the garden | [grow] corn on the farm
    | [plant] <plants> in spring
plants: flowers | carrots | corn | seeds
grown: flowers | carrots | corn
talking: [say] hello to <friend> | [say] thank you to <friend> | [say] good night to <friend>
topic: game | story | weather | party | zoo
resting: [sleep] in <bed> | [sit] on the <seat> | [sit] next to <friend> | [sit] under the tree | [stay] at home
    | [stand] by the <stand> | [sit] in the sun | [sleep] late | [stay] inside
bed: bed | a <size> bed | {his} room | the car
seat: chair | bed | grass
stand: door | window | tree | road
throwing: [catch] the ball | [catch] a fish in the <pond>
riding: [ride] a <maybe-look> bike | [ride] a bike to school | [ride] {his} bike <outside>
    | [ride] a horse on the farm | [fly] a <maybe-look> kite | [fly] {his} kite on the hill | [ride] the bus
visiting: [visit] {his} <kin> | [visit] the <visitable> | [visit] {his} friend in the city | [visit] <friend>
    | [stay] with {his} grandma | [stay] <stay-at> for <number> days
visitable: zoo | farm | city | library | baby | doctor
stay-at: at the farm | at the lake | at the beach | in the city
telling: [tell] <friend> a story | [tell] <friend> about the <topic> | [tell] a funny story
    | [ask] about the <topic>
"""

ANIMALS = """
the: 4* the | 2* my | our | a
farm-the: 4* the | 2* our | a
wild-the: 3* the | a
coat: 3* | <size> | black | white | brown | gray | old | young | happy | hungry
wild-coat: 3* | big | small | old | young | hungry | brown | quiet | clever
creature: 3* <pet-act> | 3* <farm-act> | 2* <wild-act>
pet-act: <the> <coat> cat@it <cat-act> | the <coat> cats@they <cat-act> | <the> <coat> dog@it <dog-act>
    | the <coat> dogs@they <dog-act> | <the> <coat> rabbit@it <rabbit-act> | the <coat> rabbits@they <rabbit-act>
    | the <coat> bird@it <bird-act> | the <coat> birds@they <bird-act> | the <coat> mouse@it <mouse-act>
    | the mice@they <mouse-act> | <the> <coat> horse@it <horse-act> | the <coat> horses@they <horse-act>
farm-act: <farm-the> <coat> cow@it <cow-act> | the <coat> cows@they <cow-act> | <farm-the> <coat> pig@it <pig-act>
    | the pigs@they <pig-act> | the <coat> sheep@they <sheep-act> | <farm-the> <coat> sheep@it <sheep-act>
    | <farm-the> <coat> hen@it <hen-act> | the hens@they <hen-act> | the <coat> duck@it <duck-act>
    | the ducks@they <duck-act>
wild-act: <wild-the> <wild-coat> bear@it <bear-act> | the bears@they <bear-act>
    | <wild-the> <wild-coat> monkey@it <monkey-act> | the monkeys@they <monkey-act>
    | the <wild-coat> lion@it <lion-act> | the lions@they <lion-act> | the <wild-coat> elephant@it <elephant-act>
    | the elephants@they <elephant-act> | <wild-the> <wild-coat> frog@it <frog-act> | the frogs@they <frog-act>
    | <wild-the> <wild-coat> fox@it <fox-act> | <wild-the> <wild-coat> owl@it <owl-act> | the bees@they <bee-act>
    | a bee@it <bee-act> | the bee@it <bee-act> | the <color> fish@it <fish-act>
cat-act: [drink] milk | [chase] the mouse | [sleep] on my bed | [sleep] in the sun | [climb] the tree
    | [sit] on the wall | [eat] fish | [play] with the ball | [run] after a <color> bird
    | [hide] under the <hide-under> | [look] at the bird | [jump] on the table
dog-act: [eat] meat | [run] after the cat | [sleep] by the door | [play] with a ball | [chase] the <color> cat
    | [swim] <water> | [drink] water | [run] <outside> | [walk] with <friend>
rabbit-act: [eat] carrots | [hide] in the grass | [run] very fast | [eat] leaves | [run] into the forest
bird-act: [sing] in the tree | [fly] over the house | [eat] seeds | [build] a nest | [sing] in the morning
    | [fly] over the <over> | [sit] in a tree | [fly] away | [wash] in the rain
over: lake | hill | river | city | field | clouds
mouse-act: [eat] cheese | [hide] in the wall | [run] from the cat | [live] in the wall
    | [run] under the <hide-under> | [hide] from the owl
horse-act: [eat] grass | [run] in the field | [run] very fast | [eat] apples | [sleep] in the barn
    | [drink] from the river | [stand] in the rain
cow-act: [eat] grass | [stand] in the field | [sleep] in the barn | [give] us milk | [walk] to the river
    | [walk] down the road | [drink] from the lake
sheep-act: [eat] grass | [stand] in the field | [sleep] in the barn | [walk] to the river | [walk] down the road
    | [drink] from the lake | [run] from the dog
pig-act: [eat] corn | [sleep] in the mud | [play] in the mud | [run] around the barn | [walk] into the kitchen
hen-act: [eat] corn | [sit] on the eggs | [eat] seeds | [sleep] in the barn | [give] us eggs
duck-act: [swim] <water> | [eat] bread | [walk] to the <pond> | [fly] over the lake | [sleep] by the <pond>
    | [swim] with the <duck-with>
duck-with: fish | frogs
bear-act: [eat] honey | [sleep] in the cave | [climb] the tree | [catch] a fish | [sleep] all winter
    | [walk] in the forest
monkey-act: [eat] bananas | [climb] the tree | [jump] from tree to tree | [play] in the tree
lion-act: [eat] meat | [sleep] in the sun | [sleep] under a tree | [run] after the horse | [look] at the monkey
    | [drink] from the river
elephant-act: [eat] leaves | [drink] from the river | [wash] in the lake | [walk] slowly | [walk] to the water
frog-act: [jump] into the <pond> | [eat] bugs | [swim] in the pond | [sing] at night | [hide] in the mud
fox-act: [chase] the hen | [hide] in the forest | [sleep] in the cave | [run] over the hill | [look] for food
    | [catch] a mouse
owl-act: [sleep] all day | [fly] at night | [catch] a mouse | [sit] in the tree | [look] at the moon | [eat] mice
bee-act: [make] honey | [fly] from flower to flower | [live] in the tree | [work] all day | [fly] around the flowers
    | [fly] over the garden
fish-act: [swim] <water> | [eat] bugs | [live] in the pond | [jump] out of the water
hide-under: bed | table | chair | car
"""

WORLD = """
weather-now: 6* it is <weather> | 2* the sun is <sunny> | 2* the sky is <sky> | 2* the wind is <windy>
    | the snow is <snowy>
weather: 2* raining | snowing | 2* cold | hot | warm | windy | sunny | very cold | very hot | very windy
    | a nice day | a cold day | a warm day
sunny: shining | hot | warm | behind the clouds
sky: blue | gray | dark | full of clouds | full of stars
windy: cold | strong | warm
snowy: white | cold | on the trees
season: spring | summer | fall | winter
where-outside: in the city | at the beach | on the hill | on the farm | in the forest | here | by the sea
out-weather: raining | snowing | cold | hot | warm | windy | sunny | very cold | very hot
weather-line: 3* <weather-now> today | 2* <weather-now> now | it is <season> now | it was <weather> yesterday
    | it was <weather> last night | it was <weather> last week | it will rain <later> | it will snow <later>
    | it rained all <all-time> | it snowed all <all-time> | it is <out-weather> <where-outside> today
    | the rain fell on the <fell-on> | the snow fell on the <fell-on> | <where-outside> it is <out-weather> today
    | the wind is strong <where-outside> | the sun is shining on the <fell-on> | the moon is <moon> tonight
    | <season-weather> | the leaves fall from the trees in fall | the flowers grow in spring | <season-days>
    | there are <cloudy> clouds in the sky | the <color> leaves fall from the tree | the sun comes up in the morning
    | the sun goes down in the evening | at night the sky is dark
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
thing-where: <small-one> <on-place> | the <thing> was <in-place> | <whose> <thing> was <in-place>
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
small-one: the <maybe-look> <small-thing> | <whose> <small-thing>
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
hair: black | brown | red | long | short | gray
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

LINES = """
line: 30* <plain> | 16* <creature-line> | 6* <looks-line> | 3* <compare-line> | 5* <there-line> | 4* <weather-line>
    | 5* <thing-where> | 6* <have-line> | 6* <like-line> | 9* <ask> | 5* <order> | 16* <joined> | 3* <said>
    | 2* <fact> | 5* <timed> | 3* <seasonal> | 2* <reply>
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
spring-doing: [plant] <plants> | [work] in the garden | [look] for flowers | [walk] in the rain | [watch] the birds
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
not-swimmer: hen | owl | mouse
flyer: bird | owl | duck
not-flyer: <pet-beast> | pig | cow | sheep | lion | elephant | frog | bear | monkey
pet-beast: cat | dog | rabbit | horse
climber: cat | monkey | bear
not-climber: cow | pig | horse | duck | elephant | dog
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
tiring: [run] all day | [work] all day | [walk] up the hill | [play] all day | [swim] in the lake
eaten: sandwich | <meal> | cake | cookies | hat | bread
big-animal: lion | bear | elephant | horse
scary: big | so big | very fast | hungry
too-much: many cookies | much cake
because-did: [stay] at home because it was <bad-weather> | [stay] in bed because {he} [be] sick
    | [drink] water because {he} [be] thirsty | [eat] a <fruit> because {he} [be] hungry
    | [go] to bed because {he} [be] tired | [wear] a coat because it was cold | [run] because {he} [be] late
    | [open] the window because it was hot | [close] the window because it was windy
bad-weather: raining | snowing | cold | too hot | windy
when: #past when <someone> [come] home {he} <doing> | #present when it rains <anyone> <if-doing>
    | #past when it snowed <anyone> <snow-doing> | #past when the sun came up <creature>
    | #past <anyone> <doing> when it rained | #present when the cat is away the mice play
    | #past when <whose> <kin-he>@he [be] young {he} <doing>
    | #past when <whose> <kin-she>@she [be] young {he} <doing>
    | #past <anyone> [be] happy when {he} [see] the <animal> | #present <anyone> [be] happy when {he} <doing>
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
fact: <sum> | <day-fact> | 4* <opposites> | 3* <job> | a <four-legged> has four legs
    | the <four-legged> has four legs | a <two-legged> has two legs | the <two-legged> has two legs
    | a week has seven days | my favorite <favorite> | i am <age> years old today
    | the first day of the week is sunday | <anyone> [have] <number> <counted> and <number> <counted>
    | <friend-name> lives <lives> | #present <someone> [live] <lives>
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
lives: in the city | on a farm | near the sea | next to the <building> | in a <look> house | by the lake
sum: one and one make two | one and two make three | two and two make four | two and three make five
    | three and three make six | three and four make seven | four and four make eight | four and five make nine
    | five and five make ten | one and three make four | one and four make five | one and five make six
    | two and four make six | two and five make seven | three and five make eight | one and six make seven
    | two and six make eight | three and six make nine | four and six make ten
day-fact: monday comes after sunday | tuesday comes after monday | wednesday comes after tuesday
    | thursday comes after wednesday | friday comes after thursday | saturday comes after friday
    | sunday comes after saturday
favorite: color is <color> | day is <day> | animal is the <animal> | season is <season> | food is <favorite-food>
    | class is <class> | book is about <animals>
favorite-food: pizza | soup | rice | cake | ice cream | cheese | fish
"""

ASKING = """
ask: <where> | <what> | <who> | <how> | <yes-no> | <why> | <when-ask> | <which>
where: #base where [do>] <anyone> <where-does> | where [be>] <whose> <thing>@it
    | where [be>] <whose> <wear-many>@they | where [be>] the <pet-look> <pet>@it
    | where did <anyone> #base <where-did> | where [be>] the <things>@they | where [be>] the bikes@they
    | where can #base <pronoun> <where-can> | where [be>] <someone> <now-when> | where is the <building>
    | where will <anyone> #base <where-will> <future-time>
where-does: [live] | [play] | [work] | [sleep] | [go] after school | [eat] lunch | [hide]
where-did: [go] <past-time> | [find] the <thing> | [put] the <thing> | [see] the <animal> | [buy] the <thing>
    | [lose] {his} <thing> | [hide] the <thing> | [catch] the fish
where-can: [buy] some <buyable> | [see] the <animals> | [find] a <thing> | [ride] a bike | [play] ball | [swim]
where-will: [go] | [play] | [eat] lunch | [sleep] | [sit]
now-when:  | now | today
what: #base what [do>] <anyone> <what-does> | what did <anyone> #base <what-did> | 2* what [be>] <anyone> <what-ing>
    | what will <anyone> #base <what-will> | what color is <one-thing> | what color are <whose> <wear-many>
    | what is in the <maybe-look> <container> | what is under the <hide-under> | what day is it today
    | what is the name of your <pet> | what is your favorite <favorite-what> | what do <animals> eat
    | what [do>] the <animal>@it eat | what time is it | what time does <friend-name> go to school
what-does: [want] for <meal> | [like] to eat | [do] after school | [eat] for <meal> | [have] in {his} <bag-hand>
    | [need] | [think] about the <topic> | [want] to be | [see] in the sky
bag-hand: bag | box | room
what-did: [eat] for <meal> | [buy] at the store | [do] <past-time> | [see] at the <seen-at>
    | [find] in the <find-in> | [make] for <friend> | [read] <past-time> | [say] to <friend>
    | [learn] at school today | [draw] | [lose]
seen-at: zoo | farm | beach
find-in: box | garden | grass | bag
what-ing: 3* doing <now-when> | eating | reading | making | looking at | drinking | washing | going to do <now-when>
what-will: [do] <future-time> | [eat] for <meal> | [buy] at the store | [wear] to the party | [make] for <friend>
    | [read] next
favorite-what: color | animal | food | season | day | book | class | game
who: who <who-past> | who is <who-is> | who has <who-has> | who will #base <doing-we> with me
    | who wants #base to <doing-we> | who lives in the <lived-in> | who can #base <skill> | #past who@he <doing>
    | who likes <likable>
who-is: your teacher | your friend | at the door | in the <cleanable> | that <worker-child>
    | the <most-person> child in the class | <who-ing> with <friend> | ready for <meal> | afraid of the <big-animal>
    | hungry | late today
worker-child: man | woman | boy | girl | child
who-ing: playing | walking | singing | swimming | reading
who-has: a <maybe-look> <thing> | my <thing> | the <maybe-look> <thing> | a <pet-look> <pet> | <number> <things>
who-past: ate the <food-one> | took my <thing> | made this <makeable> | opened the <openable> | won the game
    | found the <thing> | drew this picture | washed the <washable> | told you about the <topic>
    | gave you that <thing>
lived-in: <look> house | house by the <near> | forest | barn | cave | city
how: how many <things> [do>] <anyone> have | how many <animals> are there <there-animals>
    | how many legs does a <animal> have | how old is <friend-whose> | how does <friend-name> go to school
    | how much is the <thing> | how [be>] <someone> today | how many <pets> [do>] <someone> have
    | how [do>] <anyone> make <how-make> | how tall is <friend-whose> | how fast can a <animal> run
    | how many <counted> do you want | how many <things> did <anyone> #base <how-found>
how-found: [find] | [buy] | [see] | [lose]
friend-whose: <friend-name> | <whose> <kin> | your <pet> | the baby
how-make: soup | bread | a kite | a paper boat | cookies | tea
yes-no: #base [do>] <anyone> <yes-likes> | [be>] <anyone> <yes-be> | can <anyone> #base <can-do>
    | did <anyone> #base <did-do> | is the <maybe-look> <small-thing> <on-place-many> | is it <weather> <now-when>
    | will <anyone> #base <doing> <future-time> | is there a <building> near here
    | is this your <maybe-look> <thing> | do you know <known> | does the <animal>@it like <animal-likes>
yes-likes: [like] <likable> | [like] to <skill> | [have] a <maybe-look> <thing> | [want] <snack> | [need] help
    | [know] <friend> | [want] to play with us | [like] the <look> <thing> | [walk] to school | [have] a <pet>
yes-be: <face-word> | ready | at home | late | ready for <meal> | going to <place> | <nature> | in the garden
can-do: [swim] | [read] | [see] the <sky-thing> | <doing> | [help] me <help-how> | [ride] a bike
    | [find] the <thing> | [come] to my party | [climb] the <climbable>
did-do: <doing> | [see] the <animals> | [eat] all the <foods> | [find] {his} <thing> | [close] the <openable>
    | [feed] the <pet> | [lose] {his} <thing> | [win] the game | [clean] the <cleanable>
known: where <someone> [live:he] | who has the <thing> | what the <animal> eats | this song | my name
    | where my <thing> is | why the <animal> is <animal-word> | how to <skill>
animal-likes: <likable> | to <run-jump> | to eat <fruits>
run-jump: run | jump | play | sleep in the sun
why: why [be>] <anyone> so <face-word> | why did <anyone> #base <doing> | why [do>] <anyone> #base <why-does>
    | why is the <animal> <animal-word> | why is the sky <sky> | why do <animals> #base <run-jump>
    | why is the <small-thing> <on-place-many> | why is it so <so-weather> today
why-does: [like] <likable> | [wear] a <look> <wear-one> | [go] to bed so late | [run] so fast | [want] a <thing>
    | [love] {his} <pet>
so-weather: cold | hot | windy | warm | dark
when-ask: when will <anyone> #base <doing> | when does the <opens> <open-close> | when is <whose> birthday
    | when did <anyone> #base <did-when> | when [do>] <anyone> #base <when-does> | when will it <rain-snow>
    | when can we #base <doing-we>
opens: store | library | zoo | school
open-close: open | close
did-when: [come] home | [go] to bed | [buy] the <thing> | [visit] <friend> | [see] the <animal> | [learn] to <skill>
    | [clean] the <cleanable>
when-does: [go] to school | [eat] <meal> | [go] to bed | [come] home | [play] with <friend> | [feed] the <animals>
which: which <thing> do you want | which animal is the <most> | which of the <animals> is the <most>
    | which <thing> is <more-size> | which <thing> is <color> | which animal can <swim-fly>
    | which <class-book> do you like | which animal <eats-what>
swim-fly: swim | fly | climb a tree | run very fast
class-book: book | game | song | color | class | season
eats-what: eats grass | drinks milk | lives in the forest | lives on the farm | sleeps in the barn | gives us milk
    | eats bugs
"""

RULES = PEOPLE + THINGS + DOING + ANIMALS + WORLD + LINES + ASKING
