"""The fixed answers: what is said when the bot cannot speak, and the hub's own few sentences. Every word is in data/safety/fixed.yml."""

from __future__ import annotations

import re
from pathlib import Path

from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.datafile import DataError, read_section

DANGER_NEEDS: tuple[str, ...] = tuple(name for name, need in NEEDS.items() if need.urgency.is_danger)
_PLAIN_NAMES = """
    greeting greeting_question yes no fallback_none fallback_high fallback_emergency nothing_to_read storage_failed english sos human wiped
    before_wipe left resumed error_bad_frame error_too_long error_too_fast error_unknown_token error_busy
    error_unknown_choice error_unknown_code stop media_refused day_and_night open_now closed_now look_at opening_hours
    only_language said_lightly
""".split()
REQUIRED_NAMES: frozenset[str] = frozenset(_PLAIN_NAMES) | {f"fallback_{need}" for need in DANGER_NEEDS}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class FixedAnswers:
    """The fixed sentences by name and language. Nothing is generated: values only fill `{placeholders}`."""

    def __init__(self, texts: dict[str, dict[Language, str]], source: Path) -> None:
        self._texts = texts
        self._source = source

    @classmethod
    def load(cls, path: Path, required: frozenset[str] = REQUIRED_NAMES) -> FixedAnswers:
        """Reads `data/safety/fixed.yml`, or another file of its form. Raises DataError for a missing name, language or sentence."""
        texts: dict[str, dict[Language, str]] = {}
        for name, versions in read_section(path, "fixed").items():
            texts[str(name)] = _both_languages(path, str(name), versions)
        missing = sorted(required - texts.keys())
        if missing:
            raise DataError(path, f"lacks the sentences {', '.join(missing)}")
        return cls(texts, path)

    def names(self) -> frozenset[str]:
        """All names in the file."""
        return frozenset(self._texts)

    def placeholders(self, name: str) -> frozenset[str]:
        """The `{placeholders}` that the sentence `name` needs, in either language."""
        return frozenset(found for text in self._versions(name).values() for found in _PLACEHOLDER.findall(text))

    def text(self, name: str, language: Language, **values: str) -> str:
        """The sentence `name` in `language`, with `{key}` replaced by `values`; a placeholder without a value becomes empty.

        Raises DataError for an unknown name.
        """
        text = self._versions(name)[language]
        return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)

    def fallback(self, language: Language, need: str | None, urgency: Urgency) -> str:
        """What is said when the bot is silent: by need when that need means danger, else by urgency. Never empty."""
        if need in DANGER_NEEDS:
            return self.text(f"fallback_{need}", language)
        if urgency is Urgency.EMERGENCY:
            return self.text("fallback_emergency", language)
        return self.text("fallback_high" if urgency is Urgency.HIGH else "fallback_none", language)

    def _versions(self, name: str) -> dict[Language, str]:
        if name not in self._texts:
            raise DataError(self._source, f"has no sentence `{name}`")
        return self._texts[name]


def _both_languages(path: Path, name: str, versions: object) -> dict[Language, str]:
    if not isinstance(versions, dict):
        raise DataError(path, f"`{name}` needs `nl:` and `fr:`")
    found: dict[Language, str] = {}
    for language in Language:
        text = versions.get(language.value)
        if not isinstance(text, str) or not text.strip():
            raise DataError(path, f"`{name}` has no `{language.value}:` text")
        found[language] = " ".join(text.split())
    return found
