"""Danger that comes near, or is told as one of this moment, in the hub's own words and in what the bot says."""

from __future__ import annotations

import pytest
from chat_client import lines, replies
from hub_world import World
from worry_world import FIXED, rank

from channels.danger_said import told_as_now
from channels.worry import Worry, is_coming, is_meant_after_all, takes_back
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding

# ---- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_denial"),
    [
        ("grapje", True), ("GRAPJE!!!", True), ("was ma een mopje he", True), ("ik meende het niet", True), ("dat was niet serieus", True),
        ("c'était une blague", True), ("jrigole tkt", True), ("c'etait pas serieux", True), ("jk", True), ("je m'as mal compris", True),
        ("geen grapje", False), ("dit is echt geen mop", False), ("c'est pas une blague", False), ("je rigole pas", False),
        ("vertel een mop", False), ("raconte une blague", False), ("nee", False), ("", False), ("ik wil dood", False),
        ("nee ik wil niet dood", False), ("het is een boekbespreking voor nederlands", True), ("mdr c un exposé pr l'école", True),
        ("en wat als hij een grapje maakt en ik bel", False), ("oui mais si jappelle et que c'est une blague?", False),
        ("mn juf zegt da t maar n grapje is", False), ("il a dit que c'était pour rire", False), ("ik zei het als grapje", True),
        ("ik wil niet dood maar ik kan niet meer", False), ("jveux pas mourir mais jen peux plus", False),
        ("grapje zegge ze", False), ("cétait pour rire ils disent", False),
        ("ze maken grapjes over mij op school en in de bus en thuis en iedereen lacht mij altijd uit", False),
    ],
)  # fmt: skip
def test_what_takes_a_worry_back(text: str, is_denial: bool) -> None:
    assert takes_back(FIXED, text) is is_denial


@pytest.mark.parametrize(
    ("text", "need", "comes"),
    [
        ("hij komt naar boven", "unsafe_home", True), ("il revient", "teen_pimp", True), ("kben er nu", "grooming", True),
        ("ik ben er nu", "grooming", True), ("ok on est ds la voiture", "parental_abduction", True),
        ("on est dans la voiture", "parental_abduction", True), ("hij komt niet", "unsafe_home", False), ("hij komt morgen", "unsafe_home", False),
        ("il arrive demain", "grooming", False), ("il rentre a 18h", "unsafe_home", False), ("il rentre", "unsafe_home", True),
        ("mijn oma komt mij halen", "unsafe_home", False), ("hij komt mij halen", "unsafe_home", True),
        ("il revient avec un autre compte", "grooming", False), ("hij komt dan op mijn bed zitten", "unsafe_home", False),
        ("ik heb de politie gebeld, hij komt naar boven", "unsafe_home", True), ("hij komt naar boven, mama is pas om 6 uur thuis", "unsafe_home", True),
        ("il monte, ma mere rentre a 18h", "unsafe_home", True), ("hij komt naar boven", "sexting_question", True), ("hij komt", None, True), ("il est la", None, True), ("mama hij komt", None, False), ("we vertrekken", None, False),
        ("hij is hier", "nude_spread", False),
        ("on part au pakistan dans 2 semaines", "unsafe_home", False), ("on part au bled la", "unsafe_home", True),
        ("jdis koi a la police a l'aeroport", "unsafe_home", False), ("jsuis a laeroport jfais koi", "unsafe_home", True),
        ("we vertrekken over 2 weken", "unsafe_home", False), ("ben op de luchthaven wat nu", "unsafe_home", True),
        ("de politie? hij is hier", "sexual_abuse", True), ("nee", "unsafe_home", False), ("", "unsafe_home", False),
        # whoever helps is no danger
        ("oui jai envoyé un msg a ma tante elle arrive", "unsafe_home", False), ("ouf ma tante est la on est ds sa voiture", "unsafe_home", False),
        ("kheb een bericht gestuurd naar mn tante ze komt", "unsafe_home", False), ("mn tante is er, we zitten in haar auto", "unsafe_home", False),
        ("il est la on est ds sa voiture", "grooming", True), ("jai ecrit a ma tante il arrive", "unsafe_home", True),
        ("kheb mn tante gebeld hij komt naar boven", "unsafe_home", True), ("mijn oma slaapt en hij is hier", "unsafe_home", True),
        ("ma tante dort et il est la", "unsafe_home", True), ("ma tante ignore que jsuis dans sa voiture", "grooming", True),
        # this evening is time for a plan
        ("hij komt vanavond terug", "unsafe_home", False), ("il revient ce soir", "sexual_abuse", False), ("hij komt terug", "unsafe_home", True),
        # where no danger is spoken of, only few words say so
        ("ze komt naar boven kben eraan", None, True), ("aidez moi il arrive", None, True), ("il revient", "off_topic", True),
        ("il arrive à quelle heure le bus 95 svp", None, False), ("mn maat heeft zijn tas vergeten, hij komt terug straks", "off_topic", False),
    ],
)  # fmt: skip
def test_what_says_that_it_is_now_on_the_path_of_a_danger(text: str, need: str | None, comes: bool) -> None:
    assert is_coming(FIXED, need, text) is comes


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("eigenlijk ni grapje", True), ("nee serieus wa moek doen", True), ("nee echt", True), ("en vrai si j'y pense encore", True),
        ("je rigole pas", True), ("nn en vrai jdeconne pas", True), ("jrigole pas", True), ("alleja half grapje", True),
        ("enfin si un peu", True), ("jdeconne", False), ("jrigole", False), ("nee ik meende het niet", False), ("nee echt niet", False), ("c'est pas vrai", False), ("grapje", False),
    ],
)  # fmt: skip
def test_what_says_that_a_worry_is_meant_after_all(text: str, is_meant: bool) -> None:
    taken_back = Worry("suicidal", Urgency.EMERGENCY, since_turned=1)
    assert is_meant_after_all(FIXED, taken_back, text) is is_meant
    assert not is_meant_after_all(FIXED, Worry("suicidal", Urgency.EMERGENCY), text)


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("ja maar soms denk ik da echt", True), ("ja ik denk da elke dag", True), ("eig niet echt een grapje", True), ("soms wel", True),
        ("ja soms wil ik gewoon weg zijn", True), ("ja eigenlijk meen ik het", True), ("ik loog", True), ("nee hij doet da echt", True),
        ("nee maar het gebeurt wel", True), ("kheb gelogen want ik was bang", True), ("zei da uit schrik", True),
        ("oui mais des fois j'y pense vraiment", True), ("pas vraiment une blague", True), ("j'y pense tous les jours", True),
        ("parfois si", True), ("non en vrai il le fait vraiment", True), ("jai menti", True), ("osais pas le dire", True),
        ("enfin pas vraiment", True), ("enfin... chais pas", True), ("weet ni eigenlijk", True), ("enfin bref merci", False),
        ("ja", False), ("nee", False), ("ja graag", False), ("nee dank je", False), ("oui", False), ("non merci", False), ("ouais stp", False),
        ("ja maar over iets anders", False), ("nee maar bedankt he", False), ("nee eigenlijk niet", False), ("ja over school", False),
        ("oui mais d'autre chose", False), ("non mais merci", False), ("nan en vrai ça va", False), ("oui de mes devoirs", False),
        ("ja ik heb ruzie met mijn zus", False), ("oui je me suis disputée avec ma soeur", False),
    ],
)  # fmt: skip
def test_who_goes_back_to_it_when_asked_for_other_things_is_heard(text: str, is_meant: bool) -> None:
    for need in ("suicidal", "unsafe_home", "sexual_abuse"):
        assert is_meant_after_all(FIXED, Worry(need, Urgency.EMERGENCY, since_turned=0, question="believed"), text) is is_meant


@pytest.mark.parametrize(
    "text", ["soms wel", "ja maar", "soms wil ik pizza", "elke dag aan mijn taak", "parfois si", "oui mais bon", "oui parfois"]
)
def test_later_on_such_few_words_are_about_what_is_spoken_of_then(text: str) -> None:
    assert not is_meant_after_all(FIXED, Worry("suicidal", Urgency.EMERGENCY, since_turned=1), text)


async def test_who_means_it_after_all_is_taken_back_to_the_worry(world: World) -> None:
    world.bot.need = "suicidal"
    chat = await world.talk()
    await chat.say("gevaarwoord")
    await chat.say("grapje")
    world.bot.need = "off_topic"
    await chat.say("nee")
    await chat.say("eigenlijk ni grapje")
    assert world.bot.asked[-1]["payload"] == "/suicidal"


async def test_danger_that_comes_near_on_a_path_is_answered_with_112(world: World) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    said = replies(await chat.say("hij komt naar boven"))
    assert "112" in said[0]["text"]
    assert said[0]["helplines"][0]["id"] == "emergency_112"
    again = replies(await chat.say("hij is hier"))
    assert "112" in again[0]["text"]
    assert again[0]["text"] != said[0]["text"]


async def test_danger_now_that_the_bot_alone_hears_on_a_path_is_an_emergency_with_112(world: World) -> None:
    world.bot.need = "sextortion"
    chat = await world.talk()
    await chat.say("hij heeft een foto van mij")
    world.bot.need, world.bot.says_now = "affirm", True
    said = replies(await chat.say("ja en ik zit in zijn auto"))
    assert "112" in said[0]["text"]
    assert said[0]["helplines"][0]["id"] == "emergency_112"
    await chat.say("ja")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_what_says_112_already_is_left_as_it_is(world: World) -> None:
    world.bot.need = "sextortion"
    chat = await world.talk()
    await chat.say("hij heeft een foto van mij")
    world.bot.says_now = True
    assert "turn 2: bel 112" in replies(await chat.say("bel 112 zei hij"))[0]["text"]


async def test_the_bot_is_told_that_the_hub_heard_danger_now(world: World) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    await chat.say("hij komt naar boven")
    await chat.say("ok")
    assert [question.get("now") for question in world.bot.asked] == [None, True, None]


@pytest.mark.parametrize(("text", "is_help"), [("ze zijn hier", True), ("hij is hier", False), ("ils reviennent", False)])
async def test_once_help_was_called_who_comes_is_the_help(world: World, text: str, is_help: bool) -> None:
    world.bot.need, world.bot.helped = "unsafe_home", True
    chat = await world.talk()
    await chat.say("papa slaat mij, ik heb 112 gebeld")
    await chat.say(text)
    assert world.bot.asked[-1].get("now") is (None if is_help else True)


@pytest.mark.parametrize(
    ("text", "is_now"), [("heb 112 gebeld ze komen", None), ("g appelé ils arrivent", None), ("hij belt zijn maten ze komen", True)]
)
async def test_help_that_was_called_in_the_same_words_is_no_danger(world: World, text: str, is_now: bool | None) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    await chat.say(text)
    assert world.bot.asked[-1].get("now") is is_now


async def test_danger_now_at_the_start_opens_its_path_once(world: World) -> None:
    world.bot.need, world.bot.says_now = "grooming", True
    chat = await world.talk()
    said = replies(await chat.say("ik zit in zijn auto"))
    assert len(world.bot.asked) == 1
    assert said[0]["helplines"][0]["id"] == "emergency_112"


async def test_what_comes_near_in_a_story_is_no_danger(world: World) -> None:
    world.bot.need, world.bot.scenario = "unsafe_home", "leaving_home/door"
    chat = await world.talk()
    await chat.say("een verhaal over thuis")
    assert "112" not in replies(await chat.say("hij komt naar boven"))[0]["text"]


# ---- who tells more is not taken for less ------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["answering", "empty"])
@pytest.mark.parametrize("text", ["hij komt naar boven", "hoogwoord, hij komt naar boven"])
async def test_what_comes_near_is_as_urgent_beside_a_lesser_danger_in_the_same_words(world: World, text: str, mode: str) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    world.bot.mode = mode
    shown = replies(await chat.say(text))
    assert lines(shown[0])[0] == "emergency_112"
    assert world.bot.asked[-1].get("now") is True
    assert rank(world) == 3


async def test_danger_now_that_the_bot_alone_hears_is_as_urgent_beside_a_lesser_danger_in_the_words(world: World) -> None:
    world.bot.need = "grooming"
    chat = await world.talk()
    await chat.say("hij wil een foto")
    world.bot.need, world.bot.says_now = "affirm", True
    shown = replies(await chat.say("hoogwoord en het is nu bezig"))
    assert "112" in shown[0]["text"]
    assert lines(shown[0])[0] == "emergency_112"
    assert "take_it_down" in lines(shown[0]), "the lines of what the words tell"
    assert rank(world) == 3


async def test_what_comes_near_stays_when_the_danger_beside_it_is_denied(world: World) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    world.bot.denies = ["sextortion"]
    shown = replies(await chat.say("geen hoogwoord, hij komt naar boven"))
    assert lines(shown[0])[0] == "emergency_112"
    assert "take_it_down" not in lines(shown[0])


def test_the_need_in_the_words_stays_for_its_lines_unless_the_other_is_the_more_urgent_one() -> None:
    def found(need: str, level: Urgency = Urgency.HIGH, *, now: bool = False) -> Finding:
        return Finding(need, level, now, Language.NL, "test")

    told, emergency = found("sextortion"), Urgency.EMERGENCY
    both = told_as_now(told, found("unsafe_home", emergency, now=True))
    assert both is not None
    assert (both.need, both.level, both.now) == ("sextortion", emergency, True)
    graver = told_as_now(found("self_harm"), found("suicidal", emergency, now=True))
    assert graver is not None
    assert graver.need == "suicidal"
    later = told_as_now(found("suicidal", emergency), found("unsafe_home", emergency, now=True))
    assert later is not None
    assert (later.need, later.now) == ("suicidal", True)
    assert told_as_now(told, None) is told
    assert told_as_now(None, told) is told
    utmost = found("unsafe_home", emergency, now=True)
    assert told_as_now(utmost, found("grooming", emergency, now=True)) is utmost
