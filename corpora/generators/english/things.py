"""The nouns: things, animals, food, places, days."""

RULES = """
day: monday | tuesday | wednesday | thursday | friday | saturday | sunday
color: red | blue | green | yellow | brown | black | white | orange | gray
size: big | small | little | tiny
pelt: black | white | brown | gray
beast-look: 4* | <size> | old | young | hungry
pet-look: 3* | <pelt> | <size> | old | young
look: 3* <color> | 2* <size> | new | old
maybe-look: 2* | <look>
number: seven | eight | nine | ten | two | three | four | five | six
age: seven | eight | five | six | nine | ten
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
