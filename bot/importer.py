"""Reads the project's `data/` for training: the same content as Rasa's own importer, each file once.

Rasa's importer parses every file up to six times with a parser in pure Python (which files are stories? which are domain?),
a third of the whole training (docs/adr/0008). Here the folder says what a file is, and libyaml parses it. Any other path
(`rasa test nlu --nlu FILE`) goes to Rasa's importer. That the files are well formed is the task of `make check`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple, Union

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.asked import ASKED
from bot.components.now_classifier import HARMLESS, MOMENT
from bot.components.past_classifier import TIME
from bot.components.role_classifier import ROLE
from bot.components.situation_classifier import TELLS
from bot.components.typed_answer import MEANS, REPLIES_TO
from bot.quicker.copies import copy_quickly
from bot.quicker.fingerprints import fingerprint_quickly
from bot.quicker.model_domain import write_domains_quickly
from bot.yaml12 import read_yaml

Content = Dict[str, Any]
_MARKS = {MOMENT: ("now", "now_examples"), ROLE: ("who", "who_examples")}
"""What an example carries, and where it stands: the folder, and the key in its files."""


class ContentImporter(RasaFileImporter):
    """Importer of `config.yml`: examples from nlu/, now/, who/, questions/ and typed/, stories from stories/ and rules/, the rest
    is the domain."""

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
        **_: Any,
    ) -> None:
        paths = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or []
        self._data = next((Path(path) for path in paths if len(paths) == 1 and _is_content(Path(path))), None)
        if self._data is None:
            super().__init__(config_file, domain_path, training_data_paths)
            return
        copy_quickly()
        fingerprint_quickly()  # whoever reads all examples trains or checks them
        write_domains_quickly()
        self.config_file = config_file
        self._domain_path = domain_path
        self._nlu_files = _files(self._data / "nlu")
        self._story_files = [*_files(self._data / "rules"), *_files(self._data / "stories")]
        self._conversation_test_files: List[str] = []

    @cached_method
    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """All examples; see the parent class."""
        if self._data is None:
            return super().get_nlu_data(language)
        marks = {mark: self._marks(folder, key) for mark, (folder, key) in _MARKS.items()}
        examples = [message for path in self._nlu_files for message in _examples(read_yaml(Path(path)), marks)]
        asked = [message for path in _files(self._data / "questions") for message in _questions(read_yaml(Path(path)))]
        of_now = [message for path in _files(self._data / "now") for message in _of_now(read_yaml(Path(path)))]
        typed = [message for path in _files(self._data / "typed") for message in _typed(read_yaml(Path(path)))]
        return TrainingData([*examples, *asked, *of_now, *typed])

    def _marks(self, folder: str, key: str) -> Dict[str, str]:
        """What the files of `folder` say of sentences: their text to "now", "friend" and so on."""
        marks: Dict[str, str] = {}
        for path in _files(self._data / folder):  # type: ignore[operator]  # only asked for where there is a folder
            for mark, lines in (read_yaml(Path(path)).get(key) or {}).items():
                marks |= dict.fromkeys(filter(None, map(str.strip, str(lines).splitlines())), mark)
        return marks

    @cached_method
    def get_domain(self) -> Domain:
        """The domain with all responses; see the parent class."""
        if self._domain_path is None or not _is_content(Path(self._domain_path)):
            return super().get_domain()
        folder = Path(self._domain_path)
        whole: Content = {}
        for path in [folder / "domain.yml", *map(Path, _files(folder / "responses"))]:
            whole = Domain.merge_domain_dicts(read_yaml(path), whole)
        return Domain.from_dict(whole)


def _is_content(path: Path) -> bool:
    return (path / "domain.yml").is_file() and (path / "nlu").is_dir()


def _files(folder: Path) -> List[str]:
    return sorted(str(path) for path in folder.rglob("*.yml"))


def _examples(content: Content, marks: Dict[str, Dict[str, str]]) -> Iterator[Message]:
    """The lines "- …" under each intent, with their marks."""
    for block in content.get("nlu") or []:
        for line in str(block["examples"]).splitlines():
            text = line.strip().removeprefix("-").strip()
            if text:
                message = Message.build(text=text, intent=block["intent"])
                for mark, marked in marks.items():
                    if text in marked:
                        message.set(mark, marked[text])
                yield message


def _questions(content: Content) -> Iterator[Message]:
    """The lines under each question, without an intent: they are no needs (bot/components/question_classifier.py)."""
    for line, name in _named_lines(content.get("question_examples")):
        yield Message(data={TEXT: line, ASKED: name})


def _of_now(content: Content) -> Iterator[Message]:
    """The lines that sound like danger now and are none (bot/components/now_classifier.py), those that tell a situation
    (bot/components/situation_classifier.py), and those that tell whether it is over (bot/components/past_classifier.py), without an
    intent: they are no needs."""
    for line, _ in _named_lines(content.get("harmless_examples")):
        yield Message(data={TEXT: line, MOMENT: HARMLESS})
    for line, name in _named_lines(content.get("situation_examples")):
        yield Message(data={TEXT: line, TELLS: name})
    for line, name in _named_lines(content.get("past_examples")):
        yield Message(data={TEXT: line, TIME: name})


def _typed(content: Content) -> Iterator[Message]:
    """Replies that were typed in place of a button, by question and meaning (bot/components/typed_answer.py), without an intent: they are
    no needs."""
    for line, name in _named_lines(content.get("typed_examples")):
        question, _, meaning = name.partition(" ")
        yield Message(data={TEXT: line, REPLIES_TO: question, MEANS: meaning})


def _named_lines(blocks: Optional[Dict[str, str]]) -> Iterator[Tuple[str, str]]:
    """Each line of each block, with the block's name."""
    for name, lines in (blocks or {}).items():
        for line in filter(None, map(str.strip, str(lines).splitlines())):
            yield line, name
