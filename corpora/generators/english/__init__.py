"""The grammar behind sentences.txt and questions.txt: who does what, where, when and why."""

from english import animals, asking, doing, lines, people, things, world

RULES = "".join(part.RULES for part in (people, things, doing, animals, world, lines, asking))
