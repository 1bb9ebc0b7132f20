"""3,000 questions in the words of sentences.txt, none of which is in that file.

They fine-tune a model of the sentences, which asks only rarely, to generate only questions.

    python3 corpora/generators/questions.py > corpora/questions.txt
"""

from sentences import corpus, sentences

COUNT = 3_000


def main():
    told = corpus()
    known = {word for line in told for word in line.split()}
    told = set(told)
    lines = [line for line in sentences("ask", seed=2, count=2 * COUNT) if line not in told]
    lines = [line for line in lines if known.issuperset(line.split())][:COUNT]
    if len(lines) < COUNT:
        raise SystemExit(f"only {len(lines)} questions of {COUNT}")
    print("\n".join(lines))


main()
