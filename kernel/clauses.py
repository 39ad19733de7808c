"""The clause of a message that asks something: "ja ma mn mama is thuis, mag zij da weten?" asks "mag zij da weten?".

What follows an answer is lost when the whole is read as one: the yes is heard, the question is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kernel.language import words_of

_BUT = r"ma(?!\s+(?:faute|photo|m[eè]re|copine|pote|s(?:oe|œ)ur)\b)"
"""The Dutch "but", and not a French "my"."""
_ENDS = re.compile(rf"(?<=[.!?…])\s+|\s*[,;:\n]+\s*|\s+(?=(?:{_BUT}|maar|mais|mai|en|et|want|pcq|parce que|ms)\s)", re.IGNORECASE)
"""Behind a sentence, at a comma, before a word that joins clauses."""
_JOINS = re.compile(r"^(?:(?:ma|maar|mais|mai|en|et|want|dus|donc|ms|ja|oui|nee|non|ok|oke)\b[\s,]*)+", re.IGNORECASE)
_FEWEST_WORDS, _FEWEST_UNMARKED, _MOST_CLAUSES = 2, 3, 2
"""Words of a clause with a question mark, and without one: "oui je peux" asks nothing."""


def asking_clauses(text: str, begins: Collection[str]) -> list[str]:
    """The clauses of `text` that end in a question mark or begin as a question does, each with a question mark; the last ones first.

    `begins`: words that a question begins with, small and without accents. Empty when `text` is one clause: then it was read already.
    """
    clauses = [clause.strip() for clause in _ENDS.split(text.strip()) if clause and clause.strip()]
    asking = [_JOINS.sub("", clause) for clause in clauses if asks(clause, begins)]
    long_enough = [clause for clause in asking if len(clause.split()) >= (_FEWEST_WORDS if "?" in clause else _FEWEST_UNMARKED)]
    found = [f"{clause.rstrip('?!. ')}?" for clause in long_enough]
    whole = f"{text.strip().rstrip('?!. ')}?"
    return [clause for clause in reversed(found) if clause != whole][:_MOST_CLAUSES]


def asks(clause: str, begins: Collection[str]) -> bool:
    """Whether a clause ends in a question mark, or begins as a question does (`begins`: as in asking_clauses)."""
    words = words_of(_JOINS.sub("", clause))
    return clause.strip().endswith("?") or (bool(words) and (words[0] in begins or " ".join(words[:2]) in begins))
