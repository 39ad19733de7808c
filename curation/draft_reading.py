"""Reading a draft's content for a page: one need's sentences, replies and steps at a time, as the changes make them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from curation import reading
from curation.changes import examples_file
from curation.content_tree import Conflict, Tree
from curation.finding import Finding
from curation.nouns import Example, Reply, Story
from curation.yamlfile import YamlFile, parsed_file
from kernel.language import Language
from kernel.need import NEEDS

_REPLY = re.compile(r"^  (utter_[a-z0-9_]+):", re.MULTILINE)


class DraftReader:
    """The content of a tree as nouns."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._replies: dict[str, dict[str, Reply]] = {}

    def examples(self, need: str, language: Language) -> list[Example]:
        """The sentences of a need; none when it has no file."""
        return list(self._read(examples_file(need, language), reading.examples))

    def count(self, need: str, language: Language) -> int:
        """How many sentences a need has."""
        try:
            return self._tree.text(examples_file(need, language)).count("\n    - ")
        except Conflict:
            return 0

    def stories(self, topic: str) -> list[Story]:
        """The steps of a path; none when it has no file."""
        return list(self._read(f"data/stories/{topic}.yml", lambda file, slips: reading.stories(file, "stories", slips)))

    def replies(self, topic: str) -> dict[str, Reply]:
        """The replies of a subject, by name."""
        if topic not in self._replies:
            found = self._read(f"data/responses/{topic}.yml", reading.replies)
            self._replies[topic] = {reply.name: reply for reply in found}
        return self._replies[topic]

    def reply(self, name: str) -> Reply | None:
        """A reply by name, whichever file it stands in."""
        topic = self.topic_of.get(name)
        return self.replies(topic).get(name) if topic is not None else None

    def said(self, name: str, language: Language) -> str:
        """The first way to say a reply in this language; empty for one that is not there."""
        reply = self.reply(name)
        ways = [way for way in reply.in_language(language) if not way.others] if reply is not None else []
        return ways[0].text if ways else ""

    def file(self, name: str) -> YamlFile | None:
        """A file, parsed; None when it is not there or not readable."""
        try:
            found = parsed_file(name, self._tree.text(name))
        except Conflict:
            return None
        return None if isinstance(found, Finding) else found

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """The subject (file) of every reply."""
        found: dict[str, str] = {}
        for topic in self.names_in("data/responses"):
            found |= dict.fromkeys(_REPLY.findall(self._tree.text(f"data/responses/{topic}.yml")), topic)
        return found

    def names_in(self, folder: str) -> list[str]:
        """The names of a folder's files, without ending; the needs in their order, then the rest."""
        names = {path.stem for path in (self._tree.root / folder).glob("*.yml")}
        return [need for need in NEEDS if need in names] + sorted(names - NEEDS.keys())

    def _read[T](self, name: str, read: Callable[[YamlFile, list[Finding]], Iterator[T]]) -> Iterator[T]:
        file = self.file(name)
        return read(file, []) if file is not None else iter(())
