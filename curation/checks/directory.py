"""The helpline directory and the routes: readable, every id known, no fact that grew too old."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from curation.content import Content
from curation.finding import Checked, Finding, make
from curation.yamlfile import line_of, line_with
from safety.datafile import DataError
from safety.directory import Directory, FactNotice, check_facts
from safety.fallback import FixedAnswers
from safety.routes import Routes

_FORMS = {"phone": re.compile(r"\d[\d ]{2,}"), "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")}
HELPLINES, ROUTES, FIXED = "data/safety/helplines.yml", "data/safety/routes.yml", "data/safety/fixed.yml"
ASKED = "data/questions/asked.yml"


def check(content: Content, today: date | None = None) -> Checked:
    """See the rules directory.* in rules.yml; `today` decides how old a fact is."""
    checked = Checked()
    try:
        FixedAnswers.load(content.root / FIXED)
        directory = Directory.load(content.root / HELPLINES)
        routes = Routes.load(content.root / ROUTES, directory)
    except DataError as error:
        checked.looked_at += 1
        checked.findings.append(_broken(content, error))
        return checked
    checked.looked_at = sum(len(service.facts) for service in directory)
    services = content.section(HELPLINES, "helplines")
    _facts(services, today or date.today(), checked)
    for notice in check_facts(directory, today or date.today()):
        _old(notice, line_of(services[notice.helpline]["facts"], notice.field), checked)
    _questions(content, routes, checked)
    return checked


def _old(notice: FactNotice, line: int, checked: Checked) -> None:
    """A fact that grows old, or that is known to be old and accepted for a while (docs/adr/0031)."""
    values = {"helpline": notice.helpline, "field": notice.field}
    if notice.until is None and notice.is_dated:
        rule = "directory.old" if notice.level == "error" else "directory.ageing"
        checked.add(rule, HELPLINES, line, **values, months=notice.months)
    elif notice.until is None:
        checked.add("directory.undated", HELPLINES, line, **values)
    else:
        checked.add("directory.waived", HELPLINES, line, **values, until=notice.until)


def _facts(services: Any, today: date, checked: Checked) -> None:
    """What loads and still cannot be right: a day to come, an empty value, a number or an address that is none."""
    for helpline, service in services.items():
        facts = service["facts"]
        for field, fact in facts.items():
            verified, value = fact.get("last_verified"), fact.get("value")
            wrong = None
            if isinstance(verified, date) and verified > today:
                wrong = f"last_verified {verified}"
            elif value is None or value in ("", {}, []):
                wrong = "value"
            elif field in _FORMS and not _FORMS[field].fullmatch(str(value)):
                wrong = f"value {value}"
            if wrong is not None:
                checked.add("directory.fact", HELPLINES, line_of(facts, field), helpline=helpline, field=field, what=wrong)


def _questions(content: Content, routes: Routes, checked: Checked) -> None:
    """Questions that have lines of their own are asked: under another name nobody would ever see them."""
    asked = {str(one.get("name")) for one in content.section(ASKED, "questions").get("asked") or ()}
    own = content.section(ROUTES, "routes").get("questions") or {}
    for name in sorted(routes.questions - asked):
        checked.add("directory.question", ROUTES, line_of(own, name), question=name)


def _broken(content: Content, error: DataError) -> Finding:
    """The finding for a file that will not load; the line of the first name in backticks of its message, if it stands there."""
    name = error.file.relative_to(content.root).as_posix()
    file = content.files.get(name)
    lines = [line_with(file.lines, part) for part in error.what.split("`")[1::2]] if file is not None else []
    line = next((number for number in lines if number > 1), 1)
    return make("directory.broken", name, line, what=error.what)
