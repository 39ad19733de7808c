"""Marker words go through both processes in whole conversations; afterwards they stand in no file, no output and no metric.

What is looked through: every file under var/ (database, write-ahead log, ledger, keys), all that hub and bot printed, the metrics,
and whatever either process left in the folder for temporary files.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import urllib.request
import uuid
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from chat_client import Chat, Frame, replies
from product_world import KEY, Product, get

from channels.store import Store

pytestmark = pytest.mark.product

MARK = "zilverreiger"
JOURNEYS = {
    "nl": [
        f"hallo ik ben {MARK}nl",
        f"iemand van {MARK}school dreigt mijn naaktfoto te verspreiden als ik niet betaal",
        f"ik ben {MARK}12 jaar en mijn nummer is 0470 {MARK} en mail {MARK}@voorbeeld.be",
        f"ik wil dood {MARK}",
        f"grapje {MARK}",
        f"/restart {MARK}",
        f'/deny{{"x": "{MARK}"}}',
        f"i am {MARK} and i do not want to talk about it anymore",
        f"parle français {MARK}",
    ],
    "fr": [
        f"salut je suis {MARK}fr",
        f"il m'a forcée hier chez {MARK}oncle",
        f"j'ai fugué je suis près de {MARK}gare",
        f"je sais pas {MARK}",
        f"quel temps fait-il à {MARK}",
        f"t'es nul {MARK}",
        MARK * 300,
        f"{MARK} " * 300,
        f"qui peut lire {MARK}",
    ],
}


def written(product: Product) -> dict[str, bytes]:
    """Everything on disk that the product wrote, by name; the database file itself among it, or nothing was checked."""
    files = {str(path.relative_to(product.folder)): path.read_bytes() for path in product.folder.rglob("*") if path.is_file()}
    assert any(name.endswith("chatmasjien.db") for name in files)
    assert {"bot.log", "hub.log"} <= set(files)
    return files


def metrics_text(product: Product) -> str:
    status, body = get(f"http://127.0.0.1:{product.ports['METRICS_PORT']}/metrics")
    assert status == 200
    assert "chatmasjien_messages_total" in body
    return body


async def journey(chat: Chat, texts: list[str]) -> None:
    """Say it all, with some of the frames that are no messages, well-formed and not."""
    for text in texts:
        shown = replies(await chat.say(text, seconds=15))
        assert shown, text[:60]
        await asyncio.sleep(0.15)
    buttons = [frame["choices"] for frame in replies(chat.seen) if frame["choices"]][-1]
    await chat.send(type="choose", id=str(uuid.uuid4()), payload=buttons[0]["payload"])
    await chat.until("done", 15)
    await chat.send(type="choose", id=str(uuid.uuid4()), payload=MARK)
    await chat.until("error", 15)
    await chat.ws.send_str("{" + MARK)
    await chat.until("error", 15)
    await chat.send(type="say", id=str(uuid.uuid4()), text=f"{MARK} " * 600)
    await chat.until("error", 15)
    for kind in ("human", "sos"):
        await chat.send(type=kind)
        await chat.until("reply", 15)
    await asyncio.sleep(1)


def names_of(chat: Chat, frames: list[Frame]) -> list[str]:
    """What may be in no log and no metric besides the words: token, message ids, payloads."""
    ids = {str(frame["in_reply_to"]) for frame in replies(frames) if frame["in_reply_to"]}
    return [chat.token, *ids, *(choice["payload"] for frame in replies(frames) for choice in frame["choices"])]


def assert_unseen(product: Product, words: list[str], where: dict[str, bytes], *, ignore_case: bool = False) -> None:
    """None of the words stands anywhere in `where`, in UTF-8 or UTF-16."""
    for name, content in where.items():
        looked_at = content.lower() if ignore_case else content
        for word in words:
            assert word.encode() not in looked_at, f"{name}: {word!r}"
            assert word.encode("utf-16-le") not in looked_at, f"{name}: {word!r}"


def digest_of(chat: Chat) -> str:
    """Under which the database knows the conversation's token."""
    return sha256(chat.token.encode()).hexdigest()


def row_of(product: Product, chat: Chat) -> tuple[str, bytes]:
    """The conversation's id and its sealed key."""
    with sqlite3.connect(product.folder / "var/chatmasjien.db") as plain:
        key, wrapped = plain.execute("SELECT id, key_wrapped FROM conversations WHERE token_hash = ?", (digest_of(chat),)).fetchone()
    plain.close()
    return str(key), bytes(wrapped)


async def state_of(product: Product, conversation: str) -> str:
    """The bot's state of the conversation, opened with the product's own key, as text."""
    store = Store(f"sqlite:///{product.folder / 'var/chatmasjien.db'}", KEY)
    try:
        return json.dumps((await store.conversations.get(conversation)).memory.get("bot"))
    finally:
        await store.close()


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_no_word_of_a_whole_journey_is_written_down(product: Product, talk: Any, language: str) -> None:
    chat: Chat = await talk(language)
    await journey(chat, JOURNEYS[language])
    files, metrics = written(product), metrics_text(product)
    assert_unseen(product, [MARK], files | {"metrics": metrics.encode()}, ignore_case=True)
    logs = {name: files[name] for name in ("bot.log", "hub.log")}
    assert_unseen(product, names_of(chat, chat.seen), logs | {"metrics": metrics.encode()})
    said = [frame["text"] for frame in replies(chat.seen) if len(frame["text"]) > 20]
    assert said
    assert_unseen(product, said, logs)
    assert not re.search(rb"(?<!\d)(?!127\.0\.0\.1|0\.0\.0\.0)\d{1,3}(\.\d{1,3}){3}(?!\d)", logs["hub.log"]), "an address in the log"


async def test_after_a_wipe_nothing_of_the_conversation_is_left(product: Product, talk: Any) -> None:
    """Also not its key and its sealed pages: not in the database, not in the write-ahead log, not in the logs."""
    chat: Chat = await talk("nl")
    await chat.say(f"ik wil dood {MARK}", seconds=15)
    await chat.say(f"weet ik niet {MARK}", seconds=15)
    digest = digest_of(chat)
    key, wrapped = row_of(product, chat)
    with sqlite3.connect(product.folder / "var/chatmasjien.db") as plain:
        sealed = [row[0] for row in plain.execute("SELECT body_sealed FROM messages WHERE conversation_id = ?", (key,))]
        sealed += [row[0] for row in plain.execute("SELECT body_sealed FROM replies WHERE conversation_id = ?", (key,))]
    plain.close()
    before = b"".join(written(product).values())
    assert wrapped in before
    assert len(sealed) >= 4
    start = len(chat.seen)
    shown = replies(await chat.say("wis", seconds=15))
    await chat.until("wiped", 15)
    lines = [card["id"] for frame in replies(chat.seen[start:]) for card in frame["helplines"]]
    assert lines == ["childfocus"], "116000 is shown once"
    assert "116000" in shown[0]["text"]
    files = written(product)
    for name, content in files.items():
        assert wrapped not in content, name
        assert digest.encode() not in content, name
        assert not any(body in content for body in sealed), name
    assert_unseen(product, [MARK], files, ignore_case=True)
    assert key.encode() in files["var/wipes.ledger"]
    again = await talk("nl")
    await again.send(type="hello", version=1, lang="nl", resume=chat.token, after=0)
    assert (await again.until("error", 15))[-1]["code"] == "unknown_token"


PIECES = {"nl": ("hij heeft gezegd", "hij zegt dat", "en hij gaat"), "fr": ("il a dit", "il dit que", "et il va")}


async def waiting_for_more(product: Product, talk: Any, language: str) -> tuple[Chat, bytes]:
    """A conversation whose words wait for the rest of the sentence, and its wrapped key: how a model hears one such piece is its affair."""
    for piece in PIECES[language]:
        chat: Chat = await talk(language)
        await chat.say(f"{piece} {MARK}", seconds=15)
        key, wrapped = row_of(product, chat)
        if MARK in await state_of(product, key):
            return chat, wrapped
    raise AssertionError(f"none of {PIECES[language]} waits for the rest of the sentence")


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_a_wipe_in_the_middle_of_a_sentence_leaves_no_word(product: Product, talk: Any, language: str) -> None:
    """Words that are not understood yet wait in the state for the next message, sealed; a wipe just then takes them away too."""
    chat, wrapped = await waiting_for_more(product, talk, language)
    assert_unseen(product, [MARK], written(product), ignore_case=True)
    await chat.say("wis" if language == "nl" else "efface", seconds=15)
    await chat.until("wiped", 15)
    files = written(product)
    assert_unseen(product, [MARK], files, ignore_case=True)
    for name, content in files.items():
        assert wrapped not in content, name


async def test_the_bot_keeps_no_file_of_a_conversation(product: Product, talk: Any) -> None:
    """Rasa may write nothing anywhere: neither process holds a file open for writing but its log and the database."""
    chat: Chat = await talk("fr")
    await chat.say(f"je veux mourir {MARK}", seconds=15)
    for child in (product.bot, product.hub):
        assert child is not None
        for descriptor in Path(f"/proc/{child.process.pid}/fd").iterdir():
            target = descriptor.resolve()
            flags = int(re.search(r"flags:\s+0(\d+)", Path(f"/proc/{child.process.pid}/fdinfo/{descriptor.name}").read_text())[1], 8)  # type: ignore[index]
            is_written = flags & 0o3 and target.is_file()
            assert not is_written or target.is_relative_to(product.folder), target


def test_the_action_server_does_not_repeat_what_it_was_sent(product: Product) -> None:
    address = f"http://127.0.0.1:{product.ports['ACTIONS_PORT']}/webhook"
    for body in (f"{{{MARK}", f'{{"next_action": "{MARK}", "tracker": {{"sender_id": "{MARK}"}}}}', f'{{"{MARK}": 1}}'):
        request = urllib.request.Request(address, data=body.encode(), method="POST")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                answered = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                answered = error.read()
        assert MARK.encode() not in answered.replace(f'"action_name": "{MARK}"'.encode(), b"")
    assert MARK not in product.printed()
