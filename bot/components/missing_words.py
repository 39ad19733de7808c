"""Words about somebody who is missing, beside those about whoever writes."""

from __future__ import annotations

import re

_THEM = re.compile(r"\b(?:ze|zij|haar|hij|hem|em|ie|zijn|zn|elle|il|lui|la|son|sa|ses|avec)\b")
_SAID_TO_ME = re.compile(
    r"\b(?:(?:zei|zegt|zegde|vertelde|schreef|stuurde|appte|belde) (?:mij|me|ons)|tegen (?:mij|me|ons)"
    r"|(?:m|me|nous) (?:a |avait |ont )?(?:dit|disait|ecrit|raconte|envoye|parle))\b"
)
"""Whoever is missing told it: no trouble of the writer."""
_ME = re.compile(
    r"\b(?:mij|mijzelf|mezelf|ik ook|kik|ons|(?:ik ben|kben) (?:ook|zelf|weg)|moi|(?:me|m|nous) (?:a |ont |fait )?"
    r"(?:frappe\w*|tape\w*|touche\w*|viole\w*|menace\w*|force\w*|chante\w*|bat|insulte\w*)|j?suis parti)\w*"
)


def is_told_of_them(words: str) -> bool:
    """Whether it is told of somebody else, and nothing is done to whoever writes. `words`: lower case, no accents or punctuation."""
    left = _SAID_TO_ME.sub(" ", words)
    return _THEM.search(left) is not None and _ME.search(left) is None
