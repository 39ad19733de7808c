"""Sentences that stand where they should not: twice in a need, in two needs, or close to a held-out twin or conversation.

Never reads ../shared/realtexts: what real people wrote stays out of the data and of its checks.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from math import ceil

from curation.content import Content
from curation.finding import Checked, Finding
from curation.nouns import Example
from curation.yamlfile import line_of, read
from kernel.language import Language, words_of

NEAR = 0.8
"""Shared words over all words (Jaccard) from which two sentences count as nearly the same."""
NEAR_EACH_OTHER = 0.85
"""The same measure within the data: two needs that nearly share a sentence pull the model apart; in one need it is a sentence less."""
FEWEST_WORDS = 4
"""Shorter sentences are bound to be alike."""
MANY = 2**18
"""Sentences whose words are remembered: well above all there are, since a memory that is too small for one pass remembers nothing."""
MEASURED = ("danger_", "blind_", "heldout_", "everyday_", "told_", "moment_", "idioms_", "ordinary_")
"""The sets in tests/safety that measure danger and false alarms."""


class _Blanked(dict[int, str]):
    """For `str.translate`: punctuation becomes a blank; looked up once per character."""

    def __missing__(self, code: int) -> str:
        self[code] = " " if unicodedata.category(chr(code)).startswith("P") else chr(code)
        return self[code]


_BLANKED = _Blanked()


def plain(text: str) -> str:
    """Small letters without punctuation, single spaces; the text itself when nothing is left."""
    return " ".join(text.casefold().translate(_BLANKED).split()) or text


def check(content: Content) -> Checked:
    """See the rules overlap.* in rules.yml."""
    checked = Checked(looked_at=len(content.examples))
    _repeats(content.examples, checked)
    _repeats(content.twins, checked)
    held_out = [*content.twins, *_conversations(content, checked), *_held_out_letters(content)]
    kept_apart = (
        (held_out, content.examples),
        (_held_out(content, "questions", "question"), content.questions()),
        (_held_out(content, "situations", "situation"), content.situations()),
        (_held_out(content, "past", "time"), content.past()),
        (_held_out(content, "typed", "means"), content.typed()),
    )
    for measured, taught in kept_apart:
        for twin, example, share in near_pairs(measured, taught):
            values = {"text": example.text, "twin": f"{twin.file}:{twin.line}", "share": round(100 * share)}
            checked.add("overlap.twin", example.file, example.line, **values)
    for first, second, share in near_each_other(content.examples):
        values = {"text": second.text, "other": first.text, "place": f"{first.file}:{first.line}", "share": round(100 * share)}
        if first.need == second.need:
            checked.add("overlap.near", second.file, second.line, **values)
        else:
            checked.add("overlap.near_need", second.file, second.line, **values)
    _measured(content, checked)
    return checked


def _conversations(content: Content, checked: Checked) -> Iterator[Example]:
    """What teenagers say in the held-out conversations (tests/conversations), each with the need that should be heard."""
    for language in Language:
        for path in sorted((content.root / "tests" / "conversations" / language.value).glob("*.yml")):
            file = read(path, content.root)
            if isinstance(file, Finding):
                checked.findings.append(file)
                continue
            for story in file.content["stories"]:
                for step in story["steps"]:
                    if "user" in step:
                        yield Example(str(step["user"]).strip(), str(step["intent"]), language, file.name, line_of(step, "user"))


def _held_out_letters(content: Content) -> Iterator[Example]:
    """The letters and the harmless talk of tests/letters, written like what real people write."""
    for language in Language:
        for name in ("help", "chat", "among", "among_everyday", "hinted", "hinted_everyday", "month", "month_everyday"):
            path = content.root / "tests" / "letters" / f"{name}_{language.value}.jsonl"
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            for number, row in enumerate(map(json.loads, lines), 1):
                place = path.relative_to(content.root).as_posix()
                yield Example(str(row["text"]), str(row.get("need") or "off_topic"), language, place, number)


def _held_out(content: Content, folder: str, label: str) -> list[Example]:
    """The rows of tests/<folder>, with their `label` in place of a need."""
    found: list[Example] = []
    for language in Language:
        path = content.root / "tests" / folder / f"{language.value}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        place = path.relative_to(content.root).as_posix()
        found += [Example(str(row["text"]), str(row[label]), language, place, n) for n, row in enumerate(map(json.loads, lines), 1)]
    return found


def _measured(content: Content, checked: Checked) -> None:
    """Rows of the danger sets in tests/safety whose words also stand in data/nlu or among the examples of the terms."""
    places: dict[str, str] = {}
    for example in content.examples:
        places.setdefault(plain(example.text), f"{example.file}:{example.line}")
    for language in Language:
        for pattern in content.section(f"data/safety/terms_{language.value}.yml", "terms").get("patterns") or ():
            for text in "\n".join(str(pattern.get(part) or "") for part in ("fires", "quiet")).splitlines():
                places.setdefault(plain(text), f"terms_{language.value}.yml {pattern.get('name')}")
    for path in sorted((content.root / "tests" / "safety").glob("*.jsonl")):
        if not path.name.startswith(MEASURED):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = str(json.loads(line).get("text"))
            if place := places.get(plain(text)):
                checked.add("overlap.measured", path.relative_to(content.root).as_posix(), number, text=text, place=place)


def _repeats(examples: Iterable[Example], checked: Checked) -> None:
    seen: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        earlier = seen[plain(example.text)]
        other = next((one for one in earlier if one.need != example.need), None)
        same = next((one for one in earlier if one.need == example.need and one.language is example.language), None)
        if other is not None:
            values = {"text": example.text, "need": example.need, "other": other.need, "place": f"{other.file}:{other.line}"}
            checked.add("overlap.two_needs", example.file, example.line, **values)
        elif same is not None:
            checked.add("overlap.repeat", example.file, example.line, text=example.text, place=f"line {same.line}")
        earlier.append(example)


def near_pairs(twins: Iterable[Example], examples: list[Example]) -> Iterator[tuple[Example, Example, float]]:
    """Each example of at least four words that shares NEAR of its words with a twin, with the first such twin.

    Only sentences whose rarest words meet in two are compared (`_rarest`).
    """
    bags = [_bag(example.text) for example in examples]
    common = Counter(word for bag in bags for word in bag)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        if len(bag) >= FEWEST_WORDS:
            for pair in _rarest(bag, common, NEAR):
                holders[pair].append(number)
    found: set[int] = set()
    for twin in twins:
        bag = _bag(twin.text)
        if len(bag) < FEWEST_WORDS:
            continue
        for number in sorted({number for pair in _rarest(bag, common, NEAR) for number in holders.get(pair, ())}):
            share = _shared(bag, bags[number], NEAR)
            if share >= NEAR and number not in found:
                found.add(number)
                yield twin, examples[number], share


def near_each_other(examples: list[Example]) -> Iterator[tuple[Example, Example, float]]:
    """Each example that shares NEAR_EACH_OTHER of its words with an earlier one of its language, with the first such. The same
    letters are left out: a repeat is a finding of its own, and with and without apostrophe is worth learning. Only
    sentences whose rarest words meet in two are compared (`_rarest`)."""
    bags = [_bag(example.text) for example in examples]
    common = Counter(word for bag in bags for word in bag)
    holders: dict[Language, dict[tuple[str, str], list[int]]] = {language: defaultdict(list) for language in Language}
    for number, (example, bag) in enumerate(zip(examples, bags, strict=True)):
        if len(bag) < FEWEST_WORDS:
            continue
        rare, here = _rarest(bag, common, NEAR_EACH_OTHER), holders[example.language]
        for earlier in sorted({other for pair in rare for other in here.get(pair, ())}):
            share = _shared(bag, bags[earlier], NEAR_EACH_OTHER)
            if share >= NEAR_EACH_OTHER and _letters(example.text) != _letters(examples[earlier].text):
                yield examples[earlier], example, share
                break
        for pair in rare:
            here[pair].append(number)


def _rarest(bag: frozenset[str], common: Counter[str], share: float) -> list[tuple[str, str]]:
    """Pairs of so many of the bag's rarest words that any other bag with a Jaccard index of `share`, both of FEWEST_WORDS or more, must
    hold one of the pairs among its own (prefix filtering with two words: Wang, Li and Feng, SIGMOD 2012)."""
    rare = sorted(bag, key=lambda word: (common[word], word))[: len(bag) - ceil(share * len(bag)) + 2]
    return list(combinations(rare, 2))


def _shared(one: frozenset[str], other: frozenset[str], least: float) -> float:
    """The Jaccard index of two bags, without building what they are together; 0 when their sizes alone keep it below `least`."""
    sizes = len(one), len(other)
    if min(sizes) < least * max(sizes):
        return 0.0
    both = len(one & other)
    return both / (sum(sizes) - both)


def _letters(text: str) -> str:
    return "".join(words_of(text))


@lru_cache(maxsize=MANY)
def _bag(text: str) -> frozenset[str]:
    """The words of `text` without accents; an elided word counts with the next one, as when it is typed without apostrophe."""
    return frozenset(words_of(text.replace("'", "").replace("’", "")))
