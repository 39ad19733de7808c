"""What a check found: file, line, rule, message and way to mend it in Dutch and French. The words stand in checks/rules.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kernel.language import Language

_RULES = Path(__file__).with_name("checks") / "rules.yml"


class Severity(StrEnum):
    """An error stops `make check`; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue: how bad it is, and its templates by language."""

    name: str
    severity: Severity
    message: dict[Language, str]
    fix: dict[Language, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """`file` is relative to the project's folder, `line` counts from 1; the texts are for volunteers."""

    file: str
    line: int
    rule: str
    message_nl: str
    message_fr: str
    fix_nl: str
    fix_fr: str
    severity: Severity

    @property
    def is_error(self) -> bool:
        """True when it stops `make check`."""
        return self.severity is Severity.ERROR

    def told(self, language: Language) -> str:
        """One line: `file:line: rule: message → fix`."""
        message, fix = (self.message_nl, self.fix_nl) if language is Language.NL else (self.message_fr, self.fix_fr)
        return f"{self.file}:{self.line}: {self.rule}: {message} → {fix}"


@dataclass(slots=True)
class Checked:
    """What one check gives back: its findings, and how many things it looked at (nothing looked at is an error)."""

    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, rule: str, file: str, line: int, **values: object) -> None:
        """Notes a finding of `rule` (a name of rules.yml); `values` fill its templates."""
        self.findings.append(make(rule, file, line, **values))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)


def make(rule: str, file: str, line: int, **values: object) -> Finding:
    """The finding of `rule`. KeyError for a rule the catalogue does not have, or a template's value that is missing."""
    known = catalogue()[rule]
    texts = [part[language].format_map(values) for part in (known.message, known.fix) for language in (Language.NL, Language.FR)]
    return Finding(file, max(line, 1), rule, texts[0], texts[1], texts[2], texts[3], known.severity)


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by name, from checks/rules.yml."""
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load(_RULES.read_text(encoding="utf-8"))["check_rules"]
    return {name: _read(name, entry) for name, entry in raw.items()}


def _read(name: str, entry: Mapping[str, str]) -> Rule:
    return Rule(
        name,
        Severity(entry["severity"]),
        {language: entry[language.value] for language in Language},
        {language: entry[f"fix_{language.value}"] for language in Language},
    )
