"""What takes a danger, a wish to die or a whole subject away again: "hallo er is geen gevaar", "jve pas mourir", "ge snapt er niks van".

A denial is about the thing itself, and the rest of the words holds nothing that keeps it open: "nee ze slaat ni, ze heeft een mes" denies
nothing. Where only the moment is denied 112 leads no more, and the path asks on; where the thing itself is, the talk goes back to the path
that was walked before, and asks on where there was none.
The phrases stand in data/corrections.yml; the data that they come in are those of `bot.turn_asked.what_it_may_answer`.
"""

from __future__ import annotations

import re
from typing import Any, FrozenSet, List, Mapping, NamedTuple, Optional, Pattern, Tuple

from rasa.shared.nlu.training_data.message import Message

from bot.components.body_words import holds as tells_of_body
from bot.components.corrections import (
    DENIED_BUT,
    NOTHING_BUT,
    denial_of,
    ends_there,
    hedges,
    hides_wish,
    phrases_of,
    says_unsafe,
    subjects,
    tells_danger,
)
from bot.components.message_intent import add_entity
from bot.components.nothing_of_it import FEAR_ALONE, FEELINGS, SAID, nothing_of_it, said_of, tells_no_more, walked_before
from bot.components.role_classifier import FRIEND
from bot.conversation_state import FIRST_QUESTION, OF_A_BODY, OF_NOW, TOLD_BEFORE, TOLD_TO_DIE
from bot.terms import reviewed_terms
from kernel.answers import behind_but
from kernel.clauses import BUT
from kernel.denial import ASKS_TO_DIE, BACK_TO, COMPLAINT, DANGER, LIFE, NEED, OTHER
from kernel.language import words_of
from kernel.need import OF_LIFE, urgency_of
from kernel.urgency import Urgency

_BY_OTHERS = frozenset({"unsafe_home", "sexual_abuse", "sextortion", "cyberbullying"})
"""What "hij doet niks" denies; not who draws somebody close, whom they see no harm in."""
_WOUNDED = OF_A_BODY | {"utter_ask_now_after"}
"""Pills, blood, abuse of the last hours: nothing is denied there."""
_AT_RISK = "unsafe_home"
_OF_A_MARRIAGE = frozenset({"utter_ask_unsafe_home_trip", "utter_ask_unsafe_home_papers"})
_ASKS_SAFE = "utter_ask_now_safe"
_SAFE = frozenset({"veilig", "securite", "safe"})
"""Where "ik ben veilig" is the plain answer, and its words."""
_WISHES_TO_DIE, _BULLIED = "suicidal", "cyberbullying"
_CLAUSES = re.compile(r"(?<=[.!?…])\s+|\s*[,;:\n]+\s*|[!?.…]{2,}")
_JOINS = re.compile(
    rf"^(?:nee+|neen|non+|nan|nn|nope|ja|oui|maar|{BUT}|mais|en|et|hallo|hoor|hein|heu|huh|euh|pfff*|man|stop)\b[\s,]*", re.IGNORECASE
)
_MOST_WORDS, _STORY_WORDS, _FIRST_WORDS = 16, 22, 9
"""Longer ones tell a story: what they begin with may deny the moment, or say that the bot misheard; a wish to die only of not so many."""
_REPORTED = re.compile(
    r"\b(?<!\bik )(?<!\bk )(?<!\bj )(?<!\bje )(?:zegt|zei|zeggen|gezegd|wijsgemaakt|denkt|denken|dit|disent|dis|dire|croit|croient|mot)"
    r"(?: \w+){0,4} (?:dat|da|que|qu)\b[^;]*"
)
"""What others say, or are made to believe, up to the end of the clause: "mama zegt dat alles ok is" denies no danger."""
_FEWEST_LEFT = 3
"""Words of a clause that tells something beside what it denies."""
_FEWEST_REASONS = 4
_FIRST_OF_A_NO, _FEWEST_WITH_NO = 6, 4
"""Among so many first words a no is one to the question about dying, in a message of at least so many."""
_UNREACHED = re.compile(
    r"\b(?:neemt|gsm|telefoon) (?:\w+ )?(?:niet|ni|nie) op\b|\b(?:antwoordt?|reageert) (?:niet|ni|nie)\b"
    r"|\b(?:repond|decroche) (?:pas|plus)\b"
)
"""Whoever it is about does not answer: that is no no to whether they are in danger."""
_LIKELY_MEANT = 0.2
"""From this probability of a wish to die on, a plain no is no denial of it."""
_NOT = frozenset({"niet", "ni", "nie", "pas", "pa", "geen", "plus"})
_AT_HOME = frozenset({"unsafe_home", "runaway_now", "runaway_thinking", "sexual_abuse"})
_OF_DEEDS = ("nothing_done", "no_blows")
"""What takes these back is said of more moments: "hij slaat niet vanavond"."""
_WORDS_OF_SUBJECT = 7
"""Behind "het gaat over": where the subject is looked for."""


class Denied(NamedTuple):
    """What a message denies (`kernel.denial`), the needs that it says are not so, the subject that it names, and what it tells beside."""

    kind: str
    needs: Tuple[str, ...]
    about: Tuple[str, ...]
    rest: str
    is_wholly: bool = False
    """That it is so is denied, and not only that it is now: "hij slaat mij ni", and not "er is nu geen gevaar"."""


def denied_by(text: str, told: Mapping[str, Any], odds: Mapping[str, float]) -> Optional[Denied]:
    """What `text` denies where it was said; None for nothing. `odds`: of each need, as heard.

    Raises PhraseError when the phrases are malformed.
    """
    asked, path = str(told.get("question") or ""), told.get("asking") or told.get("topic")
    if told.get("now") or not asked or asked == FIRST_QUESTION or asked in _WOUNDED:
        return None
    words = _flat(text)
    if says_unsafe(words):
        return None
    count = len(words.replace(";", " ").split())
    is_long, is_story = count > _MOST_WORDS, count > _STORY_WORDS or bool(behind_but(text))
    found = _kind(" ".join(words.split()[:_FIRST_WORDS]) if is_long else words, path, asked, told, odds)
    about = None if is_long else _subject(words, told, odds)
    if is_long and found is not None and (found[0] == NEED or (found[0] == LIFE and is_story)):
        return None
    if found is None and (about is None or about[0] == path):
        return None
    if found is not None and found[0] == NEED and asked in _OF_A_MARRIAGE:
        return None  # "ze slaan mij niet": they are to be married all the same
    kind, patterns = found or (OTHER, ())
    of_else = said_of(patterns)
    if of_else is not None and "?" in text:
        return None  # "t'es sûr que c'est un jouet ?"
    rest = "" if tells_no_more(of_else) else _rest(text, patterns if of_else is None else _all(path))
    if _keeps_open(kind, words, path, patterns):
        return None
    needs = (str(path),) if path and kind in (DANGER, NEED, LIFE) else ()
    return Denied(kind, needs, about or (), rest, path is not None and _is_denied(words, str(path)))


def says_safe_in_words(text: str) -> bool:
    """Whether `text` says that there is no danger ("ik ben veilig vannacht, hij is er ni"), in no question and behind no "not", and holds
    nothing else that is one. Raises PhraseError when the phrases are malformed."""
    words = _REPORTED.sub("", _flat(text))
    found = phrases_of("no_danger").search(words)
    if found is None or "?" in text or says_unsafe(words) or not _NOT.isdisjoint(words[: found.start()].split()):
        return False
    left = _without(words, (phrases_of("no_danger"),))
    is_open = _holds("still", left) or _holds("afraid", left) or tells_danger(left) or tells_of_body("violence", left)
    return left != words and not is_open and not reviewed_terms().find_all(left)


def denies_another(text: str, heard: Optional[str], path: Optional[str]) -> bool:
    """Whether the need that was heard beside the path is one that the words deny: "nee papa slaat niet hoor" tells of no blows."""
    if heard is None or heard == path:
        return False
    words = _flat(text)
    patterns = _of_need(heard)
    left = _without(words, patterns)
    return left != words and not _holds("still", left) and not _holds("afraid", left) and not reviewed_terms().find_all(left)


def _kind(
    words: str, path: Optional[str], asked: str, told: Mapping[str, Any], odds: Mapping[str, float]
) -> Optional[Tuple[str, Tuple[Pattern[str], ...]]]:
    """The kind of denial with all that may say it, the surest first; None for none."""
    is_told = path is not None and told.get("told_in_words") == path and (told.get(TOLD_BEFORE) or {}).get(FEAR_ALONE) != SAID
    if (said := nothing_of_it(words, path, told)) is not None:
        return NEED, (*_all(path), said)
    if asked == ASKS_TO_DIE and _was_told_to_die(told) and _says_no_to_it(words):
        return LIFE, _all(path)
    is_unlikely = odds.get(_WISHES_TO_DIE, 0.0) < _LIKELY_MEANT
    if asked == ASKS_TO_DIE and not is_told and is_unlikely and _says_plainly_no(words):
        return LIFE, _all(path)
    if path == _WISHES_TO_DIE and _denies_wish(words, _WISHES_TO_DIE):
        return None if is_told and int(told.get("told") or 0) > 1 else (LIFE, _all(path))
    if path in OF_LIFE:
        return _complaint(words, path)
    is_of_now, is_denied = asked.startswith(OF_NOW), path is not None and _is_denied(words, str(path))
    if is_denied and not is_told and not hedges(words):
        return (DANGER if is_of_now and _is_afraid(path, words) else NEED), _all(path)
    is_no_112 = path is not None and _holds("no_112", words) and (not (is_told and is_of_now) or _is_reasoned(words))
    may_be_over, own = is_of_now or bool(told.get("was_now")), _REPORTED.sub("", words)
    if is_no_112 or (may_be_over and (is_denied or _holds("no_danger", own) or _holds("milder", own))):
        is_plain = asked == _ASKS_SAFE and not is_no_112 and not is_denied and not _SAFE.isdisjoint(words.split())
        return None if is_plain else (DANGER, _all(path))
    return _complaint(words, path)


def _was_told_to_die(told: Mapping[str, Any]) -> bool:
    """Whether others told whoever writes to die, which is what the path began with."""
    return TOLD_TO_DIE in (told.get(TOLD_BEFORE) or {}) and told.get("who") != FRIEND and int(told.get("told") or 0) <= 1


def _says_no_to_it(words: str) -> bool:
    """Whether it begins with a no that does not hedge, and nothing in it is a wish: they do not want to die, others say that they
    should."""
    is_no = phrases_of("says_no").search(" ".join(words.replace(";", " ").split()[:_FEWEST_LEFT])) is not None
    return is_no and not hedges(words) and not hides_wish(words) and not reviewed_terms().find_all(words)


def _denies_wish(words: str, path: str) -> bool:
    """Whether the words say plainly that there is no wish to die: "weet ni of ik wil leven" does not, nor what terms know as one, unless
    it was never said."""
    if hedges(words):
        return False
    says = _holds("no_wish_to_die", words) or _without(words, _of_need(path)) != words
    return _holds("not_meant", words) or (says and not reviewed_terms().find_all(words))


def _says_plainly_no(words: str) -> bool:
    """Whether a no that does not hedge stands among the first words, with more behind it: "quoi ?? non, j'ai juste besoin de parler".
    Not that they will do nothing: "non jvais rien faire" answers, and takes nothing back."""
    if _holds("no_deed", words) or _UNREACHED.search(words):
        return False
    flat = words.replace(";", " ").split()
    is_no = phrases_of("says_no").search(" ".join(flat[:_FIRST_OF_A_NO])) is not None and len(flat) >= _FEWEST_WITH_NO
    return is_no and not hedges(words) and not reviewed_terms().find_all(words)


def _is_reasoned(words: str) -> bool:
    """Whether it is said beside it what is so, and no more is asked: "pk le 112 ?? il va juste confisquer mon gsm"."""
    left = phrases_of("no_112").sub(" ", words).replace(";", " ").split()
    return len(left) >= _FEWEST_REASONS


def _complaint(words: str, path: Optional[str]) -> Optional[Tuple[str, Tuple[Pattern[str], ...]]]:
    is_complaint = _holds("misheard", words) or (_holds("not_meant", words) and path is not None)
    return (COMPLAINT, _all(path)) if is_complaint else None


def _is_afraid(path: Optional[str], words: str) -> bool:
    """Whether the words tell fear or pain, on the path of a danger."""
    return urgency_of(path).is_danger and _holds("afraid", words)


def _is_denied(words: str, path: str) -> bool:
    """Whether the words deny what `path` is about."""
    return _without(words, _of_need(path)) != words


def _of_need(need: str) -> Tuple[Pattern[str], ...]:
    """What denies `need`; blows alone are no denial of anything but an unsafe home."""
    own, others = denial_of(need), [phrases_of("nothing_done")] if need in _BY_OTHERS else []
    blows = [phrases_of("no_blows"), phrases_of("never_touched")] if need == _AT_RISK else []
    return (*((own,) if own is not None else ()), *others, *blows)


def _all(path: Optional[str]) -> Tuple[Pattern[str], ...]:
    """All that denies something: cut out, what is left tells what is so."""
    names = (
        *(("no_wish_to_die",) if path == _WISHES_TO_DIE else ()),
        "no_danger",
        "no_112",
        "not_meant",
        "misheard",
        "nothing_done",
        "no_blows",
        "never_touched",
    )
    own = denial_of(str(path))
    return (*((own,) if own is not None else ()), *(phrases_of(name) for name in names))


def _cut(words: str, pattern: Pattern[str], but: str) -> str:
    return pattern.sub(lambda found: "" if ends_there(words, found.end(), but) else found[0], words)


def _flat(text: str) -> str:
    """The words of `text`, with a sign between its clauses: what follows in another one takes nothing back."""
    clauses = (" ".join(words_of(clause)) for clause in _CLAUSES.split(text) if clause)
    return " ; ".join(clause for clause in clauses if clause)


def _holds(name: str, words: str) -> bool:
    return phrases_of(name).search(words) is not None or phrases_of(name).search(words.replace(" ; ", " ")) is not None


def _without(words: str, patterns: Tuple[Pattern[str], ...]) -> str:
    """The words without what the patterns deny; not where what follows takes it back ("hij slaat niet als ik braaf ben")."""
    for pattern in patterns:
        if pattern is phrases_of("nothing_done") and _holds("asked_help", words):
            continue  # whoever was asked for help does nothing: "ik zei het tegen de juf, ze deed niks"
        words = _cut(words, pattern, NOTHING_BUT if pattern in map(phrases_of, _OF_DEEDS) else DENIED_BUT)
    return words


def _rest(text: str, patterns: Tuple[Pattern[str], ...]) -> str:
    """What `text` tells beside its denials, clause by clause; "" for nothing worth reading."""
    kept: List[str] = []
    for clause in _CLAUSES.split(text.strip()):
        bare = _JOINS.sub("", _JOINS.sub("", clause or "").strip())
        words, whole = " ".join(words_of(bare)), " ".join(words_of(clause or ""))
        left = cut = words
        for pattern in patterns:
            left, whole = " ".join(pattern.sub(" ", left).split()), " ".join(pattern.sub(" ", whole).split())
        if left == words and len(whole.split()) < len(cut.split()):
            left = whole  # the no belongs to it: "non pas mourir"
        if left == words and len(words.split()) >= 2:
            kept.append(bare.strip(" ."))
        elif len(left.split()) >= _FEWEST_LEFT:
            kept.append(left)
    return ". ".join(kept)


def _keeps_open(kind: str, words: str, path: Optional[str], patterns: Tuple[Pattern[str], ...]) -> bool:
    """Whether what is told beside a denial keeps the danger open."""
    left = words
    for pattern in patterns:
        left = _without(left, (pattern,))
    if path == _AT_RISK and left != words and _holds("never_touched", words):
        left = phrases_of("only_things").sub(" ", left)  # plates that break, where nobody is touched
    found = reviewed_terms().find_all(left)
    if kind in (COMPLAINT, OTHER):  # "c'est le mec des photos" names the subject, and keeps nothing of this path open
        found = tuple(one for one in found if one.now or one.need == path or one.level is Urgency.EMERGENCY)
    if _holds("still", left) or found:
        return True
    if kind == LIFE:
        return tells_danger(left)
    return kind == NEED and _is_afraid(path, left)


def _subject(words: str, told: Mapping[str, Any], odds: Mapping[str, float]) -> Optional[Tuple[str, ...]]:
    """The need that the words say it is about, "het gaat over die foto": one that was walked before, else the likeliest. None for none."""
    for found in phrases_of("says_about").finditer(words):
        before, behind = words[: found.start()].split()[-1:], words[found.end() :].split()[:_WORDS_OF_SUBJECT]
        if not _NOT.isdisjoint((*before, *behind[:1])) or not _NOT.isdisjoint(found[0].split()):
            continue
        needs = next((needs for needs, said in subjects() if said.search(" ".join(behind))), None)
        if needs is not None:
            walked = [need for need in told.get("walked") or () if need in needs]
            return (walked[0] if walked else max(needs, key=lambda need: odds.get(need, 0.0)),)
    return None


def goes_back_to(denied: Denied, told: Mapping[str, Any]) -> Optional[str]:
    """The need whose path the conversation goes on with; None to ask what it is about."""
    path = told.get("asking") or told.get("topic")
    if denied.about:
        return denied.about[0]
    before = walked_before(path, told)
    if denied.kind == LIFE and _was_told_to_die(told):
        return _BULLIED
    if denied.kind == DANGER:
        return before if before is not None and denied.is_wholly else str(path)  # "hij slaat mij ni. wa moet ik doen met die foto"
    if denied.kind == COMPLAINT:
        return str(path) if urgency_of(path) is Urgency.EMERGENCY or (path is not None and told.get("told_in_words") == path) else None
    tells_on = denied.kind == LIFE or (path in _AT_HOME and len(denied.rest.split()) >= _FEWEST_LEFT)
    return before or (FEELINGS if tells_on and path != FEELINGS else None)


def lead_back(message: Message, finder: object) -> None:
    """A misunderstanding is set right on a path that another led to ("nn c une expression"): the talk goes back to that one."""
    told = message.get("metadata") or {}
    before = walked_before(told.get("asking"), told) if told.get("asking") else None
    if before is not None:
        add_entity(message, BACK_TO, before, finder)


def is_other_need(need: str, denied: Denied, told: Mapping[str, Any]) -> bool:
    """Whether the rest of a denial may begin the path of `need`: another than those denied, and no emergency that only the model heard."""
    others: FrozenSet[str] = frozenset((*denied.needs, str(told.get("asking")), str(told.get("topic"))))
    return need not in others and urgency_of(need) is not Urgency.EMERGENCY
