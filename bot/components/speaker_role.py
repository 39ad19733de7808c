"""Who speaks: about themself, about a friend, or an adult about a child. It changes the words of a reply, not the path."""

from __future__ import annotations

import re
from typing import List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.components.another_life import is_another_life
from bot.components.entity_finder import EntityFinder
from bot.components.need_classifier import ADULT, MORE_SPECIFIC
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency

# "mijn vriend" and "mon copain" are left out: in these subjects they are more often the one who hurts.
_FRIEND = re.compile(
    r"\b(?:(?:een )?(?:goeie |goede )?(?:vriend|vriendin|maat|kennis) van (?:mij|me|mn|ons)|(?:mijn|mn|m n) (?:beste|bff|bestie)\b"
    r"|(?:mijn|mn|m n|me) (?:klein |kleine |grote |oudere |jongere )?"
    r"(?:klasgenoot|klasgenote|zus|zusje|broer|broertje|nicht|nichtje|neef|neefje|maat|bff|bestie|buurmeisje|buurjongen)"
    r"|(?:iemand|meisje|meiske|jongen|gast) (?:uit|in|van) (?:mijn|mn|onze|de) (?:klas|school|leefgroep|server|team|ploeg)"
    r"|een (?:vriend|vriendin) (?:zegt|stuurt|stuurde|heeft|had|wil|is|wordt|denkt)"
    r"|(?:un|une) (?:ami|amie|pote|copine) (?:a moi|de ma classe)|(?:mon|ma) (?:meilleure? (?:ami|amie|pote)|best|beste)"
    r"|(?:mon|ma) (?:petite? |ptite? |grande? )?(?:pote|bff|frere|frr|frangin|frangine|soeur|cousin|cousine)"
    r"|(?:ma copine|mon copain) (?:du foyer|de classe)"
    r"|(?:une|un) (?:fille|gars|mec|pote) de (?:ma classe|mon ecole|mon foyer|mon serveur|mon equipe))\b"
)
_ADULT = re.compile(
    r"\b(?:(?:mijn|mn|onze) (?:dochter|zoon|kleindochter|kleinzoon|leerling|leerlinge|pleegkind"
    r"|pleegdochter|pleegzoon|stiefdochter|stiefzoon)"
    r"|ik ben (?:een |de )?(?:mama|moeder|papa|vader|leerkracht|leraar|juf|ouder|opvoeder|begeleider"
    r"|oma|opa|zorgleerkracht)\b"
    r"|(?:ma|notre) (?:fille|petite fille|eleve|belle fille)\b|(?:mon|notre) (?:fils|petit fils|eleve|beau fils)\b"
    r"|je suis (?:la |le |une |un )?(?:mere|maman|pere|papa|prof|professeur|enseignante?"
    r"|educatrice|educateur|grand mere|grand pere|parent))\b"
)
_MYSELF = re.compile(
    r"\b(?:mij|van mij|me|(?:mijn|mn) (?:foto|fotos|foto s|nude|nudes|naaktfoto|naaktfotos|filmpje|video)|ik (?:word|wil|heb|ben|durf)"
    r"|m a|m ont|me fait|me menace|me force|(?:ma|mes) (?:photo|photos|nude|nudes|video|videos)|j ai|je (?:veux|suis))\b"
)
# "mijn vriendin wordt gechanteerd": the one close by is the one it happens to, and nobody else.
_PARTNER_SUFFERS = re.compile(
    r"\b(?:(?:mijn|mn|men) (?:vriend|vriendin|vriendje|lief) (?:wordt|werd|word) (?:\w+ ){0,3}"
    r"(?:gechanteerd|gepest|bedreigd|afgeperst|lastiggevallen|gedwongen|mishandeld|geslagen|uitgelachen)"
    r"|(?:mijn|mn|men) (?:vriend|vriendin|vriendje|lief) (?:haar|zijn|zn) (?:naakt|blote )?(?:foto|fotos|nude|nudes|filmpje|video)"
    r" (?:gaat|gaan|staat|staan|is|zijn|werd|wordt|circuleert)"
    r"|(?:mon|ma) (?:copain|copine|ami|amie) (?:se fait|s est fait|est (?:harcelee?|victime|menacee?))"
    r"|(?:photos?|nudes?|videos?) (?:nue )?de (?:mon|ma) (?:copain|copine|ami|amie) (?:est|sont|a|ont|circule|circulent|tourne|tournent))\b"
)
# "mijn vriendin snijdt in haar armen": what somebody does to themself, or wants.
_PARTNER_ALONE = re.compile(
    r"\b(?:(?:mijn|mn|men) (?:vriend|vriendin|vriendje|vriendinnetje|lief|ex) (?:\w+ ){0,2}"
    r"(?:snijdt|snijd|krast|automutileert|wil (?:\w+ ){0,2}(?:dood|sterven|niet meer leven|er niet meer zijn|weglopen|zelfmoord)"
    r"|(?:zegt|zei|dreigt|stuurt) (?:\w+ ){0,10}(?:zichzelf iets|zelfmoord|van kant|er niet meer (?:wil|zijn))"
    r"|heeft zelfmoordgedachten|denkt aan zelfmoord|is (?:\w+ )?(?:weggelopen|verdwenen|vermist)"
    r"|(?:doet|doe) (?:zichzelf|haarzelf|zich) pijn)"
    r"|(?:mon|ma) (?:copain|copine|ami|amie|ex) (?:\w+ ){0,2}"
    r"(?:(?:dit|menace|ecrit) (?:\w+ ){0,6}(?:se tuer?|se suicider?|en finir)"
    r"|se (?:coupe|scarifie|mutile|taillade|fait du mal|fait mal)|s automutile"
    r"|veut (?:\w+ ){0,2}(?:mourir|se tuer|se suicider|fuguer|en finir)"
    r"|pense au suicide|a (?:fugue|disparu)|s est (?:enfuie?|coupee?|scarifiee?)))\b"
)
# "mijn vriendin heeft pillen gepakt", "ma copine va se tuer": somebody close who is in danger this moment.
_PARTNER_IN_DANGER = re.compile(
    r"\b(?:(?:mijn|mn|men) (?:beste |kleine |grote )?(?:vriend|vriendin|vriendje|vriendinnetje|lief|ex|maat) (?:\w+ ){0,3}"
    r"(?:heeft (?:\w+ ){0,3}(?:pillen|pilletjes|dafalgan|medicatie|drugs|gif|bleekwater|javel)|is (?:\w+ )?(?:bewusteloos|neergestoken"
    r"|aangereden|flauwgevallen)"
    r"|ligt (?:\w+ ){0,4}(?:bewusteloos|gracht|coma|grond)|is (?:mee|meegegaan|mee gegaan|bij een|bij ne|naar een)"
    r"|gaat (?:zichzelf|zich|zelfmoord)"
    r"|(?:stuurt|stuurde) (?:een |n )?(?:foto|afscheid|afscheidsbrief)|ademt|bloedt|reageert|antwoordt|wordt niet wakker)"
    r"|(?:mon|ma) (?:meilleure? )?(?:copain|copine|ami|amie|pote|ex) (?:\w+ ){0,3}"
    r"(?:va se (?:tuer|suicider|jeter|pendre)|a (?:avale|bouffe|pris (?:\w+ ){0,3}(?:cachets|medocs|pilules|medicaments|drogue|javel))"
    r"|est (?:inconsciente?|dans le coma|avec un (?:homme|mec|gars|vieux|adulte)|partie? avec|chez un)"
    r"|saigne|respire|repond (?:plus|pas)|s est fai[ts]? (?:plante|poignarder?)))\b"
)
# "chui un gars", "ik ben een meisje": no child that somebody asks for.
_MYSELF_ONLY = re.compile(
    r"^(?:(?:ik ben|kben|ben|ik) (?:een |ne |n )?(?:jongen|meisje|meiske|gast)"
    r"|(?:je suis|chui|chuis|jsuis|suis|moi) (?:un |une )?(?:gars|mec|garcon|fille|meuf))(?: (?:van )?\d{1,2}(?: ?(?:jaar|ans|j))?)?$"
)
# Who was sent or shown somebody else's picture looks on; who passed one on does not ("i_shared_it" speaks of itself).
_PICTURE_OF_ANOTHER = re.compile(
    r"\b(?:foto|fotos|foto s|naaktfoto|naaktfotos|nude|nudes|filmpje|filmpjes|video|pic|pics) (?:\w+ )?van "
    r"(?:een |n |ne |die |da |dat |(?:mijn|mn) )?"
    r"(?:meisje|meiske|jongen|gast|klasgenoot|klasgenote|vriendin|zus|zusje|nicht|nichtje|leerling)"
    r"|\b(?:photos?|nudes?|videos?|tofs?) (?:\w+ ){0,2}(?:d une|d un|de la|de ma|de mon|de cette) (?:\w+ )?"
    r"(?:fille|mec|gars|garcon|eleve|copine|pote|amie?|soeur|frere|cousine|cousin)\b"
)
_CAME_TO_ME = re.compile(
    r"\b(?:kreeg|gekregen|ontvangen|(?:stuurde|stuurt|toonde|toont) (?:mij|me)|(?:heeft|hebben) (?:mij|me)|(?:mij|me) (?:\w+ ){0,5}gestuurd"
    r"|m a (?:envoye|montre|transfere|partage)|m ont (?:envoye|montre)|ma envoye|ma montre|j ?ai recu|m envoie)\b"
)
_TELLING = re.compile(
    r"\b(?:(?:heeft|had) (?:mij|me|het mij|het me) (?:verteld|gezegd)|zei (?:mij|me|dat)|vertelde|zegt dat?"
    r"|m a (?:dit|raconte|avoue|parle))\b"
)
_TO_ME = re.compile(r"\b(?:mij|me|mijn|mn|dat ik|m a|m ont|m envoie|ma|mes|mon|que je)\b")
_REPORTING = re.compile(r"\b(?:wordt|werd|wil|heeft|is|s est|se fait|est|veut|a envoye)\b")
_SOMEBODY_NL = (
    r"(?:(?:mijn|mn|men|een) (?:beste |kleine |grote |goeie |goede )?"
    r"(?:vriend|vriendin|vriendje|vriendinnetje|zus|zusje|broer|broertje|nicht|nichtje|neef|neefje|klasgenoot|klasgenote|maat)"
    r"|iemand anders)"
)
_SOMEBODY_FR = (
    r"(?:(?:mon|ma|un|une) (?:petite? |grande? |meilleure? )?"
    r"(?:pote|ami|amie|copain|copine|soeur|frere|cousin|cousine)|quelqu un d autre)"
)
# "het is mijn zusje he, niet ik": whom it is about, set right. Nothing else is told.
_SET_RIGHT = re.compile(
    r"^(?:nee |neen |nn |ja |jawel |maar |eh |euh |eigenlijk )*(?:"
    rf"(?:(?:het|t|da|dat|dit) (?:is|gaat|ging) |tis |t is |gaat |is )(?:over |voor |van )?{_SOMEBODY_NL}"
    r"(?: (?:he|eh|hoor|en|dus|ni|nie|niet|ik|kik|mij|me|over|voor|zelf|van))*"
    r"|(?:(?:ik|k) ben |kben )(?:het|t|da|dat) (?:niet|nie|ni)(?: (?:he|hoor|zelf|eh))*"
    r"|(?:(?:het|t|da|dat|dit) (?:is|gaat) |tis |t is |gaat )(?:niet|nie|ni) (?:over |voor )(?:mij|me|mezelf|mijzelf)(?: (?:he|hoor|eh))*)$"
    r"|^(?:non |nn |oui |mais |en fait |euh |ben )*(?:"
    rf"(?:c est |cest |c |ca concerne |il s agit de |je parle de )(?:pour |de )?{_SOMEBODY_FR}(?: (?:pas|moi|et|hein|donc|qui|est))*"
    r"|(?:c est |cest |c )pas (?:pour |de )moi(?: (?:hein|la|dont|il|s|agit))*)$"
)
# "verkracht door mn neef", "un truc avec mon cousin quand j'avais 8 ans": the one named is who did it.
_DONE_BY = re.compile(r"\b(?:door|par) (?:\w+ )?$|\b(?:met|avec|bij|chez) $")
_LONG_AGO = re.compile(r"\b(?:toen ik|als ik klein|(?:quand|qd|lorsque) j)")
_ADULT_LIKELY = 0.2
"""The least probability of the adult's need, where an adult says that they are one."""
_NEAR = 60
"""Characters behind the friend in which it is told what happens."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SpeakerRole(EntityFinder):
    """The entity `who`: friend or adult; nothing when the teenager speaks of themself (the slot then keeps its value)."""

    entity = "who"
    alone = re.compile(f"{_SET_RIGHT.pattern}|{_MYSELF_ONLY.pattern}")

    def process(self, messages: List[Message]) -> List[Message]:
        """See the parent class. An adult who says so asks for a child, unless what it is about is more specific or an emergency."""
        for message in super().process(messages):
            is_adult = any(one.get("entity") == self.entity and one.get("value") == "adult" for one in message.get(ENTITIES, []))
            if is_adult and not (message.get("metadata") or {}).get("asking"):
                _let_the_adult_ask(message)
        return messages

    def find(self, text: str) -> Optional[str]:
        """See the parent class; in doubt nothing, since wrong words hurt more than general ones."""
        if _ADULT.search(text):
            return "adult"
        if self.find_in_answer(text) is not None:
            return "friend"
        friend = next((found for found in _FRIEND.finditer(text) if not _is_the_doer(text, found.start())), None)
        if not friend:
            return "friend" if _is_about_another(text) else None
        near = text[friend.end() : friend.end() + _NEAR]
        if _TELLING.search(near):
            return "friend"
        if _TO_ME.search(near):
            return None
        return "friend" if _REPORTING.search(near) or not _MYSELF.search(text) else None

    def find_in_answer(self, text: str) -> Optional[str]:
        """See the parent class: only what surely tells whom it is about; "mn zus is hier" may be who can help."""
        is_friend = _SET_RIGHT.search(text) or _PARTNER_IN_DANGER.search(text) or is_another_life(text)
        return "friend" if is_friend else None


def _is_the_doer(text: str, start: int) -> bool:
    """Whether the person named at `start` is who did it to whoever writes, not whom it happens to."""
    before = _DONE_BY.search(text[:start])
    return before is not None and (before[0].startswith(("door", "par")) or _LONG_AGO.search(text) is not None)


def _is_about_another(text: str) -> bool:
    """Whether it happens to somebody close, who hurts nobody but themself, or somebody else's picture came to whoever writes."""
    if _PARTNER_SUFFERS.search(text) or _PARTNER_ALONE.search(text) or _PARTNER_IN_DANGER.search(text):
        return True
    return bool(_PICTURE_OF_ANOTHER.search(text) and _CAME_TO_ME.search(text))


def _let_the_adult_ask(message: Message) -> None:
    """Makes the adult's need the intent where it is likely enough beside another need for help."""
    ranking = message.get("intent_ranking") or []
    first = ranking[0] if ranking else {}
    adult = next((one for one in ranking if one[INTENT_NAME_KEY] == ADULT), None)
    name = first.get(INTENT_NAME_KEY)
    is_other_need = name in NEEDS and not NEEDS[name].is_conversation and name not in (ADULT, *MORE_SPECIFIC)
    if adult is None or not is_other_need or urgency_of(name) is Urgency.EMERGENCY or adult[PREDICTED_CONFIDENCE_KEY] < _ADULT_LIKELY:
        return
    found = {INTENT_NAME_KEY: ADULT, PREDICTED_CONFIDENCE_KEY: first[PREDICTED_CONFIDENCE_KEY]}
    message.set(INTENT, found, add_to_output=True)
    message.set("intent_ranking", [found, *(one for one in ranking if one is not adult)], add_to_output=True)
