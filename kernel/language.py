"""The two languages, and what can be told from a few words without any model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """Dutch (Belgian) and French (Belgian)."""

    NL = "nl"
    FR = "fr"

    @property
    def other(self) -> Language:
        """The other language."""
        return Language.FR if self is Language.NL else Language.NL

    @classmethod
    def parse(cls, value: object, default: Language) -> Language:
        """The language named by `value`, else `default`."""
        return cls(value) if isinstance(value, str) and value in ("nl", "fr") else default


# Words that one language has and the other has not, chat spelling included. Words that both use (ok, nude, snap, app,
# help, stop, in, me, on, die, plan, par, long) are left out: a short ambiguous message keeps the conversation's language.
_WORDS = {
    "nl": (
        "ik kik kheb kben kweet kwil kzit kzou kga kan ni nie niet een ne mijn mn mij jij jou je jullie ge gij u hij hem zij "
        "ze zijn wij het t da dat dit deze wat wa wie waar wanneer waarom hoe en of maar ma als want dus ook nog al is was ben "
        "bent heb hebt heeft hebben had wil wilt willen moet moeten mag mogen kunt kunnen gaat gaan ga doet doen weet "
        "kweeni weetni amai allee goeie hallo hoi hey yow dag merci-he bedankt dank graag ja jawel neen nee zo toch wel "
        "geen iemand iets niks niemand altijd nooit vandaag morgen gisteren nu thuis school vriend vriendin ouders "
        "foto foto's fotos naaktfoto weg bang hulp sturen gestuurd stuurt voor van met naar bij uit om over door aan tegen "
        "te er hier daar den der vind zegt zei sebiet efkes ff fzo ofzo egt echt heel veel "
        "voel voelt voelde verdrietig triestig bang bange schrik moe boos kwaad raar vreemd slecht goed alleen zin klaar weer gewoon gwn "
        "op na tijdens tussen achter onder binnen buiten kamer straat meisje jongen zus zusje broer broertje vader moeder nonkel avond "
        "nacht juf klas denk slaap kom ken zeg blijf woon huil haat schaam vertel gehad gedaan gezegd gekregen "
        "gezien geweest gebeld verteld zn haar hun ons onze jouw slaat sloeg slaan geslagen klopt durf durft snapt begrijp begrijpt "
        "begrijpen versta verstaat verstaan praat praten schrijf schrijft frans afgepakt "
        "verstoa verstoan kwoad woar noar doar moar voader goat stoat joar goan stoan geslegn gesloagn gesloan gistern gie wuk oltied"
    ),
    "fr": (
        "je j jai jsuis chui jsais jsp jpp jveux jpeux moi toi lui il elle ils elles nous vous tu t on est c cest ct suis es "
        "sont etait ai as a ont avait avoir etre fait faire vais va veux veut peux peut dois doit sais sait pas plus jamais "
        "rien personne quelqu un une le la les des du de d l au aux mon ma mes ton ta tes son sa ses notre ce cette ces ca "
        "qui que quoi quand comment pourquoi pq pk parce mais ou et donc si avec sans dans pour sur chez vers oui ouais non "
        "nan merci bonjour bonsoir salut coucou aide aidez peur photo photos envoye envoyer envoie maison parents copain "
        "copine pote ecole tkt mtn bcp tjrs cv stp svp dsl qqn qqch tt aussi encore deja demain hier aujourd hui veulent "
        "menace menaces fugue fuguer mdr wesh sens sent ressens jme triste fatigue fatiguee creve crevee seul seule honte colere "
        "enerve enervee stresse stressee angoisse bizarre mal bien tres trop envie besoin vie mort mourir arrive arrete "
        "sinon viens jviens vient jvais jetais jetait petite petit accord mieux chambre rue nuit soir matin mec mecs gars "
        "fille frere soeur pere mere maman comprends pense pleure dors connais crois aime deteste sors rentre reste parle "
        "regarde habite classe vacances vont faut peuvent combien temps appelle attends bloquer effacer supprimer plainte "
        "juste tout tous toute toujours vraiment apres avant pendant beaucoup chose vrai meme autre ami amie amis jose "
        "jarrive jdois jen jlai jle jte jpense ferme fermer laisse laissez tranquille vite vide compris comprendre"
    ),
}
_SHARED = frozenset("dit en te ma t a on u en al der des la de om et tes plus si va ni ne is as over kan".split())
# Words that mark one language and are also met in the other: "les" (a lesson), "mes" (a knife) and "photo" in Flemish, "nu"
# (naked) in French. They count only where no other word tells, and then only two of them.
_WEAK = {
    "nl": frozenset("nu mn met mag hey op na allee ge hier gin mie ip".split()),
    "fr": frozenset("les mes pas mal dans lui ton vers au ai es c d j l n cv photo photos triste bizarre hier".split()),
}
_MARKS = {code: frozenset(words.split()) - _SHARED - _WEAK[code] for code, words in _WORDS.items()}
_FEWEST_WEAK = 2
# West-Flemish "hij is, hij heeft", whose j' is no French one: "j'is kwoad", "j'ee mn gsm"; "j'e" may be either, and tells nothing.
_J_OF_HIM = "is|ee|eet|eeft|oad"
# Turns of phrase that tell, though none of their words does: "na de les", "op de chat"; "je comprends pas", "l'écran".
_TURNS = {
    "nl": re.compile(
        r"\b(?:(?:in|na|op|bij|uit|van|voor|over|onder|achter|naast|met|tot|per) (?:de|den|t|mn|ne|die) \w"
        rf"|j (?:{_J_OF_HIM}|gaat|goat|komt|slaat|sloat|sleit|zegt|doet|moet|wilt|stoat|zit)\b)"
    ),
    "fr": re.compile(
        r"\b(?:(?:je|j|ca|sa|tu) (?:\w+ ){1,2}pas|pas (?:envie|le|les|ca|trop|grave|besoin|confiance|question|tout|normal|possible)"
        rf"|dans (?:la|le|ma|mon|un|une|sa|son|ta|l|mes|ses|leur)|(?:la|ma|sa|une|cette|ta) photo|[jl] (?!(?:e|{_J_OF_HIM})\b)[aehiouy]\w*"
        r"|[mdnst] (?:a|ai|as|est|aime|ecoute)|c (?!attest|of|en|is|met|was)[a-z]{2,})\b"
    ),
}
# Said in Flemish too ("dans les": a dancing lesson), or by a French "ben" that is no "ik ben": it tells nothing, and nor do its words.
_BOTH_SAY = re.compile(
    r"\bca va\b(?! (?:pas|plus|mieux|bien|mal|aller|etre|s|me|te|finir|durer|faire|passer)\b)|\b(?:pas mal|merci|voila|salut)\b"
    r"|\bdans les$"
    r"|\bben (?=(?:oui|ouais|non|nan|si|voila|jsp|je|j|c|ca|on|il|elle|alors|ma|mon|la|merci|enfait|en fait)\b)"
)


_FEW_WORDS, _MIXED = 4, 2
"""So many words hold more than one word of their language; so many words of the conversation's language make a message a mixed one."""

# Answers that bilingual teenagers use in both languages: alone they keep the conversation's language (talk.md).
_BARE_ANSWERS = frozenset(
    "ja jawel nee neen ni nie niet oui ouais non nan si ben merci salut hallo hey yo yow coucou amai ok oke okay okee k lol".split()
)


def words_of(text: str) -> list[str]:
    """Lower-case words of `text` without accents, apostrophes split off."""
    flat = text.casefold()
    if not flat.isascii():  # else there is nothing to take apart
        flat = "".join(char for char in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(char))
    return re.findall(r"[a-z0-9]+", flat)


def spoken_words(text: str) -> list[str]:
    """As `words_of`, with letters that were typed apart ("i k w i l") taken as one word: an l or a d is no French then."""
    flat = " ".join(words_of(text))
    return re.sub(r"\b[a-z](?: [a-z]\b){2,}", lambda found: found[0].replace(" ", ""), flat).split()


def language_by_words(text: str) -> Language | None:
    """The language whose own words `text` holds clearly more of, or None.

    Meant for the moments when no model is at hand (the fixed answer of the hub) and as the first look of the bot's
    language component.
    """
    words = spoken_words(text)
    if len(words) <= 2 and _BARE_ANSWERS.issuperset(words):
        return None
    said = _BOTH_SAY.sub(" ", " ".join(words))
    lead = _lead(said, _MARKS) + bool(_TURNS["nl"].search(said)) - bool(_TURNS["fr"].search(said))
    if lead == 0:
        weak = _lead(said, _WEAK)
        lead = weak if abs(weak) >= _FEWEST_WEAK else 0
    if lead == 0:
        return None
    return Language.NL if lead > 0 else Language.FR


def language_in_talk(text: str, talk: Language | None) -> Language | None:
    """As `language_by_words` in a conversation that is in `talk`: one word of the other language among several turns nothing, and nor does
    a message that mixes both ("wallah il est fou, k weet nie wa doen")."""
    heard = language_by_words(text)
    if talk is None or heard is None or heard is talk:
        return heard
    words = spoken_words(text)
    said = " ".join(words)
    turns = {language: int(bool(_TURNS[language].search(said))) for language in _TURNS}
    own, others = (len(_MARKS[language].intersection(words)) + turns[language] for language in (talk, heard))
    is_one_word = others <= 1 and len(words) >= _FEW_WORDS
    return None if is_one_word or (own >= _MIXED and others < 2 * own) else heard


def _lead(said: str, marks: Mapping[str, frozenset[str]]) -> int:
    """How many more different words mark Dutch than French; below zero when French leads."""
    words = set(said.split())
    return len(words & marks["nl"]) - len(words & marks["fr"])
