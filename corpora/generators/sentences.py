"""30,000 grade-school sentences in 596 plain words.

    python3 corpora/generators/sentences.py > corpora/sentences.txt
"""

import re

from agreement import NoSuchForm, agree
from draw import Draw
from english import RULES
from grammar import Grammar

COUNT, WORDS, FEWEST, MOST = 30_000, 596, 3, 14

# words that may occur twice in a sentence; other repetitions sound like mistakes
REPEATABLE = set(
    "a an and the to in on of at for with my our his her your their its i you he she it we they me him us them is are"
    " was will by that if when do does not can one two three four five six seven eight nine ten tree flower".split()
)
# parts that are drawn independently and do not fit together
CLASHES = [
    re.compile(rf"\b(?:{one}) (?:.* )?(?:{other})\b")
    for pair in (
        ("breakfast", "night|tonight|evening|afternoon|lunch|dinner"),
        ("lunch", "night|tonight|evening|morning|dinner"),
        ("dinner", "morning|afternoon"),
        ("i", "me"),
        ("we", "us"),
        ("they", "them"),
        ("new", "old"),
        ("big", "small|little|tiny"),
        ("small|little|tiny", "small|little|tiny"),
        ("fast", "slow|slowly"),
    )
    for one, other in (pair, pair[::-1])
] + [re.compile(r"\bnot .*some\b")]
# a sentence has at most one time
TIME = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|now|soon|on \w+day|(?:every|last|next|this) (?:week|\w*day|night)"
    r"|(?:every |this |in the |all )?(?:morning|afternoon|evening)|at night|all (?:day|night|week|winter)"
    r"|(?:in |next |last )?(?:spring|summer|winter))\b"
)
# except with these words
CONTRASTS = {"opposite", "but", "comes"}


def sensible(sentence):
    words = sentence.split()
    once = [word for word in words if word not in REPEATABLE]
    return (
        FEWEST <= len(words) <= MOST
        and len(once) == len(set(once))
        and (
            not CONTRASTS.isdisjoint(words)
            or len(TIME.findall(sentence)) < 2
            and not any(clash.search(sentence) for clash in CLASHES)
        )
    )


def sentences(rule, seed, count):
    """`count` distinct sentences in the order in which they are drawn."""
    grammar, draw, seen = Grammar(RULES, leaning=True), Draw(seed), {}
    while len(seen) < count:
        try:
            sentence = agree(grammar.expand(rule, draw), draw)
        except NoSuchForm:
            continue
        if sensible(sentence):
            seen.setdefault(sentence)
    return list(seen)


def corpus():
    """The lines of sentences.txt."""
    lines = sentences("line", seed=1, count=COUNT)
    words = {word for line in lines for word in line.split()}
    if len(words) != WORDS:
        raise SystemExit(f"the grammar uses {len(words)} words, not {WORDS}")
    return lines


if __name__ == "__main__":
    print("\n".join(corpus()))
