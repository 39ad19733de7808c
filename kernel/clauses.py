"""The clause of a message that asks something: "ja ma mn mama is thuis, mag zij da weten?" asks "mag zij da weten?".

What follows an answer is lost when the whole is read as one: the yes is heard, the question is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kernel.language import words_of

BUT = (
    r"ma(?!\s+(?:faute|photo|m[eè]re|belle|maman|mamie|tante|cousine|copine|meuf|pote|meilleure|s(?:oe|œ)ur|famille|prof|tutrice|vie|t[eê]te|chambre|"
    r"classe)\b)"
)
"""The Dutch "but", and not a French "my"."""
_ENDS = re.compile(rf"(?<=[.!?…])\s+|\s*[,;:\n]+\s*|\s+(?=(?:{BUT}|maar|mais|mai|en|et|want|pcq|parce que|ms)\s)", re.IGNORECASE)
"""Behind a sentence, at a comma, before a word that joins clauses."""
_JOINS = re.compile(rf"^(?:(?:{BUT}|maar|mais|mai|en|et|want|dus|donc|ms|ja|oui|nee|non|ok|oke)\b[\s,]*)+", re.IGNORECASE)
_BEGINS_ONLY = re.compile(
    r"(?:weet|weten|kan|kunnen|gelooft|zegt|zeggen|helpt|wordt|worden|gaan|gaat|zijn|is) (?:niemand|iedereen|allemaal)\b"
    r"|(?:is|zijn) (?:echt|super|zo|heel|gewoon|gwn)\b|mes parents\b|kom "
)
"""How much begins that asks nothing without a mark."""
_FEWEST_ASKING = 4
_FEWEST_WORDS, _FEWEST_UNMARKED, _MOST_CLAUSES = 2, 3, 2
"""Words of a clause with a question mark, and without one: "oui je peux" asks nothing."""


@dataclass(frozen=True, slots=True)
class AskingWords:
    """How a question is told from a statement where no mark says so: words it `begins` with, and words it `holds` anywhere ("of niet",
    "jfais quoi"); small, without accents, single spaces."""

    begins: frozenset[str]
    holds: tuple[str, ...] = ()

    def ask(self, clause: str) -> bool:
        """Whether a clause ends in a question mark, begins as a question does, or holds such words."""
        words = words_of(_JOINS.sub("", clause))
        begins = bool(words) and (words[0] in self.begins or " ".join(words[:2]) in self.begins)
        return clause.strip().endswith("?") or begins or self._holds_any(clause)

    def ask_surely(self, text: str) -> bool:
        """Whether `text` has a question mark or holds words that only a question has: "nee, hebben nooit afgesproken" has not."""
        return "?" in text or self._holds_any(text)

    def ask_in_talk(self, text: str) -> bool:
        """As `ask`, but for what only begins as a question does: "weet niemand", "mes parents vont me tuer"."""
        return self.ask_surely(text) or (self.ask(text) and _BEGINS_ONLY.match(" ".join(words_of(text))) is None)

    def ask_much(self, text: str) -> bool:
        """As `ask_surely`, with enough words to be a question of its own: "huh ?" is none, nor is "il va revenir"."""
        return len(text.split()) >= _FEWEST_ASKING and self.ask_surely(text)

    def _holds_any(self, text: str) -> bool:
        flat = f" {' '.join(words_of(text))} "
        return any(f" {held} " in flat for held in self.holds)


def answer_before(text: str, words: AskingWords) -> str | None:
    """What stands before the question that `text` ends with: "oui c bon" in "oui c bon, vous le dites à mes parents ?". Of one clause its
    first word, where the rest asks ("ja gaat hij het doen"). None for nothing."""
    clauses = [clause.strip() for clause in _ENDS.split(text.strip()) if clause and clause.strip()]
    if len(clauses) > 1:
        return clauses[0] if not words.ask_surely(clauses[0]) and any(words.ask(clause) for clause in clauses[1:]) else None
    first, _, rest = text.strip().partition(" ")
    return first if rest and not words.ask(first) and words.ask(_JOINS.sub("", rest)) else None


def beside_questions(text: str, words: AskingWords) -> str | None:
    """The clauses of `text` that ask nothing: "oui mais il me touche" in "oui mais il me touche, c'est normal ?". None where no clause
    asks, or all do."""
    clauses = [clause.strip() for clause in _ENDS.split(text.strip()) if clause and clause.strip()]
    told = [clause for clause in clauses if not words.ask(clause)]
    return " ".join(told) if 0 < len(told) < len(clauses) else None


def without_answer(text: str) -> str:
    """`text` without the yes or no, and the words that join, that it begins with."""
    return _JOINS.sub("", text.strip().lstrip("?!. ")).lstrip("?!., ")


def asking_clauses(text: str, words: AskingWords) -> list[str]:
    """The clauses of `text` that ask something, each with a question mark; the last ones first. Empty when `text` is one clause: then it
    was read already."""
    clauses = [clause.strip() for clause in _ENDS.split(text.strip()) if clause and clause.strip()]
    asking = [_JOINS.sub("", clause) for clause in clauses if words.ask(clause)]
    long_enough = [clause for clause in asking if len(clause.split()) >= (_FEWEST_WORDS if "?" in clause else _FEWEST_UNMARKED)]
    found = [f"{clause.rstrip('?!. ')}?" for clause in long_enough]
    whole = f"{text.strip().rstrip('?!. ')}?"
    return [clause for clause in reversed(found) if clause != whole][:_MOST_CLAUSES]
