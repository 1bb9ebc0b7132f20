"""The facts of a small world as statements, to train on before the conversations of dialogue.txt.

    python3 corpora/generators/statements.py > corpora/statements.txt
"""

from draw import Draw
from facts import CHILDREN, facts

SAYING = ["{} knows that", "{} said that", "{} thinks that", "i know that", "they know that"]
ASKING = ["{} knows", "{} asked", "{} can tell you", "please tell me", "we do not know"]
OTHERS = ["the teacher", "my mother", "my father", "our friend"]


def main():
    draw, lines = Draw(3), {}
    people = [child[0] for child in CHILDREN] + OTHERS

    def framed(frames, said):
        # no one speaks of themselves by name
        return f"{draw.one(frames).format(draw.one([name for name in people if name not in said]))} {said}"

    for fact in facts():
        for statement in fact.statements:
            lines.setdefault(statement)
            if not statement.startswith(("look", "i ", "thank", "how")):
                lines.setdefault(framed(SAYING, statement))
        for question in fact.indirect:
            lines.setdefault(framed(ASKING, question))
    print("\n".join(draw.shuffled(lines)))


main()
