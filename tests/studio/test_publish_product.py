"""The real bot gives way to a real second one: the same content, trained model in another file, while chats talk."""

from __future__ import annotations

import gzip
import shutil
import time
from pathlib import Path

import pytest
from publish_world import ROOT, PublishWorld, Talkers
from small_release import report

from channels.answers import Answers
from channels.bot_process import bot_command
from curation import workspace
from curation.files import hash_of, put_json
from curation.gate import REPORT, WORK


@pytest.mark.product
async def test_the_real_bot_gives_way_while_chats_talk(tmp_path: Path, studio_answers: Answers) -> None:
    root = tmp_path / "project"
    workspace.build(ROOT, root)
    shutil.copy2(ROOT / workspace.MODEL, root / workspace.MODEL)
    folder = root / "var" / "studio" / "jobs" / "g"
    workspace.build(root, folder / WORK)
    # The same model packed again: another hash, and nothing that answers otherwise.
    (folder / WORK / workspace.MODEL).write_bytes(gzip.compress(gzip.decompress((ROOT / workspace.MODEL).read_bytes()), 1, mtime=1))
    put_json(folder / REPORT, report(root, folder / WORK))
    world = PublishWorld(tmp_path, studio_answers, bot_command(ROOT), root, is_real=True)
    try:
        await world.start()
        old = hash_of(root / workspace.MODEL)
        assert world.hub.bot.models == (old,)
        async with Talkers(world, 6, every=1.5) as talkers:
            started = time.monotonic()
            await world.publish(folder)
            took = time.monotonic() - started
        assert talkers.failed == []
        assert len(talkers.turns) > 6
        assert world.fallbacks() == 0, f"answered without the bot, while publishing took {took:.0f} s"
        assert world.hub.bot.models == (hash_of(root / workspace.MODEL),) != (old,)
        assert (await world.said()).strip()
    finally:
        await world.stop()
