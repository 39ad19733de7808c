"""The masking worker: a process of its own that may hang, die or never come up, and never lets a word out for it."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from masking_stand_ins import load_light, load_never, load_slowly

from kernel.language import Language
from safety.masking import MASKED, MaskingWorker

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SECRET = "lotte woont hier"


async def _recovered(worker: MaskingWorker) -> str:
    """The first answer that is not MASKED, within 20 s."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        answer = await worker.mask("lotte", Language.NL)
        if answer != MASKED:
            return answer
        await asyncio.sleep(0.1)
    return MASKED


async def test_it_masks_in_another_process() -> None:
    others = set(multiprocessing.active_children())  # of tests before it
    worker = MaskingWorker(load=load_light, timeout_s=20)
    try:
        assert await worker.start()
        assert await worker.mask("lotte", Language.NL) == "nl:[name]"
        answers = await asyncio.gather(*(worker.mask(f"lotte {number}", Language.FR) for number in range(20)))
        assert answers == [f"fr:[name] {number}" for number in range(20)]
        assert len(set(multiprocessing.active_children()) - others) == 1
    finally:
        await worker.close()


async def test_a_text_that_hangs_is_masked_whole_and_the_worker_replaced() -> None:
    worker = MaskingWorker(load=load_light, timeout_s=0.5, restart_after_s=0)
    try:
        assert await worker.start()
        started = time.monotonic()
        assert await worker.mask("hang", Language.NL) == MASKED
        assert time.monotonic() - started < 3
        assert await _recovered(worker) == "nl:[name]"
    finally:
        await worker.close()


async def test_after_a_crash_it_comes_back() -> None:
    worker = MaskingWorker(load=load_light, timeout_s=20, restart_after_s=0)
    try:
        assert await worker.start()
        assert await worker.mask("crash", Language.NL) == MASKED
        assert await _recovered(worker) == "nl:[name]"
    finally:
        await worker.close()


async def test_an_error_masks_the_whole_text_and_logs_no_word(caplog: pytest.LogCaptureFixture) -> None:
    worker = MaskingWorker(load=load_light, timeout_s=20, restart_after_s=0)
    with caplog.at_level(logging.DEBUG):
        try:
            assert await worker.start()
            assert await worker.mask("raise", Language.NL) == MASKED
        finally:
            await worker.close()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("safety")]
    assert ours == ["masking worker failed: ValueError"]


async def test_while_the_engines_load_texts_are_masked_whole_and_loading_goes_on() -> None:
    worker = MaskingWorker(load=load_slowly, timeout_s=0.3)
    try:
        assert await worker.mask(SECRET, Language.NL) == MASKED
        assert await worker.start()
        assert await worker.mask("lotte", Language.NL) == "nl:[name]"
    finally:
        await worker.close()


async def test_without_engines_every_text_is_masked_whole() -> None:
    worker = MaskingWorker(load=load_never, timeout_s=20, restart_after_s=60)
    try:
        assert not await worker.start()
        started = time.monotonic()
        assert await worker.mask(SECRET, Language.NL) == MASKED
        assert time.monotonic() - started < 1, "it must not try to start again and again"
    finally:
        await worker.close()


async def test_closing_ends_the_process_and_masks_everything() -> None:
    others = set(multiprocessing.active_children())  # of tests before it
    worker = MaskingWorker(load=load_light, timeout_s=20)
    assert await worker.start()
    (process,) = set(multiprocessing.active_children()) - others
    await worker.close()
    for _ in range(200):  # a thread of the pool may be taking note of the same end: then it seems alive for a moment
        if not process.is_alive():
            break
        await asyncio.sleep(0.05)
    assert not process.is_alive()
    assert await worker.mask(SECRET, Language.NL) == MASKED


def test_a_killed_hub_leaves_no_worker_behind() -> None:
    hub = (
        "import asyncio, multiprocessing, time\n"
        "from masking_stand_ins import load_light\n"
        "from safety.masking import MaskingWorker\n"
        "async def main():\n"
        "    worker = MaskingWorker(load=load_light, timeout_s=20)\n"
        "    assert await worker.start()\n"
        "    print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{HERE}"}
    with subprocess.Popen([sys.executable, "-c", hub], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        assert _alive(worker)
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(worker)


def _alive(pid: int) -> bool:
    """Is the process there, and no zombie?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


async def test_the_real_engines_work_in_the_worker() -> None:
    worker = MaskingWorker(timeout_s=60)
    try:
        assert await worker.start()
        assert (
            await worker.mask("ik heet Lotte Peeters, bel 0470/12.34.56 of 116000", Language.NL) == "ik heet [name], bel [phone] of 116000"
        )
        assert await worker.mask("ma pote chloé habite rue de la Loi 16", Language.FR) == "ma pote [name] habite [address]"
    finally:
        await worker.close()
