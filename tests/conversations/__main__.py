"""`python -m tests.conversations`: holds the held-out conversations with the trained bot; report under reports/.

Exit code 1 when a language is under the bar or a turn leaves a teenager standing.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE.parent / "product"), str(_HERE.parent / "channels")]

from held_conversations import LANGUAGES, Held, hold, read, senseless, share
from product_world import Product, missing

BAR = 0.95


def as_text(held: list[Held], wrong: list[str]) -> str:
    """The report for people."""
    by_kind: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        by_kind[one.conversation.deviation].append(one)
    return "\n".join(
        [
            "# Held-out conversations",
            "",
            "Made by `make evaluate`: the conversations of `tests/conversations`, in words that no training data holds, held with the trained bot",
            "as they run. A message that is misheard leads a conversation astray, and all that follows counts as wrong. An action too many or",
            f"too few is one wrong. The bar is {BAR:.0%} of the actions right, per language.",
            "",
            "| | conversations | turns | actions right | of all | whole conversations right |",
            "|---|---|---|---|---|---|",
            *(_row(language, [one for one in held if one.conversation.language == language]) for language in LANGUAGES),
            _row("both", held),
            "",
            "| deviation | conversations | turns | actions right | of all | whole conversations right |",
            "|---|---|---|---|---|---|",
            *(_row(kind.replace("_", " "), some) for kind, some in sorted(by_kind.items())),
            "",
            "Turns that leave a teenager standing (silence, no question and no goodbye, the same bubble again, asked again and again what is meant):",
            *(f"- {one}" for one in wrong or ["none"]),
            "",
            "The first turn that went wrong, per conversation:",
            "",
            *([line for one in held if (line := _first_miss(one))] or ["- none"]),
            "",
        ]
    )


def _row(name: str, held: list[Held]) -> str:
    counts = [one.counted for one in held]
    right, all_ = (sum(column) for column in zip(*counts, strict=True))
    whole = sum(one == other for one, other in counts)
    turns = sum(len(one.did) for one in held)
    return f"| {name} | {len(held)} | {turns} | {right} of {all_} | {right / all_:.1%} | {whole} |"


def _first_miss(held: Held) -> str:
    """The need that was heard there tells a mishearing from a wrong step."""
    for turn, answer, did in held.pairs():
        if list(turn.actions) != did:
            right, all_ = held.counted
            heard = answer.get("need") or "nothing"
            return (
                f"- {held.conversation.file}, {held.conversation.name} ({right} of {all_}): «{turn.text}» should be {turn.need}, "
                f"was heard as {heard}: {', '.join(did) or 'silence'}"
            )
    return ""


def main() -> int:
    """Starts bot and hub (the bot's actions need it), holds them all, writes the report."""
    if wanting := missing():
        print(wanting)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder))
        try:
            product.make_whole()
            held = hold(read(), product.bot_url)
        finally:
            product.end()
    wrong = [line for one in held for line in senseless(one)]
    shares = {language: share(one for one in held if one.conversation.language == language) for language in LANGUAGES}
    (ROOT / "reports/conversations.md").write_text(as_text(held, wrong), encoding="utf-8")
    result = {"share": {**shares, "both": share(held)}, "conversations": len(held), "senseless": len(wrong), "bar": BAR}
    (ROOT / "reports/conversations.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    told = ", ".join(f"{language} {value:.1%}" for language, value in shares.items())
    print(f"{len(held)} conversations: {told} of the actions right, {len(wrong)} senseless turns (reports/conversations.md)")
    return 1 if wrong or min(shares.values()) < BAR else 0


if __name__ == "__main__":
    sys.exit(main())
