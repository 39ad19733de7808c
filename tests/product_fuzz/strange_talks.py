"""Conversations of strange messages with the running product: each is answered, nothing breaks, and the urgency never falls."""

from __future__ import annotations

import asyncio
import uuid

import aiohttp
from chat_client import Chat, Frame, replies
from product_world import Product
from strange import LONG, PAYLOADS, Strange

from curation.foreign import find_foreign

EACH = 10
"""Messages of a conversation."""
_KNOWN = (*LONG, *PAYLOADS)
_WITHIN_S = 15.0


async def say(chat: Chat, text: str, message_id: str | None = None) -> list[Frame]:
    """Frames up to the end of the turn, or up to the answer that a text gets which is too long.

    As the page does, it waits when told that it is too fast, and sends again what could not be stored (a reply without number and ack).
    """
    message_id = message_id or str(uuid.uuid4())
    await chat.send(type="say", id=message_id, text=text)
    frames: list[Frame] = []
    while not frames or frames[-1]["type"] not in ("done", "error"):
        frames.append(await chat.read(_WITHIN_S))
        is_stored = any(frame["type"] == "ack" for frame in frames)
        if frames[-1].get("code") == "too_fast" or (frames[-1]["type"] == "reply" and frames[-1]["seq"] is None and not is_stored):
            await chat.quiet((frames[-1].get("retry_after") or 0.5) + 0.1)
            return await say(chat, text, message_id)
    return frames


def broken(product: Product, printed_before: int) -> list[str]:
    """Lines of what bot and hub printed since, that tell of an exception."""
    return [
        line for line in product.printed()[printed_before:].splitlines() if "Traceback" in line or " ERROR " in line or '"error"' in line
    ]


async def converse(number: int, product: Product, session: aiohttp.ClientSession, gate: asyncio.Semaphore) -> list[str]:
    """EACH strange messages in one conversation, number `number`; what went wrong, a line each."""
    wrong, strange = [], Strange(50_000 + number)
    language = "nl" if number % 2 else "fr"
    texts = [strange.message() for _ in range(EACH)]
    texts[number % EACH] = _KNOWN[number % len(_KNOWN)]
    async with gate:
        chat = await Chat(session, product.base_url).connect()
        await chat.hello(language)
        rank = 0
        for text in texts:
            if text.strip().strip("/").casefold() in ("sos", "wis", "efface", "stop"):
                continue
            frames = await say(chat, text)
            if frames[-1]["type"] == "error" and (frames[-1]["code"] != "too_long" or len(text) <= 4000):
                wrong.append(f"{text[:80]!r}: {frames[-1]}")
            elif frames[-1]["type"] == "done" and not all(frame["text"].strip() for frame in replies(frames) or [{"text": ""}]):
                wrong.append(f"{text[:80]!r}: silence")
            elif any(find_foreign(str(part)) for frame in replies(frames) for part in (frame["text"], frame["helplines"])):
                wrong.append(f"{text[:80]!r}: a line of another country")
            now = product.urgency_rank(chat.token)
            if now < rank:
                wrong.append(f"{text[:80]!r}: urgency fell from {rank} to {now}")
            rank = now
        await chat.close()
    return wrong
