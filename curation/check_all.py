"""`make check`: every data check, then ruff and mypy. Seconds, no Rasa. Exit code 1 when anything is an error.

One line per finding: `file:line: rule: message → fix`, in Dutch, or in French when the environment says so (LANG=fr…).
Warnings are counted per rule with a few examples; `--all` prints each, `--shares` the mix of every need.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.pool
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from curation.checks import (
    directory,
    examples,
    law,
    marks,
    moments,
    overlap,
    parity,
    past,
    privacy,
    reading_level,
    replies,
    scenarios,
    schema,
    situations,
    stories,
    terms,
    told,
    typed,
)
from curation.checks.examples import Mix, mix_of, mixes
from curation.content import Content
from curation.finding import Checked, Finding, make
from curation.yamlfile import YamlFile, read
from kernel.language import Language

ROOT = Path(__file__).resolve().parents[1]
CHECKS: dict[str, Callable[[Content], Checked]] = {
    "schema": schema.check,
    "parity": parity.check,
    "examples": examples.check,
    "now": moments.check,
    "situation": situations.check,
    "past": past.check,
    "typed": typed.check,
    "who": marks.check_who,
    "overlap": overlap.check,
    "privacy": privacy.check,
    "replies": replies.check,
    "stories": stories.check,
    "reading_level": reading_level.check,
    "directory": directory.check,
    "terms": terms.check,
    "told": told.check,
    "scenarios": scenarios.check,
    "law": law.check,
}
_LONGEST_FIRST = sorted(CHECKS, key=lambda name: name not in ("privacy", "overlap", "scenarios", "terms"))
_content: Content | None = None
SHOWN_PER_RULE = 3
_TOOLS = (("ruff", "check", "--quiet", "."), ("mypy", "."))
_WORDS = {
    Language.NL: {
        "warning": "waarschuwing",
        "more": "… en nog {n} keer {rule} (alles: python -m curation.check_all --all)",
        "shares": "zinnen {language}: {count}, chattaal {chat} %, over iemand anders {friend} %, onder vijf woorden {short} %",
        "sum": "gegevens: {errors} fouten, {warnings} waarschuwingen, {seconds:.1f} s",
    },
    Language.FR: {
        "warning": "avertissement",
        "more": "… et encore {n} fois {rule} (tout : python -m curation.check_all --all)",
        "shares": "phrases {language} : {count}, langage chat {chat} %, sur quelqu'un d'autre {friend} %, moins de cinq mots {short} %",
        "sum": "données : {errors} erreurs, {warnings} avertissements, {seconds:.1f} s",
    },
}


def all_findings(content: Content) -> list[Finding]:
    """What all checks found, by file and line. A check that had nothing to look at is an error of its own."""
    return _sorted([finding for name in CHECKS for finding in _findings_of(name, content)])


def _may_fork() -> bool:
    """Several cores, and no other thread (forks and threads do not go together)."""
    return threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _pool() -> multiprocessing.pool.Pool:
    """A process per core, up to four. Forked: the content is there already, nothing is copied."""
    return multiprocessing.get_context("fork").Pool(min(len(os.sched_getaffinity(0)), 4))


def read_at_once(paths: Sequence[Path], root: Path) -> list[YamlFile | Finding]:
    """Files in their order, read on every core: half of a check is reading YAML with its lines."""
    if not _may_fork():
        return [read(path, root) for path in paths]
    with _pool() as pool:
        return pool.starmap(read, [(path, root) for path in paths], chunksize=4)


def findings_at_once(content: Content) -> list[Finding]:
    """As `all_findings`, on every core: for the command line, which must be quick."""
    if not _may_fork():
        return all_findings(content)
    global _content  # noqa: PLW0603 - what the forked processes look at
    _content = content
    with _pool() as pool:
        return _sorted([finding for part in pool.imap_unordered(_findings_here, _LONGEST_FIRST, 1) for finding in part])


def _findings_here(name: str) -> list[Finding]:
    return _findings_of(name, _content or Content.load(ROOT))


def _findings_of(name: str, content: Content) -> list[Finding]:
    checked = CHECKS[name](content)
    return [*checked.findings, make("check.nothing", "data", 1, check=name)] if checked.looked_at == 0 else list(checked.findings)


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (not finding.is_error, finding.file, finding.line, finding.rule))


def language_of(env: Mapping[str, str]) -> Language:
    """French when the terminal's language is French, else Dutch."""
    spoken = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return Language.FR if spoken.lower().startswith("fr") else Language.NL


def report(found: list[Finding], language: Language, show_all: bool) -> list[str]:
    """The lines to print: each error, then the warnings, a few per rule."""
    said = _WORDS[language]
    lines = [finding.told(language) for finding in found if finding.is_error]
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        if not finding.is_error:
            by_rule[finding.rule].append(finding)
    for rule, group in sorted(by_rule.items()):
        shown = group if show_all else group[:SHOWN_PER_RULE]
        lines += [f"{finding.told(language)} ({said['warning']})" for finding in shown]
        if len(group) > len(shown):
            lines.append(said["more"].format(n=len(group) - len(shown), rule=rule))
    return lines


def shares(content: Content, language: Language, every_need: bool) -> list[str]:
    """The mix of the examples: one line per language, or one per need and language."""
    template = _WORDS[language]["shares"]
    if every_need:
        return [_told(template, f"{code.value} {need}", mix) for (code, need), mix in mixes(content.examples).items()]
    return [_told(template, code.value, mix_of([one for one in content.examples if one.language is code])) for code in Language]


def _told(template: str, name: str, mix: Mix) -> str:
    parts = {kind: round(100 * getattr(mix, kind)) for kind in ("chat", "friend", "short")}
    return template.format(language=name, count=mix.count, **parts)


def main(arguments: list[str]) -> int:
    """The exit code: 0 when there is no error, else 1."""
    parser = argparse.ArgumentParser(prog="python -m curation.check_all", description=__doc__)
    parser.add_argument("--all", action="store_true", help="print every warning")
    parser.add_argument("--shares", action="store_true", help="print the mix of every need")
    parser.add_argument("--data-only", action="store_true", help="leave out ruff and mypy")
    chosen = parser.parse_args(arguments)
    language, started = language_of(os.environ), time.monotonic()
    content = Content.load(ROOT, read_at_once)
    found = findings_at_once(content)
    lines = [*report(found, language, chosen.all), *shares(content, language, chosen.shares)]
    errors = sum(finding.is_error for finding in found)
    counts = {"errors": errors, "warnings": len(found) - errors, "seconds": time.monotonic() - started}
    print("\n".join([*lines, _WORDS[language]["sum"].format(**counts)]), flush=True)
    failed = [] if chosen.data_only else [tool[0] for tool in _TOOLS if _run(tool) != 0]
    return 1 if errors or failed else 0


def _run(tool: tuple[str, ...]) -> int:
    """Starts a tool of this environment in the project's folder; its own words go to the terminal."""
    return subprocess.run([str(Path(sys.executable).parent / tool[0]), *tool[1:]], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
