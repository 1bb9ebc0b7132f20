"""Animals and what they do."""

RULES = """
the: 4* the | 2* my | our | a
farm-the: 4* the | 2* our | a
wild-the: 3* the | a
coat: 3* | <size> | black | white | brown | gray | old | young | happy | hungry
wild-coat: 3* | big | small | old | young | hungry | brown | quiet | clever
creature: 3* <wild-act> | 4* <farm-act> | 4* <pet-act>
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
bird-act: [build] a nest | [sing] in the tree | [fly] over the house | [eat] seeds | [sing] in the morning
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
frog-act: [eat] bugs | [jump] into the <pond> | [swim] in the pond | [sing] at night | [hide] in the mud
fox-act: [look] for food | [chase] the hen | [hide] in the forest | [sleep] in the cave | [run] over the hill
    | [catch] a mouse
owl-act: [sleep] all day | [fly] at night | [catch] a mouse | [sit] in the tree | [look] at the moon | [eat] mice
bee-act: [work] all day | [make] honey | [fly] from flower to flower | [live] in the tree | [fly] around the flowers
    | [fly] over the garden
fish-act: [eat] bugs | [swim] <water> | [live] in the pond | [jump] out of the water
hide-under: bed | table | chair | car
"""
