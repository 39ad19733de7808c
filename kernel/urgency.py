"""How soon a person is needed. The only place where levels are compared."""

from __future__ import annotations

from enum import StrEnum


class Urgency(StrEnum):
    """Four levels, from `design/needs.md`; the value is what travels in frames, slots and files."""

    NONE = "none"
    NORMAL = "normal"
    HIGH = "high"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 (none) to 3 (emergency)."""
        return _RANK[self]

    @property
    def is_danger(self) -> bool:
        """True when somebody may be hurt: high or emergency."""
        return self.rank >= _RANK[Urgency.HIGH]

    @classmethod
    def parse(cls, value: object) -> Urgency:
        """The level named by `value`; anything unknown counts as none, since text from outside decides nothing."""
        try:
            return cls(str(value))
        except ValueError:
            return cls.NONE


_RANK = {level: rank for rank, level in enumerate(Urgency)}


def highest(*levels: Urgency) -> Urgency:
    """The most urgent of the levels given; none when there are none. Urgency only rises by itself (talk.md)."""
    return max(levels, key=lambda level: level.rank, default=Urgency.NONE)
