"""People as subjects, with the kind that verbs agree with, and as objects."""

RULES = """
boy: tom | ben | sam | max | leo | jack
girl: anna | emma | lily | rosa
whose: 4* my | 2* our | his | her | your
kin-he: 2* father | 2* brother | grandpa | uncle
kin-she: 2* mother | 2* sister | grandma | aunt
kin: <kin-he> | <kin-she>
worker: teacher | nurse | farmer | doctor | baker
nature: kind | young | old | tall | happy | quiet | funny | brave | tired | hungry | busy | nice
maybe-nature: 3* | <nature>
someone: 4* <boy>@he | 4* <girl>@she | 2* <whose> <kin-he>@he | 2* <whose> <kin-she>@she | the <maybe-nature> boy@he
    | the <maybe-nature> girl@she | the <maybe-nature> man@he | the <maybe-nature> woman@she
    | the <maybe-nature> <worker>@he | the <maybe-nature> <worker>@she | <whose> friend@he | <whose> friend@she
pronoun: 2* i@i | you@you | 2* he@he | 2* she@she | 2* we@we | they@they
group: the children@they | the boys@they | the girls@they | my friends@they | our friends@they
    | all the children@they | 2* <boy> and <girl>@they | 2* <girl> and <boy>@they | my <kin> and i@we
    | my friend and i@we | <whose> mother and father@they | the two boys@they | the three girls@they
    | some children@they | the teachers@they
anyone: 6* <someone> | 3* <pronoun> | 3* <group>
friend: 2* <boy> | 2* <girl> | my friend | <whose> <kin> | the teacher | him | her | me | us | them
"""
