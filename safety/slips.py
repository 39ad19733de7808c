"""What chat and dialect do to words in general: `kbrand` is "ik brand", `gsneden` is "gesneden", `pilln` is "pillen".

Written one a line, the way of typing before the sign and what is meant behind it:

    g- = ge-        at the start of a word          -n -e = -en     at its end
    oa = aa         anywhere in it                  k- = ik -       a word of its own, glued to the next
    - = -s          left out at its end

Tried only on a word that nobody knows, and believed only where a known word comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_LEAST = 3
"""Letters that must be left of a word: "kat" is no "ik at"."""
_MOST = 24
"""Letters of the longest word that is looked at: what is longer is no word, and would take its square in time."""
_Known = Callable[[str], bool]


class SlipError(ValueError):
    """A line that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class _Slip:
    """One way of typing (`typed`, without its dash) and what is `meant` by it; `word`: what is glued in front, a word of its own."""

    typed: str
    meant: str
    at: str
    word: str = ""

    def undone(self, token: str) -> Iterator[str]:
        """`token` as it may be meant, without the word in front."""
        if self.at == "start" and token.startswith(self.typed):
            yield self.meant + token[len(self.typed) :]
        elif self.at == "end" and token.endswith(self.typed):
            yield token[: len(token) - len(self.typed)] + self.meant
        elif self.at == "inside":
            begin = token.find(self.typed)
            while begin >= 0:
                yield token[:begin] + self.meant + token[begin + len(self.typed) :]
                begin = token.find(self.typed, begin + 1)


class Slips:
    """Those of one language."""

    def __init__(self, lines: Iterable[str] = (), real: Iterable[str] = ()) -> None:
        """`real`: words that look like a slip and are none. Raises SlipError naming the line that cannot be read."""
        self._real = frozenset(real)
        every = [slip for line in lines for slip in _read(line)]
        self._glued = tuple(slip for slip in every if slip.word)
        self._others = tuple(slip for slip in every if not slip.word)

    def undone(self, token: str, known: _Known) -> tuple[str, ...] | None:
        """The known word or words that `token` stands for, with one slip of each kind at most; None where none is known."""
        if token in self._real or len(token) > _MOST:
            return None
        single = self._single(token, known)
        if single is not None:
            return (single,)
        for slip in self._glued:
            for rest in slip.undone(token):
                if len(rest) < _LEAST:
                    continue
                found = rest if known(rest) else self._single(rest, known)
                if found is not None:
                    return slip.word, found
        return None

    def _single(self, token: str, known: _Known) -> str | None:
        """The known word that `token` is with one slip undone, or with one at its start and one elsewhere."""
        if len(token) < _LEAST:
            return None
        for candidate in self._once(token):
            if known(candidate):
                return candidate
        begun = [candidate for slip in self._others if slip.at == "start" for candidate in slip.undone(token)]
        return next((candidate for first in begun for candidate in self._once(first) if candidate != token and known(candidate)), None)

    def _once(self, token: str) -> Iterator[str]:
        for slip in self._others:
            yield from slip.undone(token)


def _read(line: str) -> Iterator[_Slip]:
    typed, sign, meant = (part.strip() for part in line.partition("="))
    if not sign or not typed or not meant:
        raise SlipError(f"write `typed = meant`, not `{line}`")
    for one in typed.split():
        bare = one.strip("-")
        if meant.endswith(" -"):
            if not one.endswith("-") or not bare:
                raise SlipError(f"a word of its own stands in front: write `{bare}- = {meant}`, not `{line}`")
            yield _Slip(bare, "", "start", meant.removesuffix(" -").strip())
            continue
        place = _place(one)
        if place != _place(meant) and not (one == "-" and _place(meant) == "end"):
            raise SlipError(f"both sides need their dash at the same end: `{line}`")
        yield _Slip(bare, meant.strip("-"), _place(meant))


def _place(text: str) -> str:
    """Where in a word `text` stands, by its dash."""
    return "start" if text.endswith("-") and text != "-" else "end" if text.startswith("-") else "inside"
