"""Finds e-mail addresses (spelled out too) and names on social platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_text import Span, plain

_DOT = r"(?:\s{0,2}\.\s{0,2}|\s{0,2}[\[({]?(?:dot|punt|point)[\])}]?\s{0,2})"
_AT = (
    r"(?:\s{0,2}(?:@|＠)\s{0,2}|\s{0,2}[\[({]\s?(?:at|@|a|arobas\w*|apenstaart\w*|bij)\s?[\])}]\s{0,2}|\s(?:at|arobas\w{0,2}|"
    r"arrobas\w{0,2}|apenstaart\w{0,3}|apestaart\w{0,3}|chez|bij)\s)"
)
_TLD = (
    r"(?:com|be|net|org|eu|fr|nl|me|io|de|uk|co\.uk|info|lu|edu|brussels|vlaanderen|gent|school|ch|it|es|pt|ma|tr|pl|ro|app|"
    r"dev|gov|biz|tv|xyz|online)"
)
_LOCAL = r"(?<![\w.+%-])[\w+%-][\w.+%-]{0,63}"
_SPELLED_MORE = r"(?:\s(?:punt|point|dot|underscore|streepje|tiret|min|moins)\s[\w+%-]{1,40}){0,4}"
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_SPELLED = re.compile(rf"{_LOCAL}{_SPELLED_MORE}{_AT}[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,3}}?{_DOT}{_TLD}(?![\w@])", re.IGNORECASE)
_PROVIDERS = r"(?:gmail|hotmail|outlook|telenet|skynet|proximus|icloud|yahoo|protonmail|proton|scarlet|voo|msn|live|student)"
_NO_ENDING = re.compile(rf"{_LOCAL}{_SPELLED_MORE}(?:{_AT})\s?{_PROVIDERS}(?!\w)", re.IGNORECASE)
_NO_AT = re.compile(
    rf"{_LOCAL}(?:\s{{1,2}}[^\W\d_]{{1,12}})?\s{{1,2}}{_PROVIDERS}(?:{_DOT}{_TLD}|\s(?:com|be|fr|net))(?!\w)", re.IGNORECASE
)
"""With a word for the sign that no list knows between ("jonas arobaz hotmail.com"), or none at all."""

_APP = (
    r"(?:snap(?:chat|je)?|insta(?:gram|gramm)?|ig|tik\s?tok|discord|telegram|roblox|twitch|facebook|fb|messenger|twitter|"
    r"reddit|wizz|yubo|bereal|steam|psn|"
    r"xbox|fortnite|minecraft|youtube|pinterest|threads|skype|kik|tellonym|ngl|whatsapp|vsco)"
)
_ALIAS = (
    r"(?:gebruikersnaam|username|usernaam|user|pseudo|pseudonyme|nickname|nick|alias|gamertag|tag|profielnaam|schermnaam|"
    r"identifiant|@)"
)
_SHORT = r"(?:dc|tt|sc)"
"""Short for Discord, TikTok, Snapchat; in French also words (donc, tout), so an account only with a colon or before a made-up name."""
_X = r"(?P<name>@?[\w][\w.\-]{1,40}(?:#\d{2,6})?)"
_IS = r"(?:\s{0,2}(?:[:=→]|->)\s{0,2}|\s{1,2}(?:is|est|heet|=|c['’ ]?\s?est|ces|cest|s['’]appelle|is:|naam\s+is)\s{0,2}:?\s{0,2})"
_SIGN = re.compile(
    rf"(?<!\w)(?:{_APP}|{_ALIAS}|{_SHORT})(?:\s?-?(?:naam|name|account|profiel|profil|compte|user|pseudo|id|"
    rf"nick))?\s{{0,2}}[:=]\s{{0,2}}{_X}",
    re.IGNORECASE,
)
_IS_CUE = re.compile(
    rf"(?<!\w)(?:{_APP}|{_ALIAS})(?:\s?-?\s?(?:naam|name|account|profiel|profil|compte|user|pseudo|id|nick))?(?:\s(?:op|"
    rf"sur)?\s?{_APP})?{_IS}{_X}",
    re.IGNORECASE,
)
_ADD = re.compile(
    rf"(?<!\w)(?:voeg\s+(?:me|mij)\s+toe|add|adde|zoek|volg|stuur|ajoute[rz]?|cherche|suis|suivez|follow|trouves?|trouve[rz]?|"
    rf"vindt?|vinden)\b[^.\n!?]{{0,30}}?"
    rf"\b(?:op|sur|via|on)\s+(?:mijn\s+|mon\s+)?{_APP}\s*(?:onder|als|sous|:|met|avec|le\s+nom)?\s*{_X}",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?:heet|ben\s+ik|noemt|appelle|suis)\s+(?:op|sur)\s+{_APP}\s*:?\s*{_X}", re.IGNORECASE)
_LINK = re.compile(
    r"(?:instagram\.com|snapchat\.com/add|tiktok\.com|facebook\.com|fb\.com|t\.me|twitter\.com|x\.com|discord\.gg|twitch\.tv|"
    r"youtube\.com)/(?P<name>@?[\w.\-]{2,60})",
    re.IGNORECASE,
)
_AT_NAME = re.compile(r"(?<![\w.@])@(?P<name>[\w][\w.]{1,40})")
_APP_BEGINS = re.compile(rf"(?<!\w)(?:{_APP}|{_ALIAS}|{_SHORT})", re.IGNORECASE)
"""What the four patterns above that name an app have in common: one look, for nearly every sentence the only one."""
_MENTION = re.compile(
    rf"(?<!\w)(?:(?:{_APP}|{_ALIAS})(?!\w)|{_SHORT}(?=\s?[:=]|\s@?\w+[._\d])|(?:{_APP}[\s-]?)?(?:account|compte|profi[el]+)(?!\w)"
    r"|noemt\s(?:\w+\s)?zich|se\sfait\sappeler)",
    re.IGNORECASE,
)
"""Somewhere in a text with one of these, a word that looks made up is a handle."""
_TOKEN = re.compile(r"(?<![\w.#@/-])(?=[\w.-]*[^\W\d_])[\w.-]+(?:#\d{2,6})?(?![\w@/-])")
_STRONG = re.compile(r"\w_|_\w|#|[^\W\d_]{3}[._-]?\d{2}|[^\W\d_]{2}\d[^\W\d_]")
"""In the shape of no word: an underscore, digits behind or between letters."""
_WEAK = re.compile(r"\w\.\w|[a-zà-ÿ][A-ZÀ-Ý]|[^\W\d_]{3}\d|^[^\W\d_]\d[^\W\d_]{2}")
"""Seldom the shape of a word: a full stop without a space, a capital inside, one digit."""
_SITE = re.compile(r"\.(?:com|org|net|gov)$")
_SITE_PARTS = re.compile(r"^www\.|\.(?:be|fr|nl|eu|io|gg|tv|me)$")
_APP_FIRST = re.compile(rf"^{_APP}")
_NO_NAME = re.compile(r"(?:covid\d*|iphone\d*|ps\d|mp\d|gta\d*|fifa\d*|ios\d*|windows\d*|h24|a4|ask\.fm|musical\.ly)$")
_PARTICIPLE = re.compile(r"(?:(?:ge|ver|be|ont|her)\w{2,}(?:t|d|en)|\w+(?:ee|é|ée|és|ées|iel|ibel|baar))$")
_MORE_WORDS = frozenset(
    "van weg nog niet ook prive openbaar public publiek nieuw nouveau oud leeg vide kapot traag lent vol plein toe open dicht "
    "offline online down gratuit gratis nul dangereux "
    "gevaarlijk stom leuk cool bien mort dood illegal illegaal interdit verboden chiant mon ma mijn zijn haar hun son sa leur "
    "tout alles allemaal te trop veel app une een".split()
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses: written, with spaces, and spelled out ("naam at gmail punt com", "nom arobase gmail point com")."""
    for pattern in (_EMAIL, _SPELLED, _NO_ENDING, _NO_AT):
        for found in pattern.finditer(text):
            yield Span(*found.span(), "email")


def handles(text: str, ordinary: frozenset[str]) -> Iterator[Span]:
    """Names on social platforms. `ordinary`: plain words that are none ("mijn snap is weg")."""
    names_app = _APP_BEGINS.search(text) is not None
    for pattern in (_LINK, _AT_NAME, _SIGN, _IS_CUE, _ADD, _NAMED) if names_app else (_LINK, _AT_NAME):
        for found in pattern.finditer(text):
            if pattern in (_LINK, _AT_NAME) or _may_be_handle(found["name"], ordinary, signed=pattern is _SIGN or ":" in found[0]):
                yield _handle(text, found.start("name"), found.end("name"))
    if _MENTION.search(text):
        for found in _TOKEN.finditer(text):
            if _looks_made_up(found[0].rstrip(".-"), ordinary):
                yield _handle(text, *found.span())


def _looks_made_up(token: str, ordinary: frozenset[str]) -> bool:
    """No name of a site, and no ordinary words with a sign too few or too many ("gestuurd.ik", "foto1")."""
    flat = plain(token)
    if _NO_NAME.match(flat) or _SITE.search(flat):
        return False
    if _STRONG.search(token):
        return True
    pieces = [piece for piece in re.split(r"[\W\d]+", _SITE_PARTS.sub("", flat)) if len(piece) > 1]
    if not pieces or not _WEAK.search(token) or flat in ordinary:
        return False
    unknown = [piece for piece in pieces if _is_unknown(piece, ordinary)]
    return pieces[-1] in unknown or not all(_PARTICIPLE.match(piece) for piece in unknown)


def _is_unknown(piece: str, ordinary: frozenset[str]) -> bool:
    """No ordinary word, no app, and no two of them in one ("whatsappstatus")."""
    rest = _APP_FIRST.sub("", piece)
    return rest != "" and piece not in ordinary and rest not in ordinary


def _handle(text: str, start: int, end: int) -> Span:
    """Without the full stop or dash that ends the sentence."""
    while end > start + 1 and text[end - 1] in ".-":
        end -= 1
    return Span(start, end, "handle")


def _may_be_handle(name: str, ordinary: frozenset[str], *, signed: bool) -> bool:
    """A made-up name, not a word of the sentence. `signed`: it follows a colon ("insta: chlooo"), so its shape matters less."""
    word = plain(name).strip(".-")
    if re.search(r"[\d_#@]|\.\w", word):
        return not word.isdigit()
    return (
        word not in ordinary
        and word not in _MORE_WORDS
        and (signed or not _PARTICIPLE.match(name.lower().strip(".-")))
        and re.fullmatch(_APP, word) is None
    )
