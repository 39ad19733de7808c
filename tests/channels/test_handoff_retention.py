"""After a day only what staff were sent is left of a conversation, after thirty nothing: looked for in what is sealed, opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from at_rest import Kept, age, bytes_under, kept, places_of
from chat_client import kinds
from desk_side import Counsellor, card_of, hand_off
from hub_world import World

from channels.retention import delete_idle
from channels.store.tables import CONVERSATIONS


async def words(world: World) -> list[Kept]:
    """What can be read of everything that is kept."""
    return await kept(world.hub.store, world.settings.secret_key)


async def test_after_a_day_only_what_staff_were_sent_is_left_and_after_thirty_nothing(world: World, tmp_path: Path) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk()
    await chat.say("botwoord eerst aan de bot verteld")
    case_id = await hand_off(chat, "notitiewoord")
    await counsellor.claim()
    await chat.say("mensenwoord")
    await counsellor.close(case_id, need="grooming", remark="staartwoord")
    at_first = await words(world)
    assert places_of("botwoord", at_first) >= {"message", "reply", "payload"}
    await age(world.hub.store, 25)
    report = await delete_idle(world.hub.store, 24, 30)
    assert (report.deleted, report.thinned, report.cases) == (0, 1, 0)
    after_a_day = await words(world)
    assert places_of("botwoord", after_a_day) == {"payload"}, "the line that was sent stays, what was said to the bot goes"
    case = await counsellor.case(case_id)
    assert (case.note, [said.text for said in case.talk], case.remark) == ("notitiewoord", ["mensenwoord"], "staartwoord")
    again = await world.chat()
    assert (await again.hello("nl", chat.token))[0]["code"] == "unknown_token"
    await age(world.hub.store, 24 * 30)
    assert (await delete_idle(world.hub.store, 24, 30)).cases == 1
    case = await counsellor.case(case_id)
    assert (case.note, case.talk, case.remark, case.escalation.need) == ("", (), "", "grooming")
    assert case.escalation.wiped_at is not None
    assert (await delete_idle(world.hub.store, 24, 30)).conversations == 0
    assert await words(world) == []
    at_rest = bytes_under(tmp_path)
    assert len(at_first) > 8
    assert not any(each.sealed in at_rest for each in at_first), "not even sealed, in any file"
    assert case_id.encode() in at_rest, "the record stays"


@pytest.mark.parametrize("ending", ["closed", "given back"])
async def test_a_card_that_was_not_sent_goes_after_a_day_also_beside_an_earlier_case(world: World, tmp_path: Path, ending: str) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk()
    await chat.say("eerst dit aan de bot verteld")
    case_id = await hand_off(chat, "notitiewoord")
    await counsellor.claim()
    await (counsellor.close(case_id, need="grooming") if ending == "closed" else counsellor.return_now(case_id))
    await chat.quiet()
    assert "handoff" in kinds(await chat.say("en nu dit gevaarwoord en kaartwoord"))
    before = await words(world)
    assert places_of("kaartwoord", before) >= {"message", "reply", "card"}
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 1
    after = await words(world)
    assert places_of("kaartwoord", after) == set()
    assert places_of("notitiewoord", after) == {"payload"}, "what staff were sent stays"
    at_rest = bytes_under(tmp_path)
    assert not any(each.sealed in at_rest for each in before if "kaartwoord" in each.text)


async def test_who_goes_on_talking_after_a_day_is_forgotten_again_a_day_later(world: World) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await counsellor.close(case_id, need="grooming")
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 1
    await chat.say("laatwoord")  # the page was still open
    async with world.hub.store.db.write() as connection:
        await connection.execute(CONVERSATIONS.update().values(thinned_at=CONVERSATIONS.c.thinned_at - 25 * 3600))
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 1
    assert places_of("laatwoord", await words(world)) == set()
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 0, "once is enough where nothing was said since"


async def test_a_card_that_went_while_the_page_was_open_is_not_sent_empty_but_shown_anew(world: World) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await counsellor.return_now(case_id)
    await chat.quiet()
    card = await card_of(chat)
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 1
    decision = {"type": "handoff", "id": card["id"], "decision": "send", "note": "notitiewoord"}
    await chat.send(**decision, share=[line["id"] for line in card["lines"]])
    failed, again = await chat.answer()
    assert (failed["type"], failed["code"], again["type"], again["id"]) == ("error", "bad_frame", "handoff", card["id"])
    assert await counsellor.desk.queue() == []
    await chat.send(**decision, share=[line["id"] for line in again["lines"]])
    await chat.until("handoff_stored")
    case = await counsellor.case((await counsellor.waiting()).id)
    assert (case.note, len(case.lines)) == ("notitiewoord", len(again["lines"]))
