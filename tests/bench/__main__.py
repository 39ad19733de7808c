"""`make bench`, or `make bench PART=bot`: measures the product beside stock Rasa and writes reports/bench.md, .json and plots.

Results of parts that are not run again are kept from var/bench/parts.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parents[1]), str(_HERE), *(str(_HERE.parent / room) for room in ("channels", "product"))]

from parts import PARTS
from report import write
from sides import WORK, keep


def main(wanted: list[str]) -> int:
    """The exit code; 2 for an unknown part."""
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    kept = WORK / "parts"
    kept.mkdir(parents=True, exist_ok=True)
    for part in wanted or PARTS:
        started = time.monotonic()
        print(f"→ {part}", flush=True)
        numbers = PARTS[part]()
        numbers["taken"] = {"on": time.strftime("%Y-%m-%d"), "seconds": round(time.monotonic() - started)}
        keep(part, numbers)
        print(f"  {round(time.monotonic() - started)} s", flush=True)
    write({path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(kept.glob("*.json"))})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
