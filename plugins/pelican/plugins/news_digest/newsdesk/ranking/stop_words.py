"""Words that every text of a language has and that tell nothing of what it is about.

Rare words weigh more than frequent ones anyway; this helps where there are few texts to count in. Folded: no case, no
accents. A language that is not here works without.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "en": """a about after again against all also amid an and are as at be been before being between but by can could
        did do does down during first for from get gets got had has have he her him his how i if in into is it its just
        last like may me might more most my new no not now of off on one or our out over own same say says she should
        so some such than that the their them then there these they this those to two up us via was we were what when
        where which while who why will with would you your said""",
    "de": """aber alle als also am an auch auf aus bei bis da damit dann das dass dem den der des die dies diese dieser
        doch durch ein eine einem einen einer eines er es etwas fur gegen hat haben hier ich ihr ihre im in ist ja kann
        kein keine konnen man mehr mit muss nach nicht noch nun nur ob oder ohne sagt sagte sein seine seit sich sie
        sind so soll uber um und uns unter vom von vor war waren was wegen wenn werden wer wie wieder will wir wird wo
        wurde wurden zu zum zur zwei zwischen""",
    "fr": """a ai apres au aucun aussi autre aux avant avec avoir car ce cela ces cet cette chez comme contre d dans de
        depuis des deux dit donc du elle elles en encore entre est et ete etre fait il ils je l la le les leur leurs lui
        mais meme moins ne nos notre nous on ont ou par pas peut plus pour quand que quel quelle qui s sa sans se selon
        ses si son sont sous sur ta tous tout toute tres un une vers vos votre vous y""",
    "es": """a al algo ante antes asi aun aunque cada como con contra cual cuando de del desde dice dijo donde dos
        durante e el ella ellos en entre era es esa ese eso esta estan estas este esto estos fue fueron ha han hasta hay
        la las le les lo los mas me mi mientras muy ni no nos o otra otro para pero por porque que quien se segun ser
        si sin sobre solo son su sus tambien tiene todo todos tras tu un una uno unos y ya""",
    "it": """a ad ai al alla alle allo anche ancora che chi ci come con contro cui da dal dalla dalle degli dei del
        della delle dello di dopo dove due e ed era fra fino gli ha hanno i il in io la le lei lo loro lui ma mentre
        negli nei nel nella nelle noi non o ogni per perche piu prima quale quando quanto quella quello questa questo
        se sei senza si sono sotto su sua sue sugli sui sul sulla suo tra tutti tutto un una uno""",
    "pt": """a ao aos apos as ate com como contra da das de depois desde diz do dois dos duas e ela ele eles em entre
        era essa esse esta estao este eu foi foram ha isso ja la lhe mais mas mesmo muito na nas nao nem no nos nossa
        o os ou para pela pelas pelo pelos por porque qual quando que quem se sem ser seu seus so sobre sua suas tambem
        tem ter todos um uma""",
    "nl": """aan achter al alle als andere bij dan dat de der deze die dit doch door een en er geen haar had heb hebben
        heeft hem het hij hoe hun ik in is ja je kan kon maar meer met mij na naar niet nog nu of om omdat onder ons ook
        op over sinds te tegen tot tussen twee uit uw van veel volgens voor waar waren was wat we wel werd wie wij wil
        wordt worden zal ze zegt zei zich zij zijn zo zonder zou""",
    "ru": """а без более бы был была были было быть в вам вас весь во вот все всех вы где да даже для до его ее если
        есть еще же за здесь и из или им их к как ко когда кто ли либо между мне может мы на над надо не него нее нет ни
        них но ну о об однако он она они оно от очень по под после при про с сам со так также такой там те тем то того
        тоже той только том ты у уже хотя чего чем что чтобы эта эти это этот я""",
    "ar": """ان انه انها اذا اكثر الا التي الذي الذين الى او اي ايضا بعد بعض بل بين تم ثم حتى حول حيث خلال دون ذلك
        سوف ضد ضمن عبر عدم على عن عند غير فقط في فيه فيها قال قالت قبل قد كان كانت كل كما لا لدى لكن لم لن له لها ما مع
        مما من منذ منه منها نحو هذا هذه هل هم هنا هو هي و وقد ولا وهو وهي يوم""",
}
STOP_WORDS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
