"""To whom it is done, by the words: "hij slaat mij", "mon voisin il menvoie des messages bizarres", "mon grand pere il fait des choses".

Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from typing import Optional

from bot.components.another_life import is_mine_too, is_my_own_life

_DONE_TO_ME = re.compile(
    r"\b(?:mij|bij mij|aan mij|slaat me|(?:mijn|mn|men) (?:kamer|bed|lijf|deur|raam)"
    r"|(?:il|elle|y|on|frere|pere|oncle|cousin) (?:me|m) (?:touche|frape|frappe|force|tape)|m a (?:touchee?|forcee?|frappee?)"
    r"|(?:ils?|elles?|y|on|mec|pere|frere|oncle|copain|ex) (?:m a|ma|m ont|mont) "
    r"(?:enferm|tap|gifl|menac|suivi|bloqu|attach|coinc|attrap)\w*"
    r"|(?:m a|ma) (?:viole[er]?e?|violer|agresse\w*|abusee?|tripotee?)|me (?:fait|font|fai|fais) (?:chanter|du chantage)"
    r"|ma (?:touchee?|forcee?|frappee?|chambre|porte|fenetre)|mon (?:lit|corps)|m(?:e|en|em|am)? ?m[ae]nn?er?e?|m emmen\w*)\b"
)
"""What is done to the writer, in their room: somebody in the family is named, and is no friend that is helped."""
_TOLD_ME = re.compile(
    r"\b(?:stuurt|stuurde|zegt|zei|vertelt|vertelde|heeft|schrijft|schreef|appt) (?:mij|me) (?:\w+ )?(?:(?:verteld|gezegd"
    r"|gestuurd) )?(?:dat|da) (?:hij|ze|zij|em)\b"
)
"""What was only told to the writer: "mijn vriend stuurt mij dat hij wegloopt"."""
_TO_ME_SURELY = re.compile(
    r"\b(?:ils|elles|on|ils et elles) (?:m ont|mont|m a|ma) (?:\w+ )?(?:mise?|ajoutee?|viree?|exclue?|affichee?|insultee?|bloquee?)\b|"
    r"\b(?:ze|zij|hij) (?:hebben|heeft) (?:mij|me) (?:\w+ ){0,4}(?:gezet|toegevoegd|uitgesloten|gesmeten|gezwierd|uitgescholden)\b|"
    r"\b(?:m envoie|menvoie|m envoi|menvoi|m envoyait|mecrit|m ecrit) (?:\w+ ){0,3}(?:messages?|msgs?|photos?|trucs?|sms|snaps?|vocaux)"
    r"(?: \w+)? (?:bizar\w*|chelou\w*|sexuel\w*|degueu\w*|degout\w*|perver\w*|hots?|de lui|de son)\b"
    r"|\b(?:il|elle|y|on|ils|frere|pere|oncle|cousin|voisin|coach|prof|entraineur|ex|copain) (?:me|ma|m a|m|mont|m ont) film\w*"
    r"|^(?:il|elle|y|on) (?:dit|menace|veut|va) (?:\w+ ){0,4}(?:tout|tt) (?:balancer|montrer|poster|publier)\b"
    r"|\b(?:elle|il|y) me fait des (?:bisous|calins|bisoux|caresses)\b"
    r"|\b(?:il|elle|y|on|mec|gars|type|homme) (?:ma|m a|me|m) (?:\w+ )?(?:donn|propos|fix|demand)\w* "
    r"(?:\w+ ){0,2}(?:rdv|rendez vous|rencard)\b"
    r"|\b(?:hij|ze|zij|em|ie|die|iemand|man|gast) (?:wil|wilt|wou|vraagt|vroeg|stelt voor|moet) (?:\w+ ){0,3}(?:met|me) (?:mij|me|mi) "
    r"(?:\w+ ){0,4}(?:afspreken|af te spreken|afsprk)\b"
    r"|\b(?:si|sinon) (?:je|j|jlui|jle|jla) (?:\w+ ){0,5}(?:cam|photos?|nudes?|appel)\b"
    r"|\b(?:stuurt|stuurde|sturen) (?:mij|me) (?:\w+ ){0,3}(?:rare|vieze|vuile|vreemde|seksuele|weirde|perverse) (?:berichten"
    r"|berichtjes|foto s|fotos|snaps|dingen)\b"
    r"|\b(?:il|elle|ils|elles|y|on|pere|mere|frere|freres|soeur|oncle|cousin|parents|copain|mec|ex) (?:menac\w*|va|vont|veut|veulent) "
    r"(?:de |d )?(?:me|m|nous) (?:tuer|buter|crever|defoncer|frapper|taper|tabasser|marier|enfermer)\b"
    r"|\b(?:dreigt|dreigde|dreigen|wil|wilt|willen|gaat|gaan) (?:mij|me|mi) (?:\w+ ){0,2}(?:te )?(?:vermoorden|doden|doodslaan|slaan"
    r"|kapotmaken|uithuwelijken|opsluiten)\b"
    r"|\b(?:filmt|filmde|filmen|bespiedt|begluurt) (?:mij|me)\b|\b(?:heeft|hebben|had) (?:mij|me) (?:\w+ ){0,3}gefilmd\b"
    r"|^(?:ik |k |kik )?(?:kan|kon|durf) (?:niet|ni|nie) (?:luid |hard |echt )?(?:praten|spreken|bellen) (?:want )?(?:hij|ze|papa"
    r"|pa|mama)\b"
    r"|^(?:je |j )?(?:ne )?(?:peux|peu|jpeux) pas (?:parler|appeler) (?:car |il |elle |y |pcq )"
)
"""The same so plainly that the odds of another build of a sentence do not count: "mon voisin il menvoie des messages bizarres"."""
_GROWN_UP = re.compile(
    r"^(?:\w+ ){0,2}(?:mon|notre|le|un|mijn|mn|men|me|onze|ons|den?|een|ne|nen) (?:\w+ )?"
    r"(?:stiefpa|stiefvader|papa|pa|vader|opa|grootvader|nonkel|oom|buurman|trainer|coach|leraar|meester|plusvader|pluspapa"
    r"|beau pere|pere|papa|daron|grand pere|papi|papy|oncle|tonton|voisin|entraineur|prof|professeur|monsieur|surveillant|moniteur)\b"
    r"(?! (?:\w+ )?(?:van|de classe|de ma|de mon|de mes|d un|d une|de l|du)\b)"
)
_ANOTHER_VICTIM = re.compile(
    r"\b(?:zus\w*|broer\w*|\w*broertje|\w*zusje|vriend\w*|nicht\w*|neef\w*|meisje\w*|jonge\w*|kind\w*|klas\w*|iemand|leerling\w*|haar"
    r"|hem|hen|ze|zij|maat|bestie|lief|baby|kleine|mama|ma|mams|moeder|dochter\w*|zoon|hond|kat|zichzelf"
    r"|soeur\w*|frere\w*|pote\w*|ami|amie|amis|copain|copine|cousine?|niece|neveu|fille|garcon|gars|meuf|enfants?|gosses?|eleves?"
    r"|quelqu|qqn"
    r"|elles?|lui|leur|sa|ses|son|ptite?|petite?|bebe|mere|maman|daronne|nous|chien|chat|fils|se|s est|l|la (?:frappe|tape|touche|bat)"
    r"|ligt|gewond|bloed\w*|dood|par terre|au sol|saigne|mort)\b"
)
_PASSED_ON = re.compile(
    r"\b(?:ik heb|kheb|k heb) (?:\w+ ){0,12}(?:doorgestuurd|gedeeld|verspreid|rondgestuurd|getoond|gepost|laten zien)\b"
    r"|\b(?:j ai|jai|g|on a) (?:tout |deja )?(?:re)?(?:partag|transfer|montr|envoy|post|diffus|fait tourner)\w*"
)
"""Whoever passed a picture on did it themself, though it is of somebody else."""
_SAYS = re.compile(r"\b(?:dit|dis|disait|ecrit|envoie|zegt|zei|schrijft|stuurt|appt)\b")
_SENT_IT = re.compile(r"\b(?:envoie|stuurt) (?:\w+ ){0,3}(?:ma|mes|mon|mijn|mn|men)\b")
"""Who sends a picture says nothing: "mn maat stuurt mijn foto door"."""
OF_OTHERS = frozenset(
    {"unsafe_home", "sexual_abuse", "grooming", "sextortion", "pressured_to_send", "nude_spread", "teen_pimp", "deepfake_nude"}
)
"""What somebody else does: where a grown-up is named and nobody it is done to, it is done to the writer."""
_HURTS_ME = re.compile(
    r"\b(?:sla(?:a?gt|at|an)|slagen|slaagde|sloeg|schopt|stampt|klopt|duwt|duwde|mept|bedreigt|bedreigd|chanteert|chanteerd|filmt"
    r"|betast|verkracht"
    r"|dwingt|stalkt|pest|achtervolgt|wurgt) (?:mij|me|mi)\b(?! (?:niet|ni|nie|nooit|ook|zelf))"
    r"|\b(?:doet|deed|doen) (?:het|t|da|dat|(?:\w+ )?(?:dingen|dinge|spelletjes|iets)) (?:\w+ )?(?:bij|met|aan|tegen) (?:mij|me|mi)\b"
    r"|\b(?:\w+ )?(?:il|elle|y|on|pere|frere|soeur|oncle|cousin|cousine|mec|gars|copain|voisin|coach|prof|monsieur|educ|educateur"
    r"|entraineur) "
    r"(?:m a|ma|me|m) (?:deja |toujours )?(?:fait|fai|fais|faisait) (?:des|d autres|de|un|dl|plein de) (?:trucs?|choses?|bisous"
    r"|caresses)\b"
    r"|\b(?:il|elle|y) (?:me )?le fait (?:avec|a) moi\b|\b(?:il"
    r"|elle|y) me le fait\b"
    r"|\b(?:raakt|raakte|raken) (?:mij|me) (?:\w+ )?aan\b|\b(?:zit|zat) aan mij\b"
    r"|\b(?:heeft|hebben|had) (?:mij|me) (?:\w+ ){0,3}(?:geslagen|geschopt|bedreigd|gefilmd|aangeraakt|betast|verkracht|gechanteerd"
    r"|opgesloten|gewurgd)\b"
    r"|\b(?:tonen|sturen|posten|delen|doorsturen) (?:\w+ ){0,2}wat ik (?:stuurde|gestuurd)|\bmijn (?:foto|fotos|foto s|nudes"
    r"|filmpje) (?:doorsturen|delen|posten|tonen)\b"
    r"|\b(?:il|elle|ils|elles|on|y|pere|mere|frere|soeur|copain|copine|ami|amie|pote|oncle|cousin|mec|ex) (?:me|m) "
    r"(?:tapen?t?|tape|frap\w*|cogne\w*|bat|battent|touch\w*|forc\w*|film\w*|harcel\w*|fait chanter|font chanter)(?! (?:pas|po"
    r"|jamais|aussi))\b"
    r"|\b(?:perst|perste) (?:mij|me|mi) (?:\w+ )?af\b"
    r"|\b(?:stuurt|stuurde|schrijft|sturen) (?:mij|me|mi) (?:\w+ ){0,3}(?:vuile|vieze|rare|seksuele|geile|perverse"
    r"|naakte) (?:\w+ )?(?:berichten|berichtjes|bericht"
    r"|foto s|fotos|foto|snaps|dingen|dinge|filmpjes|dms?)\b"
    r"|\b(?:die|da|dieje|dien) (?:\w+ )?(?:broer|man|gast|vent|kerel|leerkracht|trainer|oom|nonkel) wil (?:mij|me"
    r"|mi) (?:\w+ ){0,2}(?:zien|ontmoeten|kussen|meenemen)\b"
    r"|\b(?:hij|em|ie) wil (?:mij|me|mi) (?:\w+ ){0,2}(?:ontmoeten|alleen zien|in het echt zien|in t echt zien|kussen)\b"
    r"|\b(?:gaf|geeft|gegeven|heeft|gaven) (?:mij|me|mi) (?:\w+ ){0,2}(?:klets|klap|klappen|mot|slag|slaag|stamp|kopstoot|vuistslag"
    r"|oorveeg|oorvijg)\b"
    r"|\b(?:die|dieje) (?:mij|me|mi) (?:\w+ ){0,2}(?:pesten|pest|slaat|slaan|bedreigt|bedreigen|chanteert|lastigvalt|stalkt|uitscheldt"
    r"|uitlacht|afperst)\b"
    r"|\b(?<!chanson )(?<!film )(?<!truc )(?<!serie )(?<!chose )(?<!livre )(?:qui|ki|qi) (?:me|m) (?:tap\w*|frap\w*|harcel\w*|insult\w*"
    r"|menac\w*|rack?ett?\w*|touch\w*|forc\w*|fait chanter|font chanter|suit|suivent)(?! (?:pas|po"
    r"|jamais|aussi))\b"
    r"|\b(?:m a|ma|m ont|mont) (?:deja )?(?:mis|mise|donne|colle|foutu|mi) (?:\w+ ){0,2}(?:claques?|gifles?|baffes?|patates?|droites?"
    r"|tartes?)\b"
    r"|\b(?:m a|ma|m ont|mont) (?:deja )?(?:mis|donne|colle|foutu|mi) (?:\w+ ){0,2}coups?\b(?! de (?:main|pression|fil|foudre|stress"
    r"|vieux|boost|barre|pouce|coeur|jus))"
    r"|\b(?:il|son frere|ce mec|le mec|ce gars|l homme) veut (?:me|m) (?:rencontrer|voir (?:en vrai|seule?|chez lui|nue?))\b"
    r"|\b(?:ik|k) (?:word|werd|wordt) (?:\w+ )?(?:geslagen|geschopt|verkracht|misbruikt|gepest)\b"
    r"|\b(?:je|j|jme) (?:me )?(?:fais|fait|suis fai[ts]?) (?:frapper|taper|cogner|tabasser|violer|agresser|harceler)\b"
    r"|\b(?:me|m) (?:fait|fai|fais|font) du chantage(?! au suicide| affectif)\b"
    r"|\b(?:il|elle|ils|elles|on|y|pere|mere|frere|soeur|copain|copine|ami|amie|pote|oncle|cousin|cousine|voisin|mec|gars|meuf|ex|coach"
    r"|prof"
    r"|entraineur) (?:m a|ma|m ont|mont|m avait|mavait) "
    r"(?:deja )?(?:tape\w*|frap\w*|touchee?|touche|force\w*|filme\w*|viol\w*|agresse\w*|abusee?|cogne\w*|fait (?:chanter|du chantage))\b"
    r"|\b(?:montrer|envoyer|balancer|publier|poster) (?:\w+ ){0,3}(?:ce que je lui ai|mes (?:photos?|nudes?|videos?)|ma (?:photo"
    r"|video))\b"
    r"|\b(?:dit|menace) (?:\w+ ){0,5}(?:tout|tt) (?:balancer|montrer|poster|publier)\b"
)
"""Done to the writer, in a present that beats a friend who was named before: "ruzie met mn beste vriend", "hij slaat mij soms"."""
MAY_BE_OURS = OF_OTHERS | {"cyberbullying", "i_shared_it"}
"""Needs on whose paths a friend who was named before gives way to what is done to the writer."""
_OF_MY_PICTURE = re.compile(
    r"\b(?:ma|mes|mon) (?:photos?|foto|nudes?|videos?|vids?|images?|pics?|snaps?)\b"
    r"|\b(?:mijn|mn|men|m n|mijne|mene) (?:blote |naakte )?"
    r"(?:foto|fotos|foto s|fotootje|nudes?|naaktfoto|naaktfotos|naaktbeeld|filmpje|video|videos|pics?)\b"
    r"|\b(?:ma (?:tete|tronche|gueule|face)|mon visage) (?:\w+ )?(?:sur|colle\w*)\b|\b(?:mijn|mn|men|m n|mijne) (?:gezicht|hoofd|kop"
    r"|smoel)"
    r" (?:\w+ ){0,3}op\b"
)
"""A picture of the writer: "mon pote a recu ma photo" is their own trouble, whoever else is named."""
_DOER = (
    r"(?:(?:half|stief|schoon|plus|petits? |demi |grand |beau )?(?:broer|zus|zuster|neef|nicht|kozijn|nonkel|oom|tante|opa|oma|vader|pa"
    r"|papa|ma|mama|frere|soeur|cousine?|oncle|tonton|pere|papy|papi|mere|maman)|begeleid\w+|opvoed\w+|trainer|coach|leraar|meester|juf"
    r"|buurman"
    r"|educ\w*|prof|entraineur|moniteur|animateur|voisin|surveillant)"
)
_DOES_THINGS = re.compile(
    rf"^(?:\w+ ){{0,2}}(?:mijne?|mn|men|me|ons|onze|den?|mon|ma|notre|le|la|l) (?:\w+ )?{_DOER}"
    r"(?: (?:van|de|d) \d{1,2}(?: (?:ans|jaar))?)?"
    r" (?:il |elle )?(?:doet|deed|raakt|zit|komt|kwam|pakt|fait|faisait|vient|venait|me|m|ma|touche)\b"
)
"""Somebody of the house, or who looks after children, does something: "mijne neef doet dingen"."""
_TELLS_ME_TO = re.compile(
    r"\b(?:zegt|zei|wil|wilt|wou|vindt|eist|vraagt|verplicht|zeggen|willen|eisen) (?:\w+ )?(?:dat ik|da ik|dak|dat k|da k)\b"
    r"|\b(?:dit|veut|veu|voulait|demande|exige|disent|veulent) (?:que|qu|ke|k) (?:je|j|jdois|jdoi|jaille|jfasse|jcouche|jtravaille)\b"
    r"|\b(?:dit|veut) kj\w*"
    r"|\bm oblige\b|\bmoblige\b"
)
_OF_ANOTHER = re.compile(
    r"\b(?:haar|hem|hun|hen|zus\w*|broer\w*|elle|lui|leur|soeur|frere|zwijg\w*|niks zeg\w*|niets zeg\w*|rien dire|taire|taise)\b"
)
"""Behind what the writer is told to do: somebody else it may be done to, or a secret of theirs."""
_FEW_TOLD = 12
"""Words in which a second person would be named, if there were one."""
_LEFT_MYSELF = re.compile(
    r"^(?:(?:hey|hoi|hallo|help|ja|nee|dus|euh|sorry|pff) )*(?:ik ben|kben|ben) (?:\w+ ){0,4}"
    r"(?:weggelop\w*|wegelop\w*|gaan lopen|weg van thuis|van thuis weg|thuis weg|gevlucht|buitengezet|buitengegooid)\b"
    r"|^(?:(?:slt|salut|coucou|help|oui|non|bon|euh|dsl) )*(?:je suis|jsuis|chui|chuis|suis|jai|j ai|g) (?:\w+ ){0,3}"
    r"(?:fugue\w*|parti\w? de (?:chez moi|la maison)|barre\w? de (?:chez moi|la maison))\b"
)
"""Who says so left home themself, at whosever place they are: "ben gisteren weggelope en zit nu bij nen maat"."""


def is_done_to_me(words: str) -> bool:
    """Whether something is done to the writer; what they were only told does not count."""
    return _DONE_TO_ME.search(_TOLD_ME.sub(" ", words)) is not None


def is_surely_to_me(words: str) -> bool:
    """The same so plainly that no odds count."""
    return _TO_ME_SURELY.search(words) is not None


def hurts_me(words: str) -> bool:
    """Whether somebody hurts, films or threatens the writer, as told after a friend was spoken of."""
    return _HURTS_ME.search(words) is not None


def is_of_my_picture(words: str) -> bool:
    """Whether a picture of the writer is told of, and nobody's words are: "ma pote dit que c'est pas ma photo"."""
    return _OF_MY_PICTURE.search(words) is not None and _SAYS.search(_SENT_IT.sub(" ", words)) is None


def is_own_life(words: str) -> bool:
    """Whether whoever writes wants to die, and tells of nobody who says so."""
    return (is_my_own_life(words) and _SAYS.search(words) is None) or is_mine_too(words)


def is_the_writers(heard: Optional[str], words: str) -> bool:
    """Whether a message that sounds like a friend's trouble is the writer's own by its words; `heard`: the need."""
    if (heard in OF_OTHERS and (_does_things(words) or _must_do(words))) or _LEFT_MYSELF.search(words) is not None:
        return True
    return is_own_life(words) or _is_by_a_grown_up(heard, words) or (heard == "i_shared_it" and _PASSED_ON.search(words) is not None)


def _does_things(words: str) -> bool:
    """Whether somebody of the house does something, and nobody else is named to whom."""
    found = _DOES_THINGS.search(words)
    return found is not None and len(words.split()) <= _FEW_TOLD and _ANOTHER_VICTIM.search(words[found.end() :]) is None


def _must_do(words: str) -> bool:
    """Whether the writer is told to do something they do not want: "mn vriend zegt da ik met zijn maten moet zijn"."""
    found = _TELLS_ME_TO.search(words)
    return found is not None and _OF_ANOTHER.search(words[found.end() :]) is None


def _is_by_a_grown_up(heard: Optional[str], words: str) -> bool:
    """Whether a grown-up does something to nobody who is named."""
    is_somebody_else = _ANOTHER_VICTIM.search(words) is not None or len(words.split()) > _FEW_TOLD
    return heard in OF_OTHERS and _GROWN_UP.search(words) is not None and not is_somebody_else
