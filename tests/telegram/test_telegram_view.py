"""Bubbles as messages of Telegram: split at sentence ends, counted as Telegram counts, nothing read as formatting."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.fanout import CardShown, Replied
from channels.public.telegram_cards import CardState, CardView
from channels.public.telegram_texts import TelegramTexts
from channels.public.telegram_view import LONGEST, Page, View, split, units
from kernel.conversation import Choice, Speaker
from kernel.language import Language
from safety.directory import Card, Directory

ROOT = Path(__file__).resolve().parents[2]
CHILD_FOCUS = Card("childfocus", "Child Focus", "116000", "https://chat.example.org", "https://example.org", True, "Dag en nacht open.")


@pytest.fixture(scope="module")
def texts() -> TelegramTexts:
    return TelegramTexts(ROOT / "data", "https://chat.example.org/")


def reply(
    text: str,
    *,
    speaker: Speaker = Speaker.BOT,
    choices: tuple[Choice, ...] = (),
    cards: tuple[Card, ...] = (),
    language: Language = Language.NL,
) -> Replied:
    return Replied(1, None, speaker, language, text, choices, cards)


# ---- splitting -----------------------------------------------------------------------------------------------------


def test_a_short_text_stays_whole() -> None:
    assert split("Hoi. Hoe gaat het?") == ["Hoi. Hoe gaat het?"]


def test_a_long_text_is_cut_at_sentence_ends() -> None:
    sentence = "Dit is een zin van gewone lengte. "
    parts = split(sentence * 300)
    assert len(parts) > 2
    assert all(part.endswith("lengte.") and units(part) <= LONGEST for part in parts)
    assert " ".join(parts) == (sentence * 300).strip()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("een\ntwee. drie vier vijf", "een\ntwee."),
        ("eerste regel\nnog een. stuk", "eerste regel"),
        ("woorden zonder een einde", "woorden zonder"),
        ("x" * 30, "x" * 18),
        ("Wat? Echt! “Ja.” En dan", "Wat? Echt! “Ja.”"),
    ],
)
def test_where_it_is_cut(text: str, first: str) -> None:
    assert split(text, 18)[0] == first


def test_emoji_count_as_telegram_counts_them() -> None:
    parts = split("😀" * 3000)
    assert [units(part) for part in parts] == [4096, 1904]
    assert "".join(parts) == "😀" * 3000


@given(st.text(min_size=1, max_size=400))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_but_spaces(text: str) -> None:
    parts = split(text, 40)
    assert all(0 < units(part) <= 40 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


# ---- bubbles -------------------------------------------------------------------------------------------------------


def test_words_are_never_formatting(texts: TelegramTexts) -> None:
    """There is no parse mode: stars, tags and brackets arrive as they were written, and what is bold is said beside the text."""
    said = "*niet* _dit_ <b>ook niet</b> [zo](https://example.org) `x` \\ &amp;"
    (parcel,) = View(texts).bubble(reply(said))
    assert parcel.text == said
    assert parcel.bold == ()


def test_a_helpline_stands_on_lines_of_its_own(texts: TelegramTexts) -> None:
    (parcel,) = View(texts).bubble(reply("😀 Hoi", choices=(Choice("Ja", "id"),), cards=(CHILD_FOCUS,)))
    assert parcel.text == "😀 Hoi\n\nChild Focus (nu open)\nBel 116000\nDag en nacht open."
    assert parcel.bold == ((8, 11),)  # in UTF-16: the smiley counts twice
    assert [[button.title for button in row] for row in parcel.rows] == [["Ja"], ["Chat: Child Focus", "Website: Child Focus"]]
    assert parcel.rows[0][0].data == "c:id"
    assert not any((button.url or "https:").startswith("tel:") for row in parcel.rows for button in row)


def test_an_e_mail_address_stands_in_the_text_and_is_no_button(texts: TelegramTexts) -> None:
    card = Directory.load(ROOT / "data/safety/helplines.yml").card("seos", Language.FR, datetime(2026, 11, 24, 22, tzinfo=UTC))
    (parcel,) = View(texts).bubble(reply("Salut", cards=(card,), language=Language.FR))
    assert "Tél. 0800 200 99\nE-mail : contact@seos.be\n" in parcel.text
    assert [button.url for row in parcel.rows for button in row] == ["https://seos.be"]


def test_who_is_a_person_is_said_so(texts: TelegramTexts) -> None:
    (parcel,) = View(texts).bubble(reply("Dag.", speaker=Speaker.COUNSELLOR))
    assert parcel.text == "Mens van het team:\nDag."


def test_buttons_stand_beneath_the_last_part(texts: TelegramTexts) -> None:
    parcels = View(texts).bubble(reply("Een zin. " * 600, choices=(Choice("Ja", "a"), Choice("Nee", "b")), cards=(CHILD_FOCUS,)))
    assert [bool(parcel.rows) for parcel in parcels] == [False] * (len(parcels) - 1) + [True]
    last = parcels[-1]
    (offset, length) = last.bold[0]
    assert last.text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le") == "Child Focus"


def test_the_notice_says_nothing_about_the_subject(texts: TelegramTexts) -> None:
    assert View(texts).notice(Language.NL).text == "Er is een antwoord voor je."
    assert View(texts).notice(Language.FR).text == "Tu as une réponse."


def test_bold_is_counted_over_parts() -> None:
    first, second = Page().add("a" * 4090 + "\n").add("vet woord hier", is_bold=True).parcels()
    assert (first.text, first.bold) == ("a" * 4090, ())
    assert (second.text, second.bold) == ("vet woord hier", ((0, 14),))


# ---- the card ------------------------------------------------------------------------------------------------------

SHOWN = CardShown(
    "f" * 32, (("1", "Iemand dreigt met mijn foto."), ("2", "Ik schreef: “" + "lang " * 60 + "”")), True, None, "Enkel het team."
)


def test_a_line_can_be_taken_off_and_put_back(texts: TelegramTexts) -> None:
    view = CardView(texts)
    card = view.state(SHOWN, Language.NL, None)
    assert card.share == ("1", "2")
    off = card.without("1")
    assert off.share == ("2",)
    assert off.with_line("1") == card
    parcel = view.parcel(off)
    assert "✗ Iemand dreigt" in parcel.text
    assert [row[0].data for row in parcel.rows[:2]] == [f"k:{'f' * 32}:1", f"x:{'f' * 32}:2"]
    assert all(len((button.data or "").encode()) <= 64 for row in parcel.rows for button in row)
    assert CardState.of(card.handoff_id, off.body()) == off


def test_what_was_taken_off_stays_so_when_the_card_is_shown_again(texts: TelegramTexts) -> None:
    view = CardView(texts)
    before, _ = view.state(SHOWN, Language.NL, None).without("1").with_more(" ik ben thuis ")
    again = view.state(SHOWN, Language.NL, before)
    assert (again.share, again.note) == (("2",), "ik ben thuis")
    assert view.state(CardShown("e" * 32, SHOWN.lines, True, None, ""), Language.NL, before).share == ("1", "2")


def test_the_longest_card_fits(texts: TelegramTexts) -> None:
    lines = tuple((str(number), f"Ik schreef: “{'😀 woord ' * 40}”") for number in range(1, 11))
    card, rest = CardView(texts).state(CardShown("f" * 32, lines, True, None, "w" * 300), Language.FR, None).with_more("n" * 5000)
    assert len(rest) == 4000
    assert units(CardView(texts).parcel(card).text) <= LONGEST
    assert "✓" in CardView(texts).parcel(card).text


# ---- the words -----------------------------------------------------------------------------------------------------


def test_what_telegram_shows_of_the_bot_fits(texts: TelegramTexts) -> None:
    for language in Language:
        assert len(texts.text("description", language)) <= 512
        assert len(texts.text("short_description", language)) <= 120
        assert "https://chat.example.org/" in texts.text("honest", language)
    for code in (None, *Language):
        commands = texts.commands(code)
        assert len(commands) >= 6
        assert all(0 < len(what) <= 256 for _, what in commands)
    assert {name for name, _ in texts.commands(None)} == {"start", "sos", "wis", "efface", "stop", "taal", "langue", "mens", "humain"}
