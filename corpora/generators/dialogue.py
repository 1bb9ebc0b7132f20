"""Conversations of one question and one answer about the facts of statements.txt.

Half of the questions occur twice, with and without a question mark, because people write both. A context of 16
holds 15 tokens and the boundary: a longer line loses its question mark or is left out.

    python3 corpora/generators/dialogue.py > corpora/dialogue.txt
"""

from draw import Draw
from facts import facts

TOKENS = 15
COLONS = 2


def tokens(line):
    return len(line.split()) + COLONS + line.count("?")


def main():
    draw, lines, answers = Draw(4), {}, {}
    for fact in facts():
        for question, answer in fact.asks:
            if answers.setdefault(question, answer) != answer:
                answers[question] = None  # two facts have different answers
    for question, answer in answers.items():
        if answer is None:
            continue
        for mark in ("?", "") if draw.below(2) else ("?",):
            line = f"User: {question}{mark} Assistant: {answer}"
            if tokens(line) > TOKENS:
                line = line.replace("?", "")
            if tokens(line) <= TOKENS:
                lines.setdefault(line)
    print("\n".join(draw.shuffled(lines)))


main()
