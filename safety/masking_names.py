"""Finds names of people in chat: lists, cues ("ik heet …", "ma pote …"), titles, surnames after a first name. Both languages at once: teenagers mix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_text import Span, Word, words_in
from safety.masking_words import NameWords

_SELF = tuple(
    cue.split()
    for cue in (
        "heet",
        "heten",
        "heette",
        "naam is",
        "naam was",
        "naam",
        "noem mij",
        "noem me",
        "noemen mij",
        "noemen me",
        "noemt mij",
        "noemen hem",
        "noemen haar",
        "genaamd",
        "ken hem als",
        "ken haar als",
        "met de naam",
        "profiel stond",
        "profiel staat",
        "voornaam is",
        "achternaam is",
        "familienaam is",
        "m appelle",
        "s appelle",
        "t appelles",
        "m appelles",
        "jm appelle",
        "mappelle",
        "jmappelle",
        "sappelle",
        "on m appelle",
        "appelle moi",
        "appelle-moi",
        "appelez moi",
        "appelez-moi",
        "nom est",
        "nom c est",
        "nom cest",
        "nom",
        "prenom est",
        "prenom c est",
        "prenom",
        "nomme",
        "nommee",
        "sous le nom de",
        "le nom de",
        "au nom de",
        "moi c est",
        "moi cest",
        "nous c est",
        "y a ecrit",
        "il y a marque",
    )
)
# After these only a known first name or a capital counts.
_SOFT = tuple(
    cue.split()
    for cue in (
        "ik ben",
        "kben",
        "ben ik",
        "wij zijn",
        "hier is",
        "met",
        "groetjes",
        "groeten",
        "groetjes van",
        "dit is",
        "je suis",
        "jsuis",
        "chui",
        "c est",
        "cest",
        "coucou c est",
        "bisous",
        "bises",
        "ici",
        "avec",
        "chez",
        "kus",
        "xx",
        "mvg",
    )
)
_FILL = frozenset("maar gewoon juste ook aussi toch ne plutot".split())
_OWN = frozenset("mijn mn m'n me m zijn haar hun ons onze jouw je de een die den mon ma mes ton ta son sa notre leur le la un une l cette ce".split())
_ADJECTIVE = frozenset(
    "beste bff ex kleine grote oudere jongere grootste goede goeie vroegere nieuwe meilleure meilleur petit petite grand grande ancien ancienne nouveau nouvelle vieux vieil demi".split()
)
_KIN = frozenset(
    "vriend vriendin vriendinnetje vriendje maat maatje lief ex bff bestie broer broertje zus zusje zuster mama papa ma pa moeder vader stiefvader stiefmoeder stiefpapa stiefmama stiefbroer stiefzus "
    "plusmama pluspapa pleegvader pleegmoeder pleegpapa oom nonkel tante opa oma bompa bomma neef neefje nicht nichtje buurman buurvrouw buurjongen buurmeisje collega kameraad klasgenoot jongen meisje gast kerel "
    "begeleider begeleidster opvoeder opvoedster coach trainer trainster leraar leerkracht lerares directeur monitor leider leidster dokter psycholoog therapeut baas "
    "copain copine pote poto ami amie meuf mec gars frere soeur frerot reuf reus petit-ami petite-amie demi-frere demi-soeur mere pere maman papa beau-pere belle-mere beau-frere belle-soeur parrain marraine "
    "oncle tante tonton tata papy mamy papi mamie cousin cousine voisin voisine collegue camarade fille garcon educ educateur educatrice entraineur entraineuse prof professeur directeur directrice moniteur chef psy crush sex-friend besta".split()
)
_TITLE = frozenset(
    "meneer mijnheer menheer dhr mevrouw mevr mvr mw juf juffrouw meester monsieur mr mme mlle madame mademoiselle maitre docteur dr dokter nonkel oom tante tonton tata bompa bomma papy mamy opa oma".split()
)
_ARTICLE = frozenset("le la un une cette ce de een die het des cet l".split())
_PARTICLE = frozenset(
    "van vande vanden vander de den der d du des la le el al ben bin ait ould bou abu abou ter ten te ver von da dos do di dal della op zum mac mc o st saint sint".split()
)
_LOWER_SURNAME = re.compile(
    r"(?:mans|aerts|aert|ckx|inckx|ynck|ssens|ssen|eyns|huys|eyer|maekers|czyk|owski|oglu|broeck|broek|berghe|velde|meersch|straeten|straete|damme|hove|houtte|walle|putte|"
    r"kerckhove|bossche|eynde|driessche|weghe|casteele|smet|clercq|backer|bakker|cock|graeve|groote|meyer|muynck|paepe|pauw|ridder|roeck|roover|schepper|schrijver|vos|vries|wachter|wael|wilde|winter|witte|wolf)$"
)
_VERB_SHAPE = re.compile(r"(?:.*[^aeiou]t|ge\w+(?:d|t|en)|.*(?:ait|aient|er|ez|ons|ent|de|te|den|ten|en))$")
_AFTER_NAME = frozenset(
    "heeft is wil zegt zei en die gaat was had haar moet kan stuurt stuurde vroeg dreigt doet deed wou ging komt zit et a est veut va m me dit qui ne n peut avait etait fait doit s se l lui nous".split()
)
_GAP = re.compile(r"[ \t\u00a0]{1,3}|\s?[.,:;]?\s?|['’]|\s?[\"“«'(*]{1,2}\s?")
_SAME_NAME = re.compile(r"[ \t\u00a0]{1,2}|['’]|\.\s?|-")


class NameFinder:
    """Finds names with the words of `words`; what the engines find is added by the masker."""

    def __init__(self, words: NameWords) -> None:
        self._words = words

    def find(self, text: str) -> Iterator[Span]:
        """Spans of kind name, each a first name with its surname, or a surname after a title."""
        words = words_in(text)
        shouting = sum(word.text.isupper() for word in words if len(word.text) > 1) > len(words) / 2
        reading = _Reading(text, words, self._words, shouting)
        index = 0
        after_name = False
        while index < len(words):
            length = reading.name_at(index, after_name)
            if length:
                yield Span(words[index].start, words[index + length - 1].end, "name")
            coordinated = length > 0 or (after_name and words[index].plain in ("en", "et", "ou", "of", "and"))
            index += length or 1
            after_name = coordinated


class _Reading:
    """One text being read: answers whether a name starts at a word, and how many words it has."""

    def __init__(self, text: str, words: list[Word], known: NameWords, shouting: bool) -> None:
        self._text, self._list, self._known, self._shouting = text, words, known, shouting

    def name_at(self, index: int, after_name: bool) -> int:
        """How many words the name has that starts at `index`; 0 when none does. `after_name`: "Lotte en" stands before it."""
        word = self._list[index]
        if len(word.plain) < 2:
            return 0
        if self._cued(index, _SELF) and self._could_be_name(index):
            return self._with_surname(index, sure=True)
        title = self._title(index)
        if title:
            return title
        if word.plain in self._known.common and not (word.plain in self._known.ambiguous and self._capital_inside(index)):
            return 0
        if self._known.is_first(word.plain):
            return self._with_surname(index, sure=False)
        if self._after_kin(index) or self._presented(index) or (after_name and self._listed_after(index)):
            return self._with_surname(index, sure=False)
        if word.plain in self._known.ambiguous:
            length = self._with_surname(index, sure=False)
            followed = length > 1 and word.capital
            return length if followed or self._capital_inside(index) or self._weak_cue(index) else 0
        return 0

    # -- cues --

    def _cued(self, index: int, cues: tuple[list[str], ...]) -> bool:
        before = index - 1
        if before >= 0 and self._list[before].plain in _FILL:
            before -= 1
        if before < 0 or not self._near(before, index):
            return False
        for cue in cues:
            first = before - len(cue) + 1
            if first >= 0 and all(self._list[first + offset].plain == part for offset, part in enumerate(cue)):
                return cue not in (["naam"], ["nom"], ["prenom"]) or ":" in self._text[self._list[before].end : self._list[index].start]
        return False

    def _title(self, index: int) -> int:
        """A surname after meneer, mevrouw, mme …"""
        before = index - 1
        if before < 0 or self._list[before].plain not in _TITLE or not self._near(before, index):
            return 0
        articled = before > 0 and self._list[before - 1].plain in _ARTICLE
        word = self._list[index]
        length = self._surname(index) or (1 if self._known.may_be_first(word.plain) or self._capital_name(index) else 0)
        if not length and not articled and self._could_be_name(index) and not _VERB_SHAPE.match(word.plain):
            length = 1
        return length + self._surname(index + length) if length else 0

    def _after_kin(self, index: int) -> bool:
        """`mijn vriend jonas`, `ma meilleure pote, Chloé`."""
        before = index - 1
        if before < 0 or self._list[before].plain not in _KIN or not self._near(before, index):
            return False
        owner = before - 1
        while owner >= 0 and self._list[owner].plain in _ADJECTIVE:
            owner -= 1
        owned = owner >= 0 and self._list[owner].plain in _OWN
        word = self._list[index]
        if self._known.may_be_first(word.plain) or self._capital_name(index):
            return True
        comma = "," in self._text[self._list[before].end : word.start]
        return owned and not comma and self._could_be_name(index) and self._reads_like_name(index)

    def _presented(self, index: int) -> bool:
        """`ik ben roos`, `c'est fleur`, `c'est xochitl qui …`."""
        if not self._cued(index, _SOFT):
            return False
        word = self._list[index]
        if self._list[index - 1].plain in ("met", "avec", "chez", "ici", "xx"):
            return self._known.may_be_first(word.plain)
        following = self._list[index + 1].plain if index + 1 < len(self._list) else ""
        named = self._list[index - 1].plain in ("est", "cest") and following == "qui" and self._could_be_name(index)
        ends = not re.match(r"\s*[^\W_]", self._text[word.end :]) and self._capital_inside(index)
        return named or ends or (self._known.may_be_first(word.plain) and (word.capital or word.plain not in self._known.ambiguous))

    def _weak_cue(self, index: int) -> bool:
        return index > 0 and self._list[index - 1].plain in ("avec", "chez", "met") and self._near(index - 1, index)

    def _listed_after(self, index: int) -> bool:
        return self._known.may_be_first(self._list[index].plain) or self._capital_name(index)

    # -- what a word looks like --

    def _could_be_name(self, index: int) -> bool:
        word = self._list[index]
        if word.plain in self._known.common:
            return word.plain in self._known.ambiguous and self._capital_inside(index)
        return word.plain not in self._known.kept and word.plain not in _KIN and word.plain not in _TITLE

    def _capital_inside(self, index: int) -> bool:
        """A capital that no beginning of a sentence explains."""
        word = self._list[index]
        if not word.capital or self._shouting or (word.text.isupper() and len(word.text) > 1):
            return False
        before = self._text[: word.start].rstrip(" \t\"'“«(*")
        return bool(before) and before[-1] not in ".!?\n:…"

    def _capital_name(self, index: int) -> bool:
        word = self._list[index]
        return word.capital and not self._shouting and self._could_be_name(index)

    def _reads_like_name(self, index: int) -> bool:
        """An unknown lower-case word after "mijn vriend": no verb by its shape, and followed as a name is."""
        word = self._list[index]
        if len(word.plain) < 3 or _VERB_SHAPE.match(word.plain):
            return False
        following = self._list[index + 1].plain if index + 1 < len(self._list) and self._near(index, index + 1) else ""
        return following in _AFTER_NAME

    # -- surnames --

    def _with_surname(self, index: int, *, sure: bool) -> int:
        """The words of a name that starts at `index`; `sure`: a cue said so, lower-case words nearby belong to it."""
        length = 1
        while length < 4 and index + length < len(self._list):
            more = self._surname(index + length)
            if not more and self._second_first_name(index + length):
                more = 1
            if not more and (sure or self._ends_like_name(index + length)) and length == 1 and self._unknown_surname(index + length):
                more = 1
            if not more:
                break
            length += more
        return length

    def _second_first_name(self, index: int) -> bool:
        return self._adjacent(index) and self._known.is_first(self._list[index].plain) and "'" not in self._between(index)

    def _ends_like_name(self, index: int) -> bool:
        following = self._list[index + 1].plain if index + 1 < len(self._list) and self._near(index, index + 1) else ""
        return following in _AFTER_NAME

    def _unknown_surname(self, index: int) -> bool:
        word = self._list[index]
        return self._adjacent(index) and len(word.plain) > 2 and self._could_be_name(index) and not _VERB_SHAPE.match(word.plain) and word.plain not in _PARTICLE

    def _surname(self, index: int) -> int:
        """How many words a surname has that starts at `index` (particles included), 0 when none does."""
        last = index
        while last < len(self._list) and last < index + 3 and self._list[last].plain in _PARTICLE and (last == index or self._adjacent(last)):
            last += 1
        if last >= len(self._list) or (index > 0 and not (self._adjacent(index) or self._near(index - 1, index))) or (last > index and not self._adjacent(last)):
            return 0
        if index > 0 and last == index and not self._adjacent(index):
            return 0
        word = self._list[last]
        joined = "".join(part.plain for part in self._list[index : last + 1])
        listed = word.plain in self._known.surnames or joined in self._known.surnames
        shaped = _LOWER_SURNAME.search(word.plain) is not None and word.plain not in self._known.common
        capital = word.capital and not self._shouting and self._could_be_name(last) and (last == index or not word.text.isupper())
        initial = last == index and len(word.text) == 1 and word.text.isupper() and self._text[word.end : word.end + 1] == "."
        if (listed and word.plain not in self._known.common) or shaped or (capital and len(word.plain) > 1) or initial:
            return last - index + 1
        return 0

    # -- distances --

    def _near(self, first: int, second: int) -> bool:
        return len(self._text[self._list[first].end : self._list[second].start]) <= 4 and _GAP.fullmatch(self._text[self._list[first].end : self._list[second].start]) is not None

    def _between(self, index: int) -> str:
        return self._text[self._list[index - 1].end : self._list[index].start]

    def _adjacent(self, index: int) -> bool:
        """Only a space or hyphen before this word: the same name may go on."""
        return index > 0 and _SAME_NAME.fullmatch(self._between(index)) is not None
