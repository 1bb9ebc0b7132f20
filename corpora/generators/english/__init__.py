"""The grammar of sentences.txt and questions.txt."""

from english import animals, asking, doing, lines, people, things, world

RULES = "".join(part.RULES for part in (people, things, doing, animals, world, lines, asking))
