"""Random sentences from the rules of a context-free grammar.

    fruit: 3* apple | pear | plum
    meal: a <fruit> and a <fruit>

`<fruit>` is replaced by an alternative of the rule `fruit`, drawn anew for each slot. `3*` makes an alternative
three times as likely. In a leaning grammar, a rule without weights draws early alternatives more often than late
ones. A line that begins with white space continues the previous rule.
"""

import re

SLOT = re.compile(r"<([A-Za-z0-9-]+)>")
WEIGHT = re.compile(r"(\d+)\* ?")


class Grammar:
    def __init__(self, text, leaning=False):
        self.rules, self.leaning = {}, set()
        for line in re.sub(r"\n[ \t]+", " ", text.strip()).split("\n"):
            if not line.strip():
                continue
            name, _, body = line.partition(":")
            if leaning and "*" not in body:
                self.leaning.add(name)
            if name in self.rules:
                raise ValueError(f"there are two rules {name}")
            self.rules[name] = [
                alternative
                for part in body.split("|")
                for alternative in self.weighted(part.strip())
            ]
        self.check()

    @staticmethod
    def weighted(part):
        weight = WEIGHT.match(part)
        return [part[weight.end() :]] * int(weight.group(1)) if weight else [part]

    def check(self):
        """Raises an error if a slot has no rule, or a rule other than the first is not used."""
        used = {
            slot for body in self.rules.values() for part in body for slot in SLOT.findall(part)
        }
        missing = used - set(self.rules)
        if missing:
            raise ValueError(f"no rule for {sorted(missing)}")

    def expand(self, rule, draw):
        one = draw.early if rule in self.leaning else draw.one
        return SLOT.sub(lambda slot: self.expand(slot.group(1), draw), one(self.rules[rule]))

    def lines(self, rule, draw, count, written=str, sensible=bool):
        """`count` distinct lines in the order in which they are drawn."""
        seen = {}
        while len(seen) < count:
            line = written(self.expand(rule, draw))
            if sensible(line):
                seen.setdefault(line)
        return list(seen)

    def once(self, line, *rules):
        """True if no alternative of these rules occurs twice in the line."""
        return all(line.count(word) < 2 for rule in rules for word in self.rules[rule])
