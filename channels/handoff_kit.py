"""What a hand-off is made of beside the store: words, return codes, what is promised, the second channel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from channels.handoff import Promises
from channels.handoff_texts import HandoffTexts
from channels.return_words import ReturnWords
from kernel.settings import Settings

EMERGENCY_WITHIN_MIN = 2
"""Contract: an emergency is to be claimed within two minutes."""


@dataclass(frozen=True, slots=True)
class HandoffKit:
    """`ways`: email and webhook, where the settings name an address."""

    texts: HandoffTexts
    words: ReturnWords
    promises: Promises
    ways: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path, settings: Settings) -> HandoffKit:
        """From data/safety and the settings; raises safety's DataError on malformed data."""
        minutes = settings.claim_within_min
        email = bool(settings.smtp_url and settings.alert_email)
        ways = {"email": email, "webhook": bool(settings.alert_webhook_url)}
        return cls(
            HandoffTexts.load(folder / "handoff.yml"),
            ReturnWords.load(folder / "return_words.yml"),
            Promises(minutes, min(minutes, EMERGENCY_WITHIN_MIN), settings.retention_case_days),
            tuple(way for way, is_set in ways.items() if is_set),
        )
