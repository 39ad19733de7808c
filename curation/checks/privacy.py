"""Personal details in sentences of the data, and sentences that look copied out of a real chat. Nobody's life is training data.

With the word lists and patterns of safety/masking, without its engines: it must be quick, and a name that no list knows is for the
second reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from ruamel.yaml import YAML

from curation.content import Content
from curation.finding import Checked
from kernel.language import Language
from safety.datafile import DataError
from safety.masking_contacts import emails, handles
from safety.masking_numbers import accounts, helpline_numbers, national_numbers, phones
from safety.masking_places import addresses
from safety.masking_schools import schools
from safety.masking_text import KINDS, Span, plain
from safety.masking_words import NameWords

CHAT = "chat"
LONGEST = 420
"""Characters: a longer example is a whole story, and most whole stories are somebody's."""
_LISTS = Path(__file__).with_name("privacy.yml")
_TIME = r"\d{1,2}[:h.]\d{2}(?::\d{2})?"
_CHAT = re.compile(
    rf"^\[?\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}},? (?:om |à )?{_TIME}"  # an export of an app: [12/03/2026, 21:14] …
    rf"|^\[?{_TIME}\]? ?(?:[-–—>] ?)?[^\W\d][\w .'-]{{1,20}}: ?\S"  # 21:14 - somebody: …
    r"|<\s?(?:media|médias?|image|foto|photo|video|vidéo)[^>]*>|\b(?:media weggelaten|médias? omis|media omitted|image omitted"
    r"|image absente|afbeelding weggelaten|bericht verwijderd|message supprimé)\b"
    rf"|\b(?:gezien|gelezen|geleverd|vu|lu|seen|delivered)(?: om| à| at) {_TIME}"
    r"|^(?:doorgestuurd|transféré|forwarded) ?:|\[(?:masked|name|phone|email|address|school|handle|account|national_number)\]",
    re.IGNORECASE,
)
_SPEAKERS = re.compile(r"(?:^|[.!?\n/|»\"] ?)([^\W\d_][\w'-]{1,14}) ?: ?(?=\S)")
"""Two people who speak in turn: "ik: hoe dan? hij: gewoon"."""
_MAY_BE_CHAT = ("<", "[", ":", "weggelaten", "omis", "omitted", "absent", "verwijderd", "supprim")
_MAY_BE_MAIL = ("@", "arobas", "apenst"), frozenset({"at", "punt", "point", "dot"})
_MAY_BE_PLACE = (
    ("woon", "habite", "straat", "laan", "plein", "steenweg", "avenue", "chauss", "boulevard"),
    frozenset({"rue", "place"}),
)
_MAY_BE_SCHOOL = (
    ("school", "college", "athen", "lyce", "instit", "campus", "sint", "saint", "bosco", "notre", "ecole", "internat", "internaat"),
    frozenset({"vti", "kta"}),
)
_MAY_BE_CALLED = ("heet", "naam is", "appelle", "nom est", "name is")
"""Parts and whole words, in plain letters, of which one stands in every text that is worth the closer look."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CALLED = re.compile(
    r"\b(?:[Ii]k heet|[Mm](?:ijn|n) naam is|[Jj](?:e |')?m'appelle|[Mm]on nom est|[Mm]y name is) "
    r"([A-ZÀ-Ý][\w'-]+ (?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Vv]ande|[Dd]u|[Ll]e|[Ll]a) ){0,2}[A-ZÀ-Ý][\w'-]+)"
)


class Details:
    """Looks for details with the lists of one `data/safety`. Raises DataError when one is malformed."""

    def __init__(self, folder: Path) -> None:
        self._words = NameWords.load(folder / "names.yml")
        self._helplines = helpline_numbers(folder / "helplines.yml")
        self._common = {code: words.common | words.everyday for code, words in self._words.items()}
        self._first = {code: words.first | words.ambiguous for code, words in self._words.items()}
        self._allowed = allowed()

    def found(self, text: str, language: Language) -> tuple[str, str] | None:
        """Kind (of safety.masking_text.KINDS, or CHAT) and words of the first detail; None when there is none."""
        flat = plain(text)
        if (_DIGIT.search(text) or _holds(flat, _MAY_BE_CHAT)) and (looks := _CHAT.search(text)):
            return CHAT, looks[0].strip()
        if ":" in text and self._is_dialogue(text, language):
            return CHAT, text[:40]
        spans = [span for span in self._spans(text, flat, language) if plain(text[span.start : span.end]) not in self._allowed]
        if not spans:
            return None
        first = min(spans, key=lambda span: KINDS.index(span.kind))
        return first.kind, text[first.start : first.end]

    def _is_dialogue(self, text: str, language: Language) -> bool:
        """A given name with a colon begins it, or two different speakers take turns."""
        speakers = [plain(found[1]) for found in _SPEAKERS.finditer(text)]
        return (
            bool(speakers)
            and text.startswith(_first_word(text))
            and plain(_first_word(text)) == speakers[0]
            and speakers[0] in self._first[language] - self._common[language]
        ) or len(set(speakers)) > 1

    def _spans(self, text: str, flat: str, language: Language) -> Iterator[Span]:
        words, said, has_digit = self._words[language], frozenset(_WORD.findall(flat)), _DIGIT.search(text) is not None
        if has_digit:
            yield from accounts(text)
            yield from national_numbers(text)
            yield from phones(text, self._helplines)
        if _holds(flat, *_MAY_BE_MAIL, said):
            yield from emails(text)
        yield from handles(text, words.ordinary)
        if has_digit or _holds(flat, *_MAY_BE_PLACE, said):
            yield from addresses(text, words.towns)
        if _holds(flat, *_MAY_BE_SCHOOL, said):
            yield from schools(text, words)
        if not said.isdisjoint(self._first[language]):
            yield from self._full_names(text, flat, language)
        if _holds(flat, _MAY_BE_CALLED):
            yield from (Span(found.start(1), found.end(1), "name") for found in _CALLED.finditer(text))

    def _full_names(self, text: str, flat: str, language: Language) -> Iterator[Span]:
        """A given name with a surname. A given name alone is invented easily, and the bot has to learn what stands around it."""
        first, words = self._first[language], self._words[language]
        is_as_long = len(flat) == len(text)
        known = [(found, flat[slice(*found.span())] if is_as_long else plain(found[0])) for found in _WORD.finditer(text)]
        for (one, name), (other, surname) in pairwise(known):
            if name not in first or text[one.end() : other.start()] != " ":
                continue
            both_capital = one[0][0].isupper() and other[0][0].isupper() and not other[0].isupper() and len(surname) > 2
            is_word = surname in self._common[language] or surname in words.towns or surname in first
            is_listed = surname in words.surnames and name in words.first
            if (both_capital or is_listed) and not is_word:
                yield Span(one.start(), other.end(), "name")


def _holds(flat: str, parts: tuple[str, ...], words: frozenset[str] = frozenset(), said: frozenset[str] = frozenset()) -> bool:
    """Whether one of the parts stands in `flat`, or one of the words among what was `said`."""
    return any(part in flat for part in parts) or not words.isdisjoint(said)


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else ""


@cache
def allowed() -> frozenset[str]:
    """Names that are nobody's secret (books, games, towns), from privacy.yml, each with a reason there."""
    entries = YAML(typ="safe", pure=True).load(_LISTS.read_text(encoding="utf-8"))["allowed"]
    return frozenset(plain(str(entry["words"])) for entry in entries)


def check(content: Content) -> Checked:
    """See the rules privacy.* in rules.yml."""
    checked = Checked()
    try:
        details = details_of(content.root / "data" / "safety")
    except (DataError, KeyError, TypeError, AttributeError):  # a helpline without its form, too
        return checked  # nothing looked at: an error of its own, and directory or schema say what is broken
    for example in (*content.examples, *content.questions(), *content.situations(), *content.past(), *content.typed(), *content.twins):
        checked.looked_at += 1
        found = _found(details, example.text, example.language)
        if found is not None:
            values = {"words": found[1], "why_nl": _NAMED[found[0]][0], "why_fr": _NAMED[found[0]][1]}
            if found[0] == CHAT:
                checked.add("privacy.chat", example.file, example.line, **values)
            else:
                checked.add("privacy.detail", example.file, example.line, **values)
        elif len(example.text) > LONGEST:
            checked.add("privacy.long", example.file, example.line, count=len(example.text), limit=LONGEST)
    return checked


@lru_cache(maxsize=2**18)
def _found(details: Details, text: str, language: Language) -> tuple[str, str] | None:
    """What was found in a sentence before: a draft changes a few of very many."""
    return details.found(text, language)


@lru_cache(maxsize=4)
def _read(folder: Path, _stamp: int) -> Details:
    return Details(folder)


def details_of(folder: Path) -> Details:
    """The lists of this folder, read once for each state of the files. Raises DataError."""
    stamps = [path.stat().st_mtime_ns for path in (folder / "names.yml", folder / "helplines.yml") if path.is_file()]
    return _read(folder, sum(stamps))


def detail_in(text: str, language: Language, root: Path) -> str | None:
    """The words of one sentence that name somebody or come out of a chat; None when there are none. Raises DataError."""
    found = details_of(root / "data" / "safety").found(text, language)
    return found[1] if found is not None else None


_NAMED = {
    "account": ("een rekeningnummer", "un numéro de compte"),
    "national_number": ("een rijksregisternummer", "un numéro national"),
    "email": ("een mailadres", "une adresse mail"),
    "handle": ("een accountnaam", "un nom de compte"),
    "phone": ("een telefoonnummer", "un numéro de téléphone"),
    "address": ("een adres", "une adresse"),
    "school": ("een school", "une école"),
    "name": ("een naam", "un nom"),
    CHAT: ("een echt gesprek", "une vraie conversation"),
}
