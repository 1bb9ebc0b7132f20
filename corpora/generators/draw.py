"""Random choices that are the same in all versions of Python.

They use only `Random.random()`, whose sequence Python promises not to change.
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
        """One of the choices, early ones more often than late ones, like the words of a language."""
        uniform = self.uniform()
        return choices[int(uniform * uniform * len(choices))]

    def shuffled(self, items):
        """The items in random order (Fisher-Yates shuffle)."""
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items
