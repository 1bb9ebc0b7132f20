"""English agreement: forms that depend on the subject and the tense.

    my brother@he       the words before `@` are a subject of the kind `he`
    [eat]  [eat:he]     the verb, agreeing with the last subject or with the kind named
    [do>]               the verb in the present, agreeing with the next subject (for questions)
    {he} {him} {his}    a pronoun for the last subject
    #past               the tense of the verbs that follow
"""

import re

# base, third person singular, past, and the -ing form where it is used
VERBS = {
    row[0]: row
    for row in (
        line.split()
        for line in """
ask asks asked
bake bakes baked
build builds built
buy buys bought
catch catches caught
chase chases chased
clean cleans cleaned
climb climbs climbed
close closes closed
come comes came
cook cooks cooked
do does did doing
draw draws drew
drink drinks drank drinking
eat eats ate eating
fall falls fell
feed feeds fed
find finds found
fly flies flew flying
give gives gave
go goes went going
grow grows grew
have has had
help helps helped helping
hide hides hid
jump jumps jumped jumping
know knows knew
learn learns learned
like likes liked
live lives lived
look looks looked looking
lose loses lost
love loves loved
make makes made making
need needs needed
open opens opened
plant plants planted
play plays played playing
put puts put
rain rains rained raining
read reads read reading
ride rides rode
run runs ran running
say says said
see sees saw
sing sings sang singing
sit sits sat sitting
sleep sleeps slept sleeping
snow snows snowed snowing
stand stands stood
stay stays stayed
swim swims swam swimming
take takes took
tell tells told
think thinks thought
visit visits visited
walk walks walked walking
want wants wanted
wash washes washed washing
watch watches watched
wear wears wore
win wins won
work works worked
write writes wrote
""".strip().splitlines()
    )
}

PRONOUNS = {  # kind: he, him, his
    "i": ("i", "me", "my"),
    "you": ("you", "you", "your"),
    "he": ("he", "him", "his"),
    "she": ("she", "her", "her"),
    "it": ("it", "it", "its"),
    "we": ("we", "us", "our"),
    "they": ("they", "them", "their"),
}
PRESENT_BE = {"i": "am", "he": "is", "she": "is", "it": "is"}
PAST_BE = {"i": "was", "he": "was", "she": "was", "it": "was"}
SINGULAR = {"he", "she", "it"}

MARK = re.compile(r"@(\w+)|#([a-z-]+) ?|\[(\w+)(>|:\w+)?\]|\{(\w+)\}")
SUBJECT = re.compile(r"@(\w+)")


class NoSuchForm(Exception):
    """The verb has no form in this tense, so the sentence is drawn again."""


def conjugate(verb, kind, tense, draw):
    present_be, past_be = PRESENT_BE.get(kind, "are"), PAST_BE.get(kind, "were")
    does = "does" if kind in SINGULAR else "do"
    if verb == "be":
        forms = {"present": present_be, "past": past_be, "future": "will be"}
        if tense not in forms:
            raise NoSuchForm(verb)
        return forms[tense]
    base, singular, past = VERBS[verb][:3]
    present = singular if kind in SINGULAR else base
    if tense in ("now", "then"):
        if len(VERBS[verb]) < 4:
            raise NoSuchForm(verb)
        return f"{present_be if tense == 'now' else past_be} {VERBS[verb][3]}"
    want, like, love = (VERBS[verb][kind in SINGULAR] for verb in ("want", "like", "love"))
    return {
        "base": lambda: base,
        "present": lambda: present,
        "past": lambda: past,
        "future": lambda: f"will {base}",
        "can": lambda: f"can {base}",
        "could": lambda: f"could {base}",
        "must": lambda: f"{draw.one(['must', 'should'])} {base}",
        "often": lambda: f"{draw.one(['often', 'always', 'sometimes', 'never'])} {present}",
        "want": lambda: f"{want} to {base}",
        "like": lambda: f"{draw.one([like, like, love])} to {base}",
        "not-present": lambda: f"{does} not {base}",
        "not-past": lambda: f"did not {base}",
        "not-future": lambda: f"will not {base}",
    }[tense]()


def articles(text):
    """The text with `an` for `a` before vowels and before 8, 11 and 18."""
    return re.sub(r"\b([Aa]) (?=[aeiou]|8|11\b|18\b)", r"\1n ", text)


def agree(text, draw):
    """The text with its marks replaced by the words that agree, and with correct articles."""
    kind, tense, parts, end = None, "present", [], 0
    for mark in MARK.finditer(text):
        parts.append(text[end : mark.start()])
        end = mark.end()
        subject, new_tense, verb, of, pronoun = mark.groups()
        if subject:
            kind = subject
        elif new_tense:
            tense = new_tense
        elif verb:
            if of == ">":
                parts.append(conjugate(verb, SUBJECT.search(text, end).group(1), "present", draw))
            else:
                parts.append(conjugate(verb, of[1:] if of else kind, tense, draw))
        elif kind is None:
            raise ValueError(f"{mark.group()} has no subject before it: {text}")
        else:
            parts.append(PRONOUNS[kind][("he", "him", "his").index(pronoun)])
    parts.append(text[end:])
    return articles(re.sub(r" +", " ", "".join(parts)).strip())
