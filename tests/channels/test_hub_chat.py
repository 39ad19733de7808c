"""The chat protocol, against a hub with a stand-in bot."""

from __future__ import annotations

import asyncio
import json
import uuid

import pytest
from chat_client import Chat, kinds, lines, replies
from hub_world import World

from kernel.language import Language


def new_id() -> str:
    return str(uuid.uuid4())


async def test_a_new_chat_greets_in_its_language(world: World) -> None:
    for lang in ("nl", "fr"):
        frames = await (await world.chat()).hello(lang)
        assert kinds(frames) == ["welcome", "reply", "reply"]
        assert frames[0]["lang"] == lang
        assert frames[0]["last"] == 0
        assert [frame["seq"] for frame in frames[1:]] == [1, 2]
        assert all(frame["in_reply_to"] is None and frame["lang"] == lang and frame["text"] for frame in frames[1:])
        assert lines(frames[1]) == ["childfocus"]
        assert [choice["payload"][:1] != "/" for choice in frames[2]["choices"]] == [True, True]


async def test_a_message_is_acked_then_answered_then_done(world: World) -> None:
    chat = await world.talk()
    message_id = new_id()
    frames = await chat.say("hallo daar", message_id)
    assert kinds(frames) == ["ack", "typing", "reply", "done"]
    assert frames[0]["id"] == frames[2]["in_reply_to"] == frames[3]["in_reply_to"] == message_id
    assert frames[2]["text"] == "turn 1: hallo daar"
    assert frames[2]["from"] == "bot"
    assert frames[2]["seq"] == 3
    assert (await chat.say("en nu"))[2]["text"] == "turn 2: en nu"


async def test_the_bot_gets_what_the_protocol_says(world: World) -> None:
    chat = await world.talk("fr")
    await chat.say("bonjour")
    asked = world.bot.asked[0]
    assert set(asked) == {"conversation", "message_id", "text", "payload", "language", "urgency", "state"}
    assert (asked["text"], asked["payload"], asked["language"], asked["urgency"], asked["state"]) == ("bonjour", None, "fr", "none", None)
    assert chat.token not in json.dumps(asked)


async def test_a_repeated_id_gets_ack_and_done_and_no_second_answer(world: World) -> None:
    chat = await world.talk()
    message_id = new_id()
    await chat.say("een keer", message_id)
    frames = await chat.say("een keer", message_id)
    assert kinds(frames) == ["ack", "done"]
    assert len(world.bot.asked) == 1


async def test_one_id_from_two_sockets_at_once_is_answered_once(world: World) -> None:
    world.bot.delay_s = 0.2
    first = await world.talk()
    second = await world.chat()
    await second.hello(None, first.token, 2)
    message_id = new_id()
    for _ in range(3):
        for chat in (first, second):
            await chat.send(type="say", id=message_id, text="samen")
    seen = await first.answer(0.6), await second.answer(0.6)
    assert [len(replies(frames)) for frames in seen] == [1, 1]
    assert len(world.bot.asked) == 1


async def test_turns_of_one_conversation_do_not_overlap_and_keep_their_order(world: World) -> None:
    world.bot.delay_s = 0.05
    chat = await world.talk()
    ids = [new_id() for _ in range(6)]
    for number, message_id in enumerate(ids):
        await chat.send(type="say", id=message_id, text=f"nummer {number}")
    frames = await chat.answer(0.5)
    assert [frame["text"] for frame in replies(frames)] == [f"turn {n + 1}: nummer {n}" for n in range(6)]
    assert [frame["in_reply_to"] for frame in frames if frame["type"] == "done"] == ids


async def test_resume_brings_what_was_missed_once(world: World) -> None:
    chat = await world.talk()
    await chat.say("een")
    await chat.say("twee")
    await chat.close()
    again = await world.chat()
    frames = await again.hello(None, chat.token, 3)
    assert kinds(frames) == ["welcome", "reply", "done"]
    assert frames[0]["last"] == 4
    assert frames[0]["token"] == chat.token
    assert frames[1]["seq"] == 4
    assert [frame["seq"] for frame in replies(await (await world.chat()).hello(None, chat.token, None))] == [1, 2, 3, 4]


async def test_a_number_that_is_yet_to_come_silences_nothing(world: World) -> None:
    chat = await world.talk()
    await chat.say("een")
    await chat.close()
    again = await world.chat()
    await again.hello(None, chat.token, 1_000_000)
    assert "reply" in kinds(await again.say("twee"))


async def test_what_happens_while_away_is_not_lost(world: World) -> None:
    world.bot.delay_s = 0.4
    chat = await world.talk()
    await chat.send(type="say", id=new_id(), text="ik ga weg")
    await chat.until("ack")
    await chat.close()
    again = await world.chat()
    await again.hello(None, chat.token, 2)
    await asyncio.sleep(0.5)
    await again.quiet()
    assert [frame["text"] for frame in replies(again.seen)] == ["turn 1: ik ga weg"]
    assert len(world.bot.asked) == 1


async def test_resuming_many_times_during_turns_loses_and_repeats_nothing(world: World) -> None:
    world.bot.delay_s = 0.03
    chat = await world.talk()
    last, texts = 2, []
    for number in range(8):
        await chat.send(type="say", id=new_id(), text=f"n{number}")
        await chat.until("ack")
        await chat.close()
        await asyncio.sleep(0.01 * number)
        chat_again = await world.chat()
        for frame in replies(await chat_again.hello(None, chat.token, last)):
            last = frame["seq"]
            texts.append(frame["text"])
        chat_again.token = chat.token
        chat = chat_again
    assert texts == [f"turn {n + 1}: n{n}" for n in range(8)]


async def test_an_unknown_token_is_named_and_a_new_chat_may_follow(world: World) -> None:
    chat = await world.chat()
    for token in ("x", "\ud800", "a" * 1000, "' OR 1=1 --"):
        frames = await chat.hello("fr", token)
        assert (frames[0]["type"], frames[0]["code"]) == ("error", "unknown_token")
        assert frames[0]["text"]
    assert kinds(await chat.hello("nl")) == ["welcome", "reply", "reply"]


async def test_language_follows_hello_then_the_bot(world: World) -> None:
    chat = await world.talk("nl")
    again = await world.chat()
    assert (await again.hello("fr", chat.token, 2))[0]["lang"] == "fr"
    await again.say("ok")
    assert world.bot.asked[-1]["language"] == "fr"
    world.bot.language = "nl"
    assert replies(await again.say("hallo"))[0]["lang"] == "nl"
    third = await world.chat()
    assert (await third.hello(None, chat.token, 99))[0]["lang"] == "nl"


async def test_the_page_language_counts_where_hello_names_none(world: World) -> None:
    headers = {"Origin": world.base, "Accept-Language": "en, fr-BE;q=0.9"}
    chat = Chat(world.session, world.base)
    chat.ws = await world.session.ws_connect(f"{world.base}/chat/ws", headers=headers)
    assert (await chat.hello(None))[0]["lang"] == "fr"


async def test_two_sockets_hear_the_same_replies(world: World) -> None:
    chat, other = await world.talk(), await world.chat()
    await other.hello(None, chat.token, 2)
    await chat.say("hoi")
    assert [frame["text"] for frame in replies(await other.answer())] == ["turn 1: hoi"]


async def test_a_choice_is_resolved_by_the_hub(world: World) -> None:
    chat = await world.chat()
    greeting = await chat.hello("nl")
    await chat.send(type="choose", id=new_id(), payload=greeting[2]["choices"][0]["payload"])
    frames = await chat.until("done")
    assert (world.bot.asked[0]["payload"], world.bot.asked[0]["text"]) == ("/affirm", "")
    assert replies(frames)[0]["text"] == "turn 1: /affirm"


@pytest.mark.parametrize("payload", ["/affirm", "/restart", '/sextortion{"urgency":"none"}', "x" * 5000, "\x00"])
async def test_a_payload_of_the_client_is_never_forwarded(world: World, payload: str) -> None:
    chat = await world.talk()
    await chat.send(type="choose", id=new_id(), payload=payload)
    frame = await chat.read()
    assert (frame["type"], frame["code"]) == ("error", "bad_frame")
    assert frame["text"] == world.hub.answers.text("error_unknown_choice", Language.NL)
    assert world.bot.asked == []


async def test_a_choice_of_another_conversation_is_unknown(world: World) -> None:
    mine = await (await world.chat()).hello("nl")
    other = await world.talk()
    await other.send(type="choose", id=new_id(), payload=mine[2]["choices"][0]["payload"])
    assert (await other.read())["code"] == "bad_frame"
    assert world.bot.asked == []


async def test_human_names_116000_first_and_raises_the_urgency(world: World) -> None:
    chat = await world.talk("fr")
    await chat.send(type="human")
    frames = await chat.answer()
    assert kinds(frames) == ["reply", "handoff"]
    assert lines(frames[0])[0] == "childfocus"
    assert frames[0]["in_reply_to"] is None
    assert frames[0]["lang"] == "fr"
    assert world.metric("chatmasjien_escalations_offered_total", reason="button") == 1
    await chat.say("ok")
    assert world.bot.asked[-1]["urgency"] == "high"


@pytest.mark.parametrize(("lang", "words"), [("nl", "geen woorden"), ("fr", "pas de mots")])
async def test_nothing_to_read_says_so_and_names_a_line(world: World, lang: str, words: str) -> None:
    chat = await world.chat()
    await chat.hello(lang)
    said = replies(await chat.say("\u200b \u200b"))
    assert words in said[0]["text"]
    assert lines(said[0]) == ["childfocus"]
    assert world.bot.asked == []


@pytest.mark.parametrize("how", [{"type": "say", "text": "sos"}, {"type": "say", "text": "bel 112!"}, {"type": "sos"}, {"type": "human"}])
async def test_sos_closes_a_wipe_that_was_asked_before(world: World, how: dict[str, str]) -> None:
    """The yes that follows its lines, or the words about a person, must not wipe everything."""
    world.bot.need = "wipe_chat"
    chat = await world.talk()
    await chat.say("wis alles")
    await chat.send(**how, **({"id": new_id()} if how["type"] == "say" else {}))
    await chat.answer()
    await chat.say("ja")
    assert world.bot.asked[-1]["state"] is None


@pytest.mark.parametrize(("lang", "suicide_line"), [("nl", "zelfmoordlijn_1813"), ("fr", "prevention_suicide")])
async def test_sos_gives_the_lines(world: World, lang: str, suicide_line: str) -> None:
    chat = await world.talk(lang)
    await chat.send(type="sos")
    frame = await chat.read()
    assert lines(frame) == ["childfocus", "emergency_112", suicide_line]
    assert frame["in_reply_to"] is None
    message_id = new_id()
    frames = await chat.say("/SOS", message_id)
    assert lines(replies(frames)[0]) == ["childfocus", "emergency_112", suicide_line]
    assert replies(frames)[0]["in_reply_to"] == message_id
    assert world.bot.asked == []


async def test_leave_ends_the_token(world: World) -> None:
    for leaving in ({"type": "leave"}, {"type": "say", "id": new_id(), "text": "/stop"}):
        chat = await world.talk()
        await chat.send(**leaving)
        await chat.answer()
        assert (await (await world.chat()).hello(None, chat.token))[0]["code"] == "unknown_token"
        assert kinds(await chat.hello("nl")) == ["welcome", "reply", "reply"]
    assert world.bot.asked == []


async def test_wipe_shows_116000_once_and_deletes_everything(world: World) -> None:
    chat, other = await world.talk(), await world.chat()
    await other.hello(None, chat.token, 2)
    await chat.say("weg ermee")
    await chat.send(type="wipe")
    frames = await chat.until("wiped")
    shown = replies(frames)
    assert [lines(frame) for frame in shown] == [["childfocus"], []]
    assert all(frame["seq"] is None for frame in shown)
    await other.until("wiped")
    assert (await (await world.chat()).hello(None, chat.token))[0]["code"] == "unknown_token"
    assert kinds(await chat.hello("fr")) == ["welcome", "reply", "reply"]
    assert len(await world.hub.store.conversations.wiped_ids()) == 1


@pytest.mark.parametrize("typed", ["wis", "/efface"])
async def test_a_typed_wipe_does_the_same(world: World, typed: str) -> None:
    chat = await world.talk()
    await chat.send(type="say", id=new_id(), text=typed)
    assert kinds(await chat.until("wiped")) == ["ack", "reply", "reply", "done", "wiped"]
    assert kinds(await chat.hello("nl")) == ["welcome", "reply", "reply"]


async def test_wipe_during_a_turn_drops_the_answer(world: World) -> None:
    world.bot.delay_s = 0.4
    chat = await world.talk()
    await chat.send(type="say", id=new_id(), text="nog iets")
    await chat.until("typing")
    await chat.send(type="wipe")
    await chat.send(type="hello", version=1, lang="nl", resume=None, after=None)
    frames = await chat.answer(0.8)
    assert [frame["text"] for frame in replies(frames) if frame["text"].startswith("turn")] == []
    assert kinds(frames)[-3:] == ["welcome", "reply", "reply"]
    world.bot.delay_s = 0
    assert replies(await chat.say("opnieuw"))[0]["text"] == "turn 1: opnieuw"


async def test_an_action_may_ask_for_a_wipe(world: World) -> None:
    world.bot.delay_s = 0.2
    chat = await world.talk()
    await chat.send(type="say", id=new_id(), text="wis alles aub")
    await chat.until("typing")
    await asyncio.sleep(0.05)
    world.hub.relay.request_wipe(world.bot.asked[0]["conversation"])
    assert kinds(await chat.until("wiped")) == ["reply", "done", "reply", "reply", "wiped"]
