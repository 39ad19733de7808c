"""The same store on PostgreSQL, where its programs are installed."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_world import free_ports

from channels.store import Accepted, AlreadyDone, Body, Outcome, Store
from kernel.conversation import Bubble, Choice
from kernel.language import Language
from kernel.urgency import Urgency


def _run_as(*command: str) -> None:
    """PostgreSQL refuses to run as root: use its own account then."""
    user = "postgres" if os.getuid() == 0 else None
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/", timeout=60)


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    programs = [shutil.which(name) for name in ("initdb", "pg_ctl")]
    if None in programs:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    initdb, pg_ctl = (str(program) for program in programs)
    folder = Path(tempfile.mkdtemp(prefix="chatmasjien-pg-"))
    if os.getuid() == 0:
        try:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no account postgres")
    port = free_ports(1)[0]
    data = str(folder / "data")
    _run_as(initdb, "-D", data, "-A", "trust", "-U", "chat", "--no-sync")
    _run_as(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", "start")
    try:
        yield f"postgresql://chat@127.0.0.1:{port}/postgres"
    finally:
        _run_as(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


async def test_two_hubs_share_one_database(database_url: str) -> None:
    hubs = [Store(database_url, "s" * 40) for _ in range(2)]
    await asyncio.gather(*(hub.open() for hub in hubs))  # both migrate at once
    first, second = hubs
    key, token, replies = await first.begin(Language.FR, "web", [Bubble("salut", Language.FR, (Choice("oui", "/affirm"),))])
    found = await second.conversations.by_token(token)
    assert found is not None
    assert found.id == key
    assert await second.messages.resolve_choice(key, replies[0].bubble.choices[0].payload) == "/affirm"

    accepted = await asyncio.gather(*(hub.messages.accept(key, "m", Body("a\x00b"), Urgency.HIGH) for hub in hubs * 4))
    assert sorted(one.is_new for one in accepted) == [False] * 7 + [True]
    assert [message.body.text for message in await second.messages.unfinished()] == ["a\x00b"]

    finishing = (hub.messages.finish(key, "m", [Bubble("ok", Language.FR)], Outcome(memory={"n": 1})) for hub in hubs * 3)
    results = await asyncio.gather(*finishing, return_exceptions=True)
    assert sum(isinstance(result, AlreadyDone) for result in results) == 5
    assert [reply.seq for reply in (await first.messages.replies_after(key, 0))[0]] == [1, 2]
    assert await first.messages.accept(key, "m", Body("a"), Urgency.NONE) == Accepted(is_new=False, is_done=True)

    levels = [Urgency.EMERGENCY, Urgency.NONE, Urgency.NORMAL] * 3
    await asyncio.gather(*(hubs[n % 2].conversations.raise_urgency(key, level) for n, level in enumerate(levels)))
    assert (await first.conversations.get(key)).urgency is Urgency.EMERGENCY

    await second.conversations.wipe(key)
    assert await first.conversations.by_token(token) is None
    assert await first.conversations.wiped_ids() == [key]
    for hub in hubs:
        await hub.close()
