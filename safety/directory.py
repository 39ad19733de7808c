"""The helpline directory: what is known of each service, how surely, since when, and whether it is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kernel.language import Language
from safety.ages import EVERYBODY, Ages, Reach, read_ages
from safety.datafile import DataError, read_section
from safety.facts import ERROR_MONTHS, FIELDS, HOURS_FIELDS, HOURS_MONTHS, Fact, months_old, read_fact
from safety.fallback import FixedAnswers
from safety.hours import Span, local, open_at, read_spans, spoken


@dataclass(frozen=True, slots=True)
class Card:
    """A service as it is shown. `open` is None when not known; `note` says what it is and when, in one language."""

    id: str
    name: str
    phone: str | None
    chat: str | None
    url: str | None
    open: bool | None
    note: str
    email: str | None = None

    def frame(self) -> dict[str, object]:
        """The contract's `helplines` item, with the e-mail address."""
        return {field: getattr(self, field) for field in ("id", "name", "phone", "chat", "email", "url", "open", "note")}


@dataclass(frozen=True, slots=True)
class Service:
    """One record of helplines.yml. `names` and `about` by language; facts by field name; hours and ages already read."""

    id: str
    names: dict[Language, str]
    about: dict[Language, str]
    languages: frozenset[Language]
    facts: dict[str, Fact]
    hours: dict[str, tuple[Span, ...]]
    ages: Ages = EVERYBODY

    def said(self, field: str) -> Any:
        """The value of a fact that may ship, else None."""
        fact = self.facts.get(field)
        return fact.value if fact is not None and fact.ships(field) else None

    def fresh_hours(self, field: str, at: datetime) -> tuple[Span, ...]:
        """The hours in `field` if they may be stated at `at`: grade A or B and not older than twelve months."""
        fact = self.facts.get(field)
        if fact is None or not fact.ships(field) or months_old(fact.last_verified, local(at).date()) >= HOURS_MONTHS:
            return ()
        return self.hours[field]


@dataclass(frozen=True, slots=True)
class FactNotice:
    """What `check_facts` found: `level` is error or warning. `until`: how long its waiver runs; None where it needs none or has none."""

    level: str
    helpline: str
    field: str
    months: int
    is_dated: bool
    until: date | None
    message: str


class Directory:
    """All services by id."""

    def __init__(self, services: dict[str, Service], phrases: FixedAnswers) -> None:
        self._services = services
        self._phrases = phrases
        self.ids: frozenset[str] = frozenset(services)

    @classmethod
    def load(cls, path: Path, fixed: Path | None = None) -> Directory:
        """Reads `data/safety/helplines.yml`, and the words of the notes from `fixed` (default: fixed.yml beside it). Raises DataError."""
        services = {str(key): _read_service(path, str(key), raw) for key, raw in read_section(path, "helplines").items()}
        if not services:
            raise DataError(path, "names no helpline")
        return cls(services, FixedAnswers.load(fixed or path.with_name("fixed.yml")))

    def __iter__(self) -> Iterator[Service]:
        return iter(self._services.values())

    def service(self, helpline_id: str) -> Service:
        """The record of `helpline_id`; KeyError when there is none (callers use `ids`)."""
        return self._services[helpline_id]

    def serves(self, helpline_id: str, language: Language) -> bool:
        """True when the service speaks `language`."""
        return language in self._services[helpline_id].languages

    def reach(self, helpline_id: str, who: str, age_group: str) -> Reach:
        """How far the service is for whoever asks; `age_group` as safety/ages.py's `whose_age` gives it."""
        return self._services[helpline_id].ages.reach(who, age_group)

    def is_for_everybody(self, helpline_id: str) -> bool:
        """True when the service is for all ages."""
        return self._services[helpline_id].ages == EVERYBODY

    def day_and_night(self, helpline_id: str) -> bool:
        """True when somebody is there at every minute."""
        return self._services[helpline_id].said("day_and_night") is True

    def is_open(self, helpline_id: str, at: datetime) -> bool | None:
        """Open at `at` (aware)? None when that is not known surely or freshly enough."""
        service = self._services[helpline_id]
        if self.day_and_night(helpline_id):
            return True
        phone, chat = service.fresh_hours("phone_hours", at), service.fresh_hours("chat_hours", at)
        if not phone and not chat:
            return None
        if open_at(phone, at) or open_at(chat, at):
            return True
        # Closed on one of the two and nothing known of the other is not the same as closed.
        unknown_other = (service.said("chat") and not chat) or (service.said("phone") and not phone)
        return None if unknown_other else False

    def phone_open(self, helpline_id: str, at: datetime) -> bool:
        """True when somebody surely picks up a phone at `at`."""
        service = self._services[helpline_id]
        if not service.said("phone"):
            return False
        return self.day_and_night(helpline_id) or open_at(service.fresh_hours("phone_hours", at), at)

    def phone_closed(self, helpline_id: str, at: datetime) -> bool:
        """True when the phone hours are known and `at` falls outside them."""
        if self.day_and_night(helpline_id):
            return False
        hours = self._services[helpline_id].fresh_hours("phone_hours", at)
        return bool(hours) and not open_at(hours, at)

    def card(self, helpline_id: str, language: Language, at: datetime) -> Card:
        """The service as shown in `language` at `at` (aware). KeyError for an unknown id."""
        service = self._services[helpline_id]
        url = _in_language(service.said("url"), language)
        return Card(
            id=service.id,
            name=service.names[language],
            phone=service.said("phone"),
            chat=_in_language(service.said("chat"), language),
            url=url,
            open=self.is_open(helpline_id, at),
            note=self._note(service, language, at, url),
            email=service.said("email"),
        )

    def _note(self, service: Service, language: Language, at: datetime, url: str | None) -> str:
        parts = [service.about[language], self._when(service, language, at, url)]
        if language not in service.languages:
            parts.append(self._phrases.text("only_language", language))
        return " ".join(part for part in parts if part)

    def _when(self, service: Service, language: Language, at: datetime, url: str | None) -> str:
        """The sentence on when: day and night, the hours if fresh, else the place where to look."""
        if service.said("day_and_night") is True:
            return self._day_and_night(service, language, at, url)
        if not service.said("phone") and not service.said("chat"):
            return ""
        hours = service.fresh_hours("phone_hours", at)
        if hours:
            return self._phrases.text("opening_hours", language, hours=spoken(hours, language))
        return self._phrases.text("look_at", language, site=_bare(url)) if url else ""

    def _day_and_night(self, service: Service, language: Language, at: datetime, url: str | None) -> str:
        """A phone that is answered day and night says nothing of a chat whose hours are not known."""
        if service.said("phone") and service.said("chat") and url and not service.fresh_hours("chat_hours", at):
            return self._phrases.text("phone_day_and_night", language, site=_bare(url))
        return self._phrases.text("day_and_night", language)


def check_facts(directory: Directory, today: date) -> list[FactNotice]:
    """Facts that grow old at `today`: from 24 months an error (a warning while its waiver runs), from 12 a warning.

    Facts that never ship (grade U, or C other than a site) are left out: they do no harm.
    """
    facts = [(service, field, fact) for service in directory for field, fact in service.facts.items() if fact.ships(field)]
    return [_notice(service, field, fact, today) for service, field, fact in facts if months_old(fact.last_verified, today) >= HOURS_MONTHS]


def _notice(service: Service, field: str, fact: Fact, today: date) -> FactNotice:
    months = months_old(fact.last_verified, today)
    needs_waiver = months >= ERROR_MONTHS
    waiver = fact.waiver if needs_waiver and fact.waiver is not None and today <= fact.waiver.until else None
    age = f"was last verified {fact.last_verified} ({months} months ago)" if fact.is_dated else "has no source with a date"
    why = f"; accepted until {waiver.until}: {waiver.reason}" if waiver else ""
    level = "error" if needs_waiver and waiver is None else "warning"
    message = f"{service.id}.{field} {age}{why}"
    return FactNotice(level, service.id, field, months, fact.is_dated, waiver.until if waiver else None, message)


def _in_language(value: Any, language: Language) -> str | None:
    """A value that is one text for both languages, or one per language."""
    if isinstance(value, dict):
        value = value.get(language.value)
    return value if isinstance(value, str) else None


def _bare(url: str | None) -> str:
    """`https://awel.be/` as people say it: awel.be."""
    return (url or "").removeprefix("https://").removeprefix("www.").rstrip("/")


def _read_service(path: Path, key: str, raw: object) -> Service:
    if not isinstance(raw, dict):
        raise DataError(path, f"`{key}` must be a mapping")
    names, about = (_read_texts(path, f"{key}.{part}", raw.get(part)) for part in ("name", "about"))
    spoken_here = raw.get("languages")
    if not isinstance(spoken_here, list) or not set(spoken_here) & {"nl", "fr"}:
        raise DataError(path, f"`{key}.languages` lists nl, fr or both")
    raw_facts = raw.get("facts")
    if not isinstance(raw_facts, dict) or not set(raw_facts) <= FIELDS:
        raise DataError(path, f"`{key}.facts` knows only {', '.join(sorted(FIELDS))}")
    facts = {field: read_fact(path, f"`{key}.{field}`", value) for field, value in raw_facts.items()}
    hours = {field: read_spans(path, f"`{key}.{field}`", facts[field].value) for field in HOURS_FIELDS & facts.keys()}
    said = frozenset(Language(code) for code in spoken_here if code in ("nl", "fr"))
    return Service(key, names, about, said, facts, hours, _read_ages(path, key, facts.get("ages")))


def _read_ages(path: Path, key: str, fact: Fact | None) -> Ages:
    """Everybody, unless a fact that may ship says otherwise."""
    ages = read_ages(path, f"`{key}.ages`", fact.value) if fact is not None else EVERYBODY
    return ages if fact is not None and fact.ships("ages") else EVERYBODY


def _read_texts(path: Path, where: str, raw: object) -> dict[Language, str]:
    if isinstance(raw, str):
        raw = {"nl": raw, "fr": raw}
    if not isinstance(raw, dict) or not all(isinstance(raw.get(language.value), str) and raw[language.value] for language in Language):
        raise DataError(path, f"`{where}` needs a text, or `nl:` and `fr:`")
    return {language: raw[language.value] for language in Language}
