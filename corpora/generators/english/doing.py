"""What people do: verb phrases for any subject and any tense."""

RULES = """
doing: 4* <playing> | 5* <going> | 3* <reading> | 4* <eating> | 3* <helping> | 3* <watching> | 2* <feeding>
    | 3* <giving> | <riding> | <drinking> | <cooking> | 3* <buying> | 2* <cleaning> | 2* <making> | 2* <singing>
    | 2* <moving> | 2* <finding> | 2* <learning> | 2* <wearing> | 2* <carrying> | <growing> | <talking> | <throwing>
    | <visiting> | <telling> | <opening> | <writing> | <resting>
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
topic: weather | game | story | party | zoo
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
telling: [ask] about the <topic> | [tell] <friend> a story | [tell] <friend> about the <topic>
    | [tell] a funny story
"""
