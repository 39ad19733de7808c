"""The project's content, read once for all checks: examples, replies, stories and rules, each with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curation import reading
from curation.finding import Finding
from curation.nouns import Example, Reply, Story
from curation.yamlfile import YamlFile, first_lines, read
from kernel.language import Language

ReadAll = Callable[[Sequence[Path], Path], Iterable[YamlFile | Finding]]
RASA_FOLDERS = ("nlu", "stories", "rules", "responses")
QUESTION = "utter_ask_"


def _one_by_one(paths: Sequence[Path], root: Path) -> Iterator[YamlFile | Finding]:
    return (read(path, root) for path in paths)


SITUATIONS, PAST, TYPED = "situation_examples", "past_examples", "typed_examples"


@dataclass(slots=True)
class Content:
    """Everything under data/ and tests/nlu. `slips` are files or entries that could not be read as what they should be."""

    root: Path
    files: dict[str, YamlFile]
    slips: list[Finding]
    examples: list[Example] = field(default_factory=list)
    twins: list[Example] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)

    @classmethod
    def load(cls, root: Path, read_all: ReadAll = _one_by_one) -> Content:
        """Reads every YAML file under data/ and tests/nlu of the project at `root`. Raises nothing for bad content.

        `read_all` reads files in their order, on several cores if it likes.
        """
        files: dict[str, YamlFile] = {}
        slips: list[Finding] = []
        paths = [path for folder in ("data", "tests/nlu") for path in sorted((root / folder).rglob("*.y*ml"))]
        for got in read_all(paths, root):
            if isinstance(got, Finding):
                slips.append(got)
            else:
                files[got.name] = got
        content = cls(root, files, slips)
        for file in content.under("data/nlu"):
            content.examples += reading.examples(file, slips)
        for file in content.under("tests/nlu"):
            content.twins += reading.examples(file, slips)
        for file in content.under("data/responses"):
            content.replies += reading.replies(file, slips)
        for kind in ("stories", "rules"):
            for file in content.under(f"data/{kind}"):
                content.stories += reading.stories(file, kind, slips)
        return content

    def under(self, folder: str) -> Iterator[YamlFile]:
        """The files under `folder`, by name."""
        return (file for name, file in self.files.items() if name.startswith(f"{folder}/"))

    def section(self, name: str, key: str) -> Any:
        """What stands under the top-level `key` of the file `name`; an empty mapping when there is none."""
        file = self.files.get(name)
        content = file.content if file is not None else None
        found = content.get(key) if isinstance(content, dict) else None
        return found if found is not None else {}

    def questions(self) -> list[Example]:
        """The examples of questions on the way (data/questions), each with the name of its question in place of a need."""
        return self._in_blocks("data/questions/{}.yml", "question_examples")

    def situations(self) -> list[Example]:
        """The examples of what is told of a danger of this moment (data/now/situations_*.yml), each with its kind in place of a need."""
        return self._in_blocks("data/now/situations_{}.yml", SITUATIONS)

    def past(self) -> list[Example]:
        """The examples of what is told as over, or as going on (data/now/past_*.yml), each with the one or the other in place of a need."""
        return self._in_blocks("data/now/past_{}.yml", PAST)

    def typed(self) -> list[Example]:
        """The examples of what is typed in place of a button (data/typed), each with its question and meaning in place of a need."""
        return self._in_blocks("data/typed/{}.yml", TYPED)

    def _in_blocks(self, names: str, key: str) -> list[Example]:
        """The lines of each block under `key`, by the block's name; `names`: the file of a language, with {} for its code."""
        found: list[Example] = []
        for language in Language:
            name = names.format(language.value)
            places = first_lines(self.files[name].lines) if name in self.files else {}
            for label, lines in self.section(name, key).items():
                texts = filter(None, map(str.strip, str(lines).splitlines()))
                found += [Example(text, str(label), language, name, places.get(text, 1)) for text in texts]
        return found

    def reply_named(self) -> dict[str, Reply]:
        """Replies by name; the first wins where one stands twice (a finding of its own)."""
        found: dict[str, Reply] = {}
        for reply in self.replies:
            found.setdefault(reply.name, reply)
        return found

    def needs_of(self, folder: str, language: Language) -> dict[str, str]:
        """File names (without ending) under `folder`/<language>, with their full name."""
        return {file.stem: file.name for file in self.under(f"{folder}/{language.value}")}
