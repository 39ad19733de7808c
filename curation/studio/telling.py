"""A change in plain words: what it is about, what was there, what comes instead, and where on the studio one sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from curation.changes import (
    AddChoice,
    AddExample,
    AddReply,
    AddScene,
    AddStep,
    AddVariation,
    Change,
    ChangeExample,
    ChangeReply,
    ChangeStep,
    ChangeText,
    MoveExample,
    RemoveChoice,
    RemoveExample,
    RemoveStep,
    RemoveVariation,
    ReplaceFile,
    SetCanned,
    SetFact,
)
from curation.finding import Finding


@dataclass(frozen=True, slots=True)
class Card:
    """One change, told. `old` and `new` are lines of text with a mark of their language ("nl", "fr" or "")."""

    id: str
    kind: str
    subject: str
    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]
    link: str
    files: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    misfit: str = ""


Lines = tuple[tuple[str, str], ...]
Told = tuple[str, Lines, Lines, str]
"""Subject, old lines, new lines, link."""


class Teller:
    """Tells changes in one language; `label` gives the words of a need, an answer, a reply's name."""

    def __init__(self, s: Mapping[str, Any], names: Mapping[str, str], label: Callable[[str], str]) -> None:
        self._s, self._names, self._label = s, names, label

    def card(self, change: Change, findings: tuple[Finding, ...] = (), misfit: str = "") -> Card:
        """The card of a change."""
        subject, old, new, link = self._told(change)
        return Card(change.id, str(self._s["change_kinds"][change.kind]), subject, old, new, link, change.files, findings, misfit)

    def _need(self, need: str) -> str:
        return self._names.get(need, need)

    def _told(self, change: Change) -> Told:
        match change:
            case AddExample() | RemoveExample() | ChangeExample() | MoveExample():
                return self._example(change)
            case ChangeReply() | AddVariation() | RemoveVariation() | AddReply():
                return self._reply(change)
            case AddStep() | ChangeStep() | RemoveStep():
                return self._step(change)
            case AddScene() | AddChoice() | RemoveChoice():
                return self._scenario(change)
            case ChangeText():
                return (
                    " › ".join((change.file.removeprefix("data/"), *change.path[1:])),
                    (("", change.text),),
                    (("", change.new),),
                    _link_of(change.file),
                )
            case SetCanned():
                lines = (("nl", change.nl), ("fr", change.fr)) if change.nl else ()
                return f"/{change.key}", (), lines, "/studio/canned"
            case SetFact():
                said = " · ".join(part for part in (change.value, change.verified, change.source) if part)
                return f"{change.helpline} › {change.fact}", (), (("", said),), "/studio/helplines"
            case ReplaceFile():
                return change.file, (), (), f"/studio/files/edit?file={change.file}"
            case _:
                return "", (), (), "/studio"

    def _example(self, change: AddExample | RemoveExample | ChangeExample | MoveExample) -> Told:
        language, link = change.language.value, f"/studio/examples/{change.need}"
        line = ((language, change.text),)
        if isinstance(change, AddExample):
            return self._need(change.need), (), line, link
        if isinstance(change, ChangeExample):
            return self._need(change.need), line, ((language, change.new),), link
        if isinstance(change, MoveExample):
            return f"{self._need(change.need)} → {self._need(change.to_need)}", (), line, link
        return self._need(change.need), line, (), link

    def _reply(self, change: ChangeReply | AddVariation | RemoveVariation | AddReply) -> Told:
        link, subject = f"/studio/replies/{change.topic}/{change.reply}", self._need(change.topic)
        if isinstance(change, ChangeReply):
            return subject, (("", change.text),), (("", change.new),), link
        both = (("nl", change.nl), ("fr", change.fr))
        if isinstance(change, RemoveVariation):
            return subject, both, (), link
        if isinstance(change, AddReply):
            buttons = " ".join(f"[{one.nl} / {one.fr}]" for one in change.buttons)
            return subject, (), (*both, *((("", buttons),) if buttons else ())), link
        who = self._s["who"].get(change.who, change.who) if change.who else ""
        return f"{subject} · {who}" if who else subject, (), both, link

    def _step(self, change: AddStep | ChangeStep | RemoveStep) -> Told:
        link, subject = f"/studio/stories/{change.topic}", self._need(change.topic)
        if isinstance(change, RemoveStep):
            return subject, (("", change.name),), (), link
        s = self._s["stories"]
        place = (("", f"{s['at']} {self._label(change.place)}"),) if isinstance(change, AddStep) else (("", change.name),)
        heard = " / ".join(self._label(one) for one in change.hears)
        lines = [(f"{s['hears']} {heard}"), *(f"{s['does']} {self._label(one)}" for one in change.does)]
        return subject, (), (*place, *(("", line) for line in lines)), link

    def _scenario(self, change: AddScene | AddChoice | RemoveChoice) -> Told:
        link = f"/studio/scenarios/{change.scenario}"
        if isinstance(change, AddScene):
            return change.scenario, (), (("nl", change.nl), ("fr", change.fr)), link
        if isinstance(change, RemoveChoice):
            return f"{change.scenario} › {change.scene}", (("nl", change.title_nl),), (), link
        lines = [("nl", change.title_nl), ("fr", change.title_fr)]
        lines += [("nl", change.reply_nl), ("fr", change.reply_fr)] if change.reply_nl else []
        return f"{change.scenario} › {change.scene} → {change.goes_to}", (), tuple(lines), link


def _link_of(file: str) -> str:
    name = file.rsplit("/", 1)[-1].removesuffix(".yml")
    return f"/studio/scenarios/{name}" if file.startswith("data/scenarios/") else "/studio"
