"""The Bot API server of the tests, judged by the real python-telegram-bot client: it takes, refuses, paces and fails as Telegram does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from bot_api import TOKEN, BotApi
from bot_api_limits import Pace
from bot_api_markup import readable
from phone import Phone
from telegram import Bot, BotCommand, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

SECRET = "geheim_van_de_test-1"


def client(api: BotApi, token: str = TOKEN, seconds: float = 5.0) -> Bot:
    """The real client, talking to the server."""
    return Bot(token, base_url=f"{api.url}/bot", request=HTTPXRequest(read_timeout=seconds), get_updates_request=HTTPXRequest())


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """A client without pace between its messages."""
    api.pace = Pace(per_chat_s=0.0, per_second=10**6)
    async with client(api) as running:
        yield running


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])


# ---- messages ------------------------------------------------------------------------------------------------------------


async def test_a_message_stands_in_the_chat_is_changed_and_deleted(api: BotApi, bot: Bot) -> None:
    phone = Phone(api)
    sent = await bot.send_message(
        phone.chat.id, "<b>hoi</b> &amp; dag", parse_mode="HTML", reply_markup=keyboard(InlineKeyboardButton("ja", callback_data="x"))
    )
    assert [bubble.text for bubble in phone.bubbles] == ["hoi & dag"]
    assert phone.buttons == ["ja"]
    await bot.edit_message_reply_markup(phone.chat.id, sent.message_id)
    assert phone.buttons == []
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(phone.chat.id, sent.message_id)
    await bot.edit_message_text("anders", phone.chat.id, sent.message_id)
    assert phone.bubbles[0].text == "anders"
    mine, _ = phone.write("hallo")
    assert await bot.delete_messages(phone.chat.id, [sent.message_id, mine.id, 99])
    assert phone.chat.shown == []
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("weer", phone.chat.id, sent.message_id)
    await bot.send_chat_action(phone.chat.id, "typing")
    assert [action for _, action in phone.chat.actions] == ["typing"]
    api.check()


async def test_old_messages_cannot_be_deleted(api: BotApi, bot: Bot) -> None:
    phone = Phone(api)
    sent = await bot.send_message(phone.chat.id, "oud")
    now = api.methods.now()
    api.methods.now = lambda: now + 48 * 3600
    for deleting in (bot.delete_message(phone.chat.id, sent.message_id), bot.delete_messages(phone.chat.id, [sent.message_id])):
        with pytest.raises(BadRequest, match="can't be deleted"):
            await deleting
    assert [bubble.text for bubble in phone.bubbles] == ["oud"]
    assert len(api.violations) == 2


@pytest.mark.parametrize(
    ("text", "parse_mode", "why"),
    [
        ("", None, "empty"),
        (" \n ", None, "empty"),
        ("<b> </b>", "HTML", "empty"),
        ("x" * 4097, None, "too long"),
        ("🙂" * 2049, None, "too long"),
        ("<b>open", "HTML", "can't parse"),
        ("1 < 2", "HTML", "can't parse"),
        ("<b>a</i>", "HTML", "can't parse"),
        ("<br>", "HTML", "can't parse"),
        ("a.", "MarkdownV2", "reserved"),
        ("*a", "MarkdownV2", "end of the entity"),
        ("[a](b", "MarkdownV2", "URL"),
    ],
)
async def test_text_that_telegram_refuses(api: BotApi, bot: Bot, text: str, parse_mode: str | None, why: str) -> None:
    phone = Phone(api)
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(phone.chat.id, text, parse_mode=parse_mode)
    assert len(api.violations) == 1
    assert phone.bubbles == []


@pytest.mark.parametrize(
    ("text", "parse_mode", "read"),
    [
        ("x" * 4096, None, "x" * 4096),
        ("<b>" + "x" * 4096 + "</b>", "HTML", "x" * 4096),
        ('<a href="https://a.be/?x=1&amp;y=2">a</a> &lt;3 &#233; & co', "HTML", "a <3 é & co"),
        ("*vet* _schuin_ __lijn__ ||weg|| `a.b` [naam](https://a\\)b) 1\\. \\-", "MarkdownV2", "vet schuin lijn weg a.b naam 1. -"),
    ],
)
def test_text_that_telegram_takes(text: str, parse_mode: str | None, read: str) -> None:
    assert readable(text, parse_mode) == read


@pytest.mark.parametrize(
    "button",
    [
        InlineKeyboardButton("ja", callback_data="é" * 33),
        InlineKeyboardButton("bel", url="tel:116000"),
        InlineKeyboardButton("hier", url="http://localhost:8080/"),
        InlineKeyboardButton("ja"),
        InlineKeyboardButton(" ", callback_data="x"),
    ],
)
async def test_buttons_that_telegram_refuses(api: BotApi, bot: Bot, button: InlineKeyboardButton) -> None:
    phone = Phone(api)
    with pytest.raises(BadRequest):
        await bot.send_message(phone.chat.id, "kies", reply_markup=keyboard(button))
    assert len(api.violations) == 1


async def test_a_hundred_buttons_and_an_answer_that_is_asked_for(api: BotApi, bot: Bot) -> None:
    phone = Phone(api)
    many = [InlineKeyboardButton(str(number), callback_data="é" * 32) for number in range(100)]
    await bot.send_message(phone.chat.id, "kies", reply_markup=keyboard(*many))
    with pytest.raises(BadRequest):
        await bot.send_message(phone.chat.id, "kies", reply_markup=keyboard(*many, many[0]))
    await bot.send_message(phone.chat.id, "noot?", reply_markup=ForceReply(input_field_placeholder="schrijf"))
    assert phone.bubbles[-1].asked_reply
    assert len(phone.buttons) == 100


async def test_a_press_is_answered_once(api: BotApi, bot: Bot) -> None:
    phone = Phone(api)
    await bot.send_message(phone.chat.id, "kies", reply_markup=keyboard(InlineKeyboardButton("ja", callback_data="x")))
    query, _ = phone.press("ja")
    assert await bot.answer_callback_query(query.id)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(query.id)
    assert query.answers == [""]
    assert api.violations == []
    with pytest.raises(BadRequest):
        await bot.answer_callback_query("nooit")
    assert len(api.violations) == 1


async def test_commands_per_language_leaving_and_blocking(api: BotApi, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("sos", "hulp nu")], language_code="nl")
    assert [command.command for command in await bot.get_my_commands(language_code="nl")] == ["sos"]
    with pytest.raises(BadRequest):
        await bot.set_my_commands([BotCommand("Sos!", "hulp")])
    phone = Phone(api)
    with pytest.raises(BadRequest):
        await bot.leave_chat(phone.chat.id)
    phone.block()
    with pytest.raises(Forbidden):
        await bot.send_message(phone.chat.id, "hoi")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(123, "hoi")
    with pytest.raises(InvalidToken):
        await client(api, "1:anders").initialize()


# ---- pace and faults -----------------------------------------------------------------------------------------------------


async def test_one_message_a_second_in_a_chat_and_thirty_in_all(api: BotApi) -> None:
    clock = [100.0]
    api.pace = Pace()
    api.pace.clock = lambda: clock[0]
    async with client(api) as bot:
        first, phones = Phone(api), [Phone(api) for _ in range(30)]
        await bot.send_message(first.chat.id, "een")
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(first.chat.id, "twee")
        assert told.value._retry_after.total_seconds() == 2
        for phone in phones[:29]:
            await bot.send_message(phone.chat.id, "een")
        with pytest.raises(RetryAfter):
            await bot.send_message(phones[29].chat.id, "een")
        clock[0] += 1
        await bot.send_message(first.chat.id, "twee")
    assert len(api.state.too_fast) == 2
    with pytest.raises(AssertionError):
        api.check()


@pytest.mark.parametrize(
    ("kind", "raised", "is_done"),
    [
        ("429", RetryAfter, False),
        ("500", NetworkError, False),
        ("502", NetworkError, False),
        ("403", Forbidden, False),
        ("hang_before", TimedOut, False),
        ("cut_before", NetworkError, False),
        ("500_after", NetworkError, True),
        ("hang_after", TimedOut, True),
        ("cut_after", NetworkError, True),
    ],
)
async def test_it_fails_on_demand(api: BotApi, kind: str, raised: type[Exception], is_done: bool) -> None:
    phone = Phone(api)
    async with client(api, seconds=0.3) as bot:
        api.faults.plan("sendMessage", kind)
        with pytest.raises(raised):
            await bot.send_message(phone.chat.id, "hoi")
    assert [sent.answered_at for sent in phone.bubbles] == [None] * is_done
    assert api.faults.happened == {kind: 1}


async def test_a_share_of_all_calls_fails(api: BotApi, bot: Bot) -> None:
    api.faults.rate, api.faults.kinds, api.faults.spared = 0.2, ("500",), frozenset({"getMe"})
    phone, failed = Phone(api), 0
    for _ in range(300):
        try:
            await bot.send_chat_action(phone.chat.id, "typing")
        except NetworkError:
            failed += 1
    assert 30 < failed < 90
    assert failed == api.faults.happened["500"] == 300 - len(phone.chat.actions)


# ---- updates -------------------------------------------------------------------------------------------------------------


class Receiver:
    """A webhook that answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.append(await request.json())
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    """It and its address."""
    receiving, app = Receiver(), web.Application()
    app.router.add_post("/hook", receiving.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield receiving, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_updates_come_by_webhook_again_until_they_are_taken(api: BotApi, bot: Bot, receiver: tuple[Receiver, str]) -> None:
    receiving, address = receiver
    await bot.set_webhook(address, secret_token=SECRET, allowed_updates=["message"])
    receiving.statuses = [500, 403, 200]
    phone = Phone(api)
    first, _ = phone.write("een")
    second, update = phone.write("twee")
    phone.edit(first, "anders")
    assert update is not None
    await phone.until(lambda: not api.updates.pending)
    assert [got["message"]["text"] for got in receiving.got] == ["een", "een", "een", "twee"]
    assert set(receiving.secrets) == {SECRET}
    assert first.id < second.id
    api.updates.again(update)
    await phone.until(lambda: len(receiving.got) == 5)
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == address
    for wrong in ({"url": "http://example.com/x"}, {"url": address, "secret_token": "é"}):
        with pytest.raises(BadRequest):
            await bot.set_webhook(**wrong)


async def test_updates_are_fetched_and_confirmed_by_the_next_offset(api: BotApi, bot: Bot) -> None:
    phone = Phone(api)
    for text in ("een", "twee", "drie"):
        phone.write(text)
    got = await bot.get_updates()
    assert [update.message.text for update in got if update.message] == ["een", "twee", "drie"]
    assert len(await bot.get_updates(limit=2)) == 2, "nothing was confirmed"
    assert [update.update_id for update in await bot.get_updates(offset=got[1].update_id + 1)] == [got[2].update_id]
    waiting = asyncio.create_task(bot.get_updates(offset=got[2].update_id + 1, timeout=5))
    await asyncio.sleep(0.1)
    phone.write("vier")
    assert [update.message.text for update in await waiting if update.message] == ["vier"]
    older = asyncio.create_task(bot.get_updates(offset=got[2].update_id + 2, timeout=5))
    await asyncio.sleep(0.1)
    await bot.get_updates(offset=got[2].update_id + 2, timeout=0)
    with pytest.raises(Conflict):
        await older
    assert await bot.get_updates(offset=-1) == ()


async def test_a_method_that_does_not_exist_is_noticed(api: BotApi) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{api.url}/bot{TOKEN}/sendMesage") as answer:
        assert answer.status == 404
    assert len(api.violations) == 1
