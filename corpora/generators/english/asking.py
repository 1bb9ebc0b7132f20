"""Questions."""

RULES = """
ask: <where> | <what> | <who> | <how> | <yes-no> | <why> | <when-ask> | <which>
where: #base where [do>] <anyone> <where-does> | where [be>] <whose> <thing>@it
    | where [be>] <whose> <wear-many>@they | where [be>] the <pet-look> <pet>@it
    | where did <anyone> #base <where-did> | where [be>] the <things>@they | where [be>] the bikes@they
    | where can #base <pronoun> <where-can> | where [be>] <someone> <now-when> | where is the <building>
    | where will <anyone> #base <where-will> <future-time>
where-does: [live] | [play] | [work] | [sleep] | [go] after school | [eat] lunch | [hide]
where-did: [go] <past-time> | [find] the <thing> | [put] the <thing> | [see] the <animal> | [buy] the <thing>
    | [lose] {his} <thing> | [hide] the <thing> | [catch] the fish
where-can: [buy] some <buyable> | [see] the <animals> | [find] a <thing> | [ride] a bike | [play] ball | [swim]
where-will: [go] | [play] | [eat] lunch | [sleep] | [sit]
now-when:  | now | today
what: #base what [do>] <anyone> <what-does> | what did <anyone> #base <what-did> | 2* what [be>] <anyone> <what-ing>
    | what will <anyone> #base <what-will> | what color is <one-thing> | what color are <whose> <wear-many>
    | what is in the <maybe-look> <container> | what is under the <hide-under> | what day is it today
    | what is the name of your <pet> | what is your favorite <favorite-what> | what do <animals> eat
    | what [do>] the <animal>@it eat | what time is it | what time does <friend-name> go to school
what-does: [want] for <meal> | [like] to eat | [do] after school | [eat] for <meal> | [have] in {his} <bag-hand>
    | [need] | [think] about the <topic> | [want] to be | [see] in the sky
bag-hand: bag | box | room
what-did: [eat] for <meal> | [buy] at the store | [do] <past-time> | [see] at the <seen-at>
    | [find] in the <find-in> | [make] for <friend> | [read] <past-time> | [say] to <friend>
    | [learn] at school today | [draw] | [lose]
seen-at: zoo | farm | beach
find-in: box | garden | grass | bag
what-ing: 3* doing <now-when> | eating | reading | making | looking at | drinking | washing | going to do <now-when>
what-will: [do] <future-time> | [eat] for <meal> | [buy] at the store | [wear] to the party | [make] for <friend>
    | [read] next
favorite-what: color | food | animal | season | day | book | class | game
who: who <who-past> | who is <who-is> | who has <who-has> | who will #base <doing-we> with me
    | who wants #base to <doing-we> | who lives in the <lived-in> | who can #base <skill> | #past who@he <doing>
    | who likes <likable>
who-is: your teacher | your friend | at the door | in the <cleanable> | that <worker-child>
    | the <most-person> child in the class | <who-ing> with <friend> | ready for <meal> | afraid of the <big-animal>
    | hungry | late today
worker-child: man | woman | boy | girl | child
who-ing: playing | walking | singing | swimming | reading
who-has: a <maybe-look> <thing> | my <thing> | the <maybe-look> <thing> | a <pet-look> <pet> | <number> <things>
who-past: ate the <food-one> | took my <thing> | made this <makeable> | opened the <openable> | won the game
    | found the <thing> | drew this picture | washed the <washable> | told you about the <topic>
    | gave you that <thing>
lived-in: <look> house | house by the <near> | forest | barn | cave | city
how: how many <things> [do>] <anyone> have | how many <animals> are there <there-animals>
    | how many legs does a <animal> have | how old is <friend-whose> | how does <friend-name> go to school
    | how much is the <thing> | how [be>] <someone> today | how many <pets> [do>] <someone> have
    | how [do>] <anyone> make <how-make> | how tall is <friend-whose> | how fast can a <animal> run
    | how many <counted> do you want | how many <things> did <anyone> #base <how-found>
how-found: [find] | [buy] | [see] | [lose]
friend-whose: <friend-name> | <whose> <kin> | your <pet> | the baby
how-make: soup | bread | a kite | a paper boat | cookies | tea
yes-no: #base [do>] <anyone> <yes-likes> | [be>] <anyone> <yes-be> | can <anyone> #base <can-do>
    | did <anyone> #base <did-do> | is the <maybe-look> <small-thing> <on-place-many> | is it <weather> <now-when>
    | will <anyone> #base <doing> <future-time> | is there a <building> near here
    | is this your <maybe-look> <thing> | do you know <known> | does the <animal>@it like <animal-likes>
yes-likes: [like] <likable> | [like] to <skill> | [have] a <maybe-look> <thing> | [want] <snack> | [need] help
    | [know] <friend> | [want] to play with us | [like] the <look> <thing> | [walk] to school | [have] a <pet>
yes-be: <face-word> | ready | at home | late | ready for <meal> | going to <place> | <nature> | in the garden
can-do: [swim] | [read] | [see] the <sky-thing> | <doing> | [help] me <help-how> | [ride] a bike
    | [find] the <thing> | [come] to my party | [climb] the <climbable>
did-do: <doing> | [see] the <animals> | [eat] all the <foods> | [find] {his} <thing> | [close] the <openable>
    | [feed] the <pet> | [lose] {his} <thing> | [win] the game | [clean] the <cleanable>
known: where <someone> [live:he] | who has the <thing> | what the <animal> eats | this song | my name
    | where my <thing> is | why the <animal> is <animal-word> | how to <skill>
animal-likes: <likable> | to <run-jump> | to eat <fruits>
run-jump: run | jump | play | sleep in the sun
why: why [be>] <anyone> so <face-word> | why did <anyone> #base <doing> | why [do>] <anyone> #base <why-does>
    | why is the <animal> <animal-word> | why is the sky <sky> | why do <animals> #base <run-jump>
    | why is the <small-thing> <on-place-many> | why is it so <so-weather> today
why-does: [like] <likable> | [wear] a <look> <wear-one> | [go] to bed so late | [run] so fast | [want] a <thing>
    | [love] {his} <pet>
so-weather: dark | cold | hot | windy | warm
when-ask: when will <anyone> #base <doing> | when does the <opens> <open-close> | when is <whose> birthday
    | when did <anyone> #base <did-when> | when [do>] <anyone> #base <when-does> | when will it <rain-snow>
    | when can we #base <doing-we>
opens: store | library | zoo | school
open-close: open | close
did-when: [come] home | [go] to bed | [buy] the <thing> | [visit] <friend> | [see] the <animal> | [learn] to <skill>
    | [clean] the <cleanable>
when-does: [go] to school | [eat] <meal> | [go] to bed | [come] home | [play] with <friend> | [feed] the <animals>
which: which <thing> do you want | which animal is the <most> | which of the <animals> is the <most>
    | which <thing> is <more-size> | which <thing> is <color> | which animal can <swim-fly>
    | which <class-book> do you like | which animal <eats-what>
swim-fly: swim | fly | climb a tree | run very fast
class-book: color | season | book | game | song | class
eats-what: eats grass | drinks milk | lives in the forest | lives on the farm | sleeps in the barn | gives us milk
    | eats bugs
"""
