"""Random choices that are the same in every version of Python.

Only `Random.random()` is promised to keep its sequence between versions, so every choice is made from it.
"""

from random import Random


class Draw:
    def __init__(self, seed):
        self.uniform = Random(seed).random

    def below(self, count):
        return int(self.uniform() * count)

    def one(self, choices):
        return choices[self.below(len(choices))]

    def early(self, choices):
        """One of the choices, an early one more often than a late one, as of many words people use few most."""
        place = self.uniform()
        return choices[int(place * place * len(choices))]

    def shuffled(self, items):
        """A new list of the items in random order (Fisher and Yates)."""
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items
