"""The crisis terms: every example is found by its pattern, no counter-example is; no figure of speech swallows a call for help."""

from __future__ import annotations

from curation.content import Content
from curation.finding import Checked
from curation.yamlfile import line_with
from kernel.need import NEEDS
from safety.crisis import CrisisDetector, check_terms
from safety.datafile import DataError
from safety.terms import LEAST_LEFT
from safety.textnorm import END


def check(content: Content) -> Checked:
    """See the rules terms.* in rules.yml."""
    checked = Checked()
    try:
        detector = CrisisDetector.load(content.root / "data" / "safety")
    except DataError as error:
        name = error.file.relative_to(content.root).as_posix()
        checked.looked_at += 1
        checked.add("terms.broken", name, _line(content, name, error.what.split("`")[1::2]), what=error.what)
        return checked
    checked.looked_at = sum(len(pattern.fires) + len(pattern.quiet) for terms in detector.terms for pattern in terms.patterns)
    for wrong in check_terms(detector):
        file, _, rest = wrong.partition(" ")
        name = f"data/safety/{file}"
        sentence = rest.partition("«")[2].rstrip("»")
        checked.add("terms.example", name, _line(content, name, [sentence, *rest.split("`")[1::2]]), what=rest)
    _idioms(content, detector, checked)
    return checked


def _idioms(content: Content, detector: CrisisDetector, checked: Checked) -> None:
    """What is left of a call for help without its figures of speech must be enough to hear it by."""
    for example in content.examples:
        need = NEEDS.get(example.need)
        left = detector.without_idioms(example.text, example.language) if need is not None and not need.is_conversation else None
        if left is not None and len(left.replace(END, "").split()) < LEAST_LEFT:
            checked.add("terms.idiom", example.file, example.line, what=example.text, need=example.need)


def _line(content: Content, name: str, wanted: list[str]) -> int:
    file = content.files.get(name)
    lines = [line_with(file.lines, text) for text in wanted if text] if file is not None else []
    return next((line for line in lines if line > 1), 1)
