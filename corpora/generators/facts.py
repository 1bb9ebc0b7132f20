"""The facts of a small world, free of contradictions, for statements.txt and dialogue.txt.

A fact has its statements, its questions with their answers (`asks`), and its indirect questions for use in other
sentences (`indirect`: I know `what the cow eats`).
"""

from collections import namedtuple

Fact = namedtuple("Fact", "statements asks indirect")

# singular, plural, food, where it sleeps, size (1 to 9), legs, what it can do, what it can not do
ANIMALS = [
    [part.strip() for part in row.split("|")]
    for row in """
bear     | bears     | honey   | in the cave  | 8 | four | swim, climb a tree | fly, sing, read
bird     | birds     | seeds   | in a nest    | 1 | two  | fly, sing          | swim, read
cat      | cats      | fish    | on the bed   | 3 | four | climb a tree       | fly, sing, read
cow      | cows      | grass   | in the barn  | 8 | four |                    | climb a tree, fly, sing, read
dog      | dogs      | meat    | by the door  | 4 | four | swim               | climb a tree, fly, read
duck     | ducks     | bread   | by the pond  | 3 | two  | swim, fly          | climb a tree, sing, read
elephant | elephants | leaves  | at the zoo   | 9 | four | swim               | climb a tree, fly, sing, read
fish     | fish      | bugs    | in the sea   | 1 | no   | swim               | climb a tree, fly, sing, read
frog     | frogs     | bugs    | in the mud   | 1 | four | swim, sing         | fly, read
hen      | hens      | corn    | in the barn  | 3 | two  |                    | climb a tree, swim, sing, read
horse    | horses    | apples  | in the field | 8 | four | swim               | climb a tree, fly, sing, read
lion     | lions     | meat    | under a tree | 8 | four | climb a tree       | fly, sing, read
monkey   | monkeys   | bananas | in a tree    | 4 | four | climb a tree       | fly, sing, read
mouse    | mice      | cheese  | in the wall  | 1 | four | climb a wall       | fly, sing, read
pig      | pigs      | corn    | in the mud   | 6 | four | swim               | climb a tree, fly, sing, read
rabbit   | rabbits   | carrots | in the grass | 2 | four |                    | climb a tree, fly, sing, read
sheep    | sheep     | grass   | in the field | 6 | four |                    | climb a tree, fly, sing, read
""".strip().splitlines()
]

# name, animal, food, color, where, age, what the child can do, class
CHILDREN = [
    row.split(", ")
    for row in """
anna, cat, soup, red, by the lake, seven, swim, math
ben, dog, pizza, blue, on a farm, eight, ride a bike, music
emma, horse, apples, green, near the forest, nine, ride a horse, math
jack, fish, rice, yellow, by the sea, six, climb a wall, reading
leo, rabbit, carrots, brown, in the city, ten, play the piano, music
lily, bird, cake, white, near the park, five, sing, reading
max, mouse, cheese, gray, next to the store, eight, cook, math
rosa, duck, bread, orange, near the river, seven, draw, music
sam, pig, eggs, black, near the school, nine, write, reading
tom, frog, cookies, green, behind the hill, six, read, math
""".strip().splitlines()
]

COLORS = {
    "red": "the apple",
    "green": "the grass|the frog",
    "blue": "the sky|the sea",
    "yellow": "the sun|the banana|the corn|the duck|the lion",
    "white": "the snow|the milk|the moon|the rice|the sheep",
    "brown": "the bear|the mud|the horse|the owl",
    "orange": "the carrot|the orange|the fox",
    "gray": "the elephant|the mouse|the rain",
    "black": "the night|the road",
}
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SEASONS = "spring summer fall winter".split()
NUMBERS = "one two three four five six seven eight nine ten".split()
OPPOSITES = """
big small|hot cold|fast slow|happy sad|old young|long short|up down|open closed|clean dirty|day night
yes no|inside outside|black white|summer winter|before after|bigger smaller|first last|always never|many few
""".replace("\n", "|").strip("|").split("|")
# who, does, what, where
WORK = [
    row.split(", ")
    for row in """
baker, bakes, bread, in the kitchen
farmer, grows, corn, on the farm
teacher, helps, children, at the school
doctor, helps, sick people, in the city
""".strip().splitlines()
]
GIFTS = [("cow", "gives us", "milk"), ("hen", "gives us", "eggs"), ("bee", "makes", "honey")]


def a(noun):
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def animal_facts():
    eaten = [animal[2] for animal in ANIMALS]
    for one, many, food, bed, _, legs, _, _ in ANIMALS:
        yield Fact(
            [
                f"the {one} eats {food}",
                f"{many} eat {food}",
                f"the {one} likes to eat {food}",
                f"{a(one)} likes {food}",
                f"{many} like {food}",
            ],
            [
                (f"what does the {one} eat", f"the {one} eats {food}"),
                (f"what does {a(one)} eat", f"{a(one)} eats {food}"),
                (f"what do {many} eat", f"{many} eat {food}"),
                (f"what does the {one} like", f"the {one} likes {food}"),
                (f"what food does the {one} like", f"the {one} likes {food}"),
                (f"what do {many} like", f"{many} like {food}"),
            ],
            [f"what the {one} eats", f"what {many} eat", f"what food the {one} likes"],
        )
        if eaten.count(food) == 1:
            yield Fact(
                [f"the animal that eats {food} is the {one}"],
                [
                    (f"which animal eats {food}", f"the {one} eats {food}"),
                    (f"which animal likes {food}", f"the {one} likes {food}"),
                ],
                [f"which animal eats {food}"],
            )
        yield Fact(
            [f"the {one} sleeps {bed}", f"{many} sleep {bed}", f"{a(one)} sleeps {bed}"],
            [
                (f"where does the {one} sleep", f"the {one} sleeps {bed}"),
                (f"where does {a(one)} sleep", f"{a(one)} sleeps {bed}"),
                (f"where do {many} sleep", f"{many} sleep {bed}"),
            ],
            [f"where the {one} sleeps", f"where {many} sleep"],
        )
        yield Fact(
            [
                f"{a(one)} has {legs} legs",
                f"{many} have {legs} legs",
                f"look at the {one} it has {legs} legs",
                f"look at the {many} they have {legs} legs",
            ],
            [
                (f"how many legs does {a(one)} have", f"it has {legs} legs"),
                (f"how many legs does the {one} have", f"it has {legs} legs"),
                (f"how many legs do {many} have", f"they have {legs} legs"),
            ],
            [f"how many legs {a(one)} has"],
        )


def skill_facts():
    for one, many, _, _, _, _, skills, others in ANIMALS:
        for skill in filter(None, skills.split(", ")):
            yield Fact(
                [f"{a(one)} can {skill}", f"{many} can {skill}"],
                [
                    (f"can {a(one)} {skill}", f"yes {a(one)} can {skill}"),
                    (f"can the {one} {skill}", f"yes the {one} can {skill}"),
                    (f"can {many} {skill}", f"yes {many} can {skill}"),
                ],
                [],
            )
        for skill in others.split(", "):
            yield Fact(
                [f"{a(one)} can not {skill}", f"{many} can not {skill}"],
                [
                    (f"can {a(one)} {skill}", f"no {a(one)} can not"),
                    (f"can the {one} {skill}", f"no the {one} can not"),
                    (f"can {many} {skill}", f"no {many} can not"),
                ],
                [],
            )


def size_facts():
    for one, _, _, _, size, _, _, _ in ANIMALS:
        for other, _, _, _, other_size, _, _, _ in ANIMALS:
            if int(size) - int(other_size) > 1:
                yield Fact(
                    [f"{a(one)} is bigger than {a(other)}", f"the {other} is smaller than the {one}"],
                    [
                        (f"is {a(one)} bigger than {a(other)}", "yes it is"),
                        (f"is {a(other)} smaller than {a(one)}", "yes it is"),
                        (f"is {a(one)} smaller than {a(other)}", "no it is not"),
                        (f"is {a(other)} bigger than {a(one)}", "no it is not"),
                    ],
                    [],
                )


def child_facts():
    for number, (name, animal, food, color, where, age, skill, lesson) in enumerate(CHILDREN):
        _, other_animal, other_food, *_ = CHILDREN[(number + 1) % len(CHILDREN)]
        yield Fact(
            [f"{name} has {a(animal)}", f"the {animal} of {name} is very nice"],
            [
                (f"which animal does {name} have", f"{name} has {a(animal)}"),
                (f"who has {a(animal)}", f"{name} has {a(animal)}"),
                (f"does {name} have {a(animal)}", f"yes {name} has {a(animal)}"),
                (f"does {name} have {a(other_animal)}", f"no {name} has {a(animal)}"),
            ],
            [f"which animal {name} has", f"who has {a(animal)}"],
        )
        yield Fact(
            [f"{name} likes to eat {food}", f"{name} likes {food}"],
            [
                (f"what does {name} like to eat", f"{name} likes to eat {food}"),
                (f"what food does {name} like", f"{name} likes {food}"),
                (f"who likes {food}", f"{name} likes {food}"),
                (f"does {name} like {food}", f"yes {name} likes {food}"),
                (f"does {name} like {other_food}", f"no {name} likes {food}"),
            ],
            [f"what {name} likes to eat", f"who likes {food}"],
        )
        yield Fact(
            [f"{name} likes the color {color}", f"the favorite color of {name} is {color}"],
            [
                (f"which color does {name} like", f"{name} likes {color}"),
                (f"what color does {name} like", f"{name} likes {color}"),
            ],
            [f"which color {name} likes"],
        )
        yield Fact(
            [f"{name} lives {where}", f"the house of {name} is {where}", f"{name} likes to live {where}"],
            [
                (f"where does {name} live", f"{name} lives {where}"),
                (f"who lives {where}", f"{name} lives {where}"),
                (f"where is the house of {name}", f"it is {where}"),
            ],
            [f"where {name} lives", f"who lives {where}"],
        )
        yield Fact(
            [f"{name} is {age} years old", f"today {name} is {age} years old"],
            [
                (f"how old is {name}", f"{name} is {age} years old"),
                (f"how old is {name} today", f"{name} is {age} years old"),
            ],
            [f"how old {name} is"],
        )
        yield Fact(
            [f"{name} can {skill}", f"{name} learned to {skill}"],
            [
                (f"what can {name} do", f"{name} can {skill}"),
                (f"who can {skill}", f"{name} can {skill}"),
                (f"can {name} {skill}", f"yes {name} can {skill}"),
            ],
            [f"who can {skill}", f"what {name} can do"],
        )
        yield Fact(
            [
                f"{name} likes {lesson} at school",
                f"the favorite class of {name} is {lesson}",
                f"{name} likes to learn {lesson}",
            ],
            [
                (f"which class does {name} like", f"{name} likes {lesson}"),
                (f"what does {name} learn at school", f"{name} learns {lesson}"),
            ],
            [f"which class {name} likes", f"what {name} learns at school"],
        )


def color_facts():
    for color, things in COLORS.items():
        for thing in things.split("|"):
            others = [other for other in ("red", "blue", "green", "black") if other != color]
            yield Fact(
                [f"{thing} is {color}", f"the color of {thing} is {color}"],
                [
                    (f"what color is {thing}", f"{thing} is {color}"),
                    (f"what is the color of {thing}", f"it is {color}"),
                    (f"is {thing} {color}", f"yes {thing} is {color}"),
                    *((f"is {thing} {other}", f"no {thing} is {color}") for other in others[:2]),
                ],
                [f"what color {thing} is"],
            )


def order_facts():
    for word, ring in (("day", DAYS), ("season", SEASONS)):
        for before, after in zip(ring, ring[1:] + ring[:1]):
            yield Fact(
                [f"{after} comes after {before}", f"{before} comes before {after}"],
                [
                    (f"what {word} comes after {before}", f"{after} comes after {before}"),
                    (f"which {word} comes after {before}", f"{after} comes after {before}"),
                    (f"what {word} comes before {after}", f"{before} comes before {after}"),
                    (f"which {word} comes before {after}", f"{before} comes before {after}"),
                ],
                [f"what {word} comes after {before}", f"which {word} comes before {after}"],
            )
    for before, after in zip(NUMBERS, NUMBERS[1:]):
        yield Fact(
            [f"{after} comes after {before}", f"{before} comes before {after}"],
            [
                (f"what comes after {before}", f"{after} comes after {before}"),
                (f"what comes before {after}", f"{before} comes before {after}"),
            ],
            [f"what comes after {before}", f"what comes before {after}"],
        )


def sum_facts():
    for one in range(1, 10):
        for two in range(1, 11 - one):
            first, second, total = NUMBERS[one - 1], NUMBERS[two - 1], NUMBERS[one + two - 1]
            yield Fact(
                [f"{first} and {second} make {total}"],
                [
                    (f"how much is {first} and {second}", f"it is {total}"),
                    (f"what do {first} and {second} make", f"they make {total}"),
                ],
                [f"what {first} and {second} make", f"how much {first} and {second} is"],
            )


def opposite_facts():
    for pair in OPPOSITES:
        for one, other in (pair.split(), pair.split()[::-1]):
            yield Fact(
                [f"the opposite of {one} is {other}"],
                [
                    (f"what is the opposite of {one}", f"it is {other}"),
                    (f"do you know the opposite of {one}", f"it is {other}"),
                    (f"tell me the opposite of {one}", f"it is {other}"),
                ],
                [f"what the opposite of {one} is"],
            )


def work_facts():
    for who, does, what, where in WORK:
        yield Fact(
            [
                f"the {who} {does} {what}",
                f"{a(who)} {does} {what}",
                f"the {who} works {where}",
                f"the {who} likes to work {where}",
            ],
            [
                (f"who {does} {what}", f"the {who} {does} {what}"),
                (f"what does the {who} do", f"the {who} {does} {what}"),
                (f"what does {a(who)} do", f"{a(who)} {does} {what}"),
                (f"who works {where}", f"the {who} works {where}"),
                (f"where does the {who} work", f"the {who} works {where}"),
                (f"where does {a(who)} work", f"{a(who)} works {where}"),
            ],
            [f"where the {who} works", f"what the {who} does"],
        )
    for who, does, what in GIFTS:
        yield Fact(
            [f"the {who} {does} {what}", f"{a(who)} {does} {what}"],
            [
                (f"who {does} {what}", f"the {who} {does} {what}"),
                (f"which animal {does} {what}", f"the {who} {does} {what}"),
            ],
            [f"which animal {does} {what}"],
        )
    for greeting in ("hello", "good morning", "good night"):
        yield Fact([f"anna said {greeting}"], [(greeting, greeting)], [])
    yield Fact(
        ["i am happy today", "thank you i am happy", "how are you today"],
        [("how are you", "i am happy thank you"), ("how are you today", "i am happy thank you")],
        [],
    )


FAMILIES = [
    animal_facts,
    skill_facts,
    size_facts,
    child_facts,
    color_facts,
    order_facts,
    sum_facts,
    opposite_facts,
    work_facts,
]


def facts():
    for family in FAMILIES:
        yield from family()
