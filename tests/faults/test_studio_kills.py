"""Five kills of the studio; `make faults` does fifty. And the judge is judged: what it must notice, it notices."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from studio_kills import NEED, Told, broken, prepare, run
from studio_process import store_of

from kernel.role import Role


async def test_the_studio_survives_kills(tmp_path: Path) -> None:
    result = await run(tmp_path, 5, 116000)
    print(result)
    assert result.faults == {}
    assert result.promises > 5, "hardly anything was done: nothing was tried"
    assert result.published > 0, "nothing was published"
    assert len(result.moments) >= 2, "all kills fell in one act"  # edits are over in milliseconds: how many it hits is chance


async def test_the_judge_notices_what_was_lost(tmp_path: Path) -> None:
    root, var = prepare(tmp_path)
    assert await broken(root, var, Told()) == []
    store = store_of(var)
    await store.open()
    noor, _ = await store.accounts.create("Noor", Role.VOLUNTEER)
    made = await store.proposals.create(noor, "t")
    await store.close()
    told = Told({"f" * 32: "lost", made: f"oefenzinnl3 {NEED}"}, {made}, {made})
    (root / "data/nlu/nl/.x.yml.1.new").write_text("half", encoding="utf-8")
    (root / "models/current.card.json").write_text('{"model": "another", "data": "another"}', encoding="utf-8")
    (root / "data/config_left.yml").write_text("edited: by hand\n", encoding="utf-8")
    found = set(await broken(root, var, told))
    assert {
        "a lost edit",
        "a lost approval",
        "in the content and not published",
        "a wrong model",
        "a wrong content",
        "not committed",
    } <= found
