"""Danger in the words that the rest of the message may take back: "mijn blauwe plek van het paintballen is al geel".

Such a finding waits for the bot's answer before it raises anything: for a second, within the same turn. Only a bot that reads the whole
as surely something else may let it fall; a bot that is silent, slow or unsure changes nothing (docs/adr/0052).
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.need import OF_LIFE
from safety.crisis import Finding

_FEWEST_WORDS = 6
"""Fewer leave nothing beside the words of danger that could take them back."""


def may_be_light(findings: Iterable[Finding], text: str) -> bool:
    """Whether the rest of `text` may take back all its `findings`. False where one is of life, of a body that cannot wait or of violence
    ahead, where the words are few, and for no finding."""
    found = tuple(findings)
    is_grave = any(one.body or one.ahead or one.need in OF_LIFE for one in found)
    return bool(found) and not is_grave and len(text.split()) >= _FEWEST_WORDS
