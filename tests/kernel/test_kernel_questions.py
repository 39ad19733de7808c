"""Which question on the way is answered where: the real data/questions/asked.yml, and what the reader refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kernel.language import Language
from kernel.question import WHAT_IS, QuestionsError
from kernel.questions import NO_QUESTION, Questions
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = Questions(read_section(ROOT / "data/questions/asked.yml", "questions"))


@pytest.mark.parametrize(
    ("label", "text", "path", "name"),
    [
        ("wait", "moeten we 24 uur wachten", "friend_missing", "wait"),
        ("wait", "moeten we 24 uur wachten", "cyberbullying", None),
        ("parents_angry", "gaan ze boos zijn", "sextortion", "parents_angry"),
        ("parents_angry", "gaan ze boos zijn", "unsafe_home", "parents_angry_home"),
        # who passed it on, who only saw it, and whose it is, are told other things
        ("my_fault", "ben ik ook fout", "i_shared_it", "my_fault_shared"),
        ("my_fault", "ben ik ook fout", "nude_spread", "my_fault_spread"),
        ("my_fault", "tis mijn eigen schuld", None, "my_fault"),
        ("where_report", "moet ik da melden", "nude_spread", "where_report_spread"),
        ("where_report", "moet ik da melden", "seen_csam", "where_report"),
        ("fake_account", "iemand doet zich voor als mij", "cyberbullying", "fake_account"),
        ("fake_account", "er is een memeaccount over mij", "cyberbullying", "meme_account"),
        ("fake_account", "ya un compte meme sur moi", "nude_spread", "meme_account"),
        ("fake_account", "un faux compte, même nom que moi", "cyberbullying", "fake_account"),
        ("punishable", "ben ik strafbaar", "i_shared_it", "punishable"),
        ("sells_own", "je vends mes photos", None, "sells_own"),
        ("sells_own", "jai vendu des photos d'une fille", None, None),
        ("watched", "mijn ex volgt mij met zijn gsm", None, "watched"),
        ("watched", "mijn ouders volgen mij met hun gsm", None, None),
        ("why_me", "pourquoi moi", "suicidal", None),
        ("cost", "c'est gratuit", None, "cost"),
        ("feeling", "ben zo moe", None, "feeling"),
        (WHAT_IS, "awel c'est quoi", None, "word_awel"),
        (WHAT_IS, "wat is 103", None, "word_ecoute_enfants"),
        (WHAT_IS, "c quoi un cpvs", None, "care_centre"),
        ("how_proof", "hoe bewaar ik bewijs", None, None),
        (WHAT_IS, "wat is Take-It-Down eigenlijk?", None, "word_takeitdown"),
        (WHAT_IS, "c'est quoi un proxénète", "teen_pimp", "word_teen_pimp"),
        (WHAT_IS, "wat is liefde", "grooming", None),
        (NO_QUESTION, "wat is grooming", "grooming", None),
        ("unheard_of", "wat is grooming", "grooming", None),
        ("scary_thoughts", "ik word bang van mijn gedachten", None, "scary_thoughts"),
        ("scary_thoughts", "ik word bang van mijn gedachten over mijn neefje", None, None),  # tells more than the question
        ("opens_up", "ik heb iets gedaan", None, "opens_up"),
        # out of a window, from the ground floor, out of a car
        ("jump", "moet ik uit het raam springen", "unsafe_home", "jump"),
        ("jump", "mag ik door het raam, tis gelijkvloers", "unsafe_home", "jump_low"),
        ("jump", "je saute par la fenetre, c'est le rez", "unsafe_home", "jump_low"),
        ("jump", "we staan stil voor rood licht moet ik eruit springen", "grooming", "jump_car"),
        ("jump", "je saute de la voiture ?", "grooming", "jump_car"),
        ("go_on", "kheb", None, "go_on"),  # never talk_on, which no example asks
        # who was told by the police to wait is not sent back there
        ("wait", "de politie zei dat we 24u moeten wachten", "friend_missing", "police_says_wait"),
        ("wait", "la police a dit d'attendre demain", "friend_missing", "police_says_wait"),
        ("wait", "moet ik wachten voor ik naar de politie ga", "friend_missing", "wait"),
        # Take It Down is for who is in the picture
        ("remove_picture", "mag ik da wissen", "seen_csam", "remove_picture_csam"),
        ("remove_picture", "hoe krijg ik da eraf", "nude_spread", "remove_picture"),
        # no plan about a picture of somebody else is praised
        ("plan_stop", "ik ga ze op insta zetten", "i_shared_it", "plan_stop_shared"),
        ("plan_stop", "jvais la balancer", "nude_spread", None),
        ("plan_stop", "ik ga mijn account op privé zetten", "nude_spread", "plan_stop"),
        ("revenge", "kga die posten", "i_shared_it", "plan_spread"),
        ("revenge", "ik sla hem kapot", "sextortion", "revenge"),
        ("angry_if_call", "ze heeft mij bedrogen", "i_shared_it", None),
        ("moment_ahead", "straks om 4u", "grooming", None),
        # the first to hear of it is not the one who does it
        ("call_them_first", "moet ik eerst de ouders bellen", "parent_or_adult_asks_for_child", "call_them_home"),
        ("call_them_first", "je dois d'abord appeler sa mère", "sexual_abuse", "call_them_home"),
        ("call_them_first", "moet ik eerst haar mama bellen", "suicidal", "call_them_first"),
        # whether it shows on this device, on a bill, and what 112 costs the blackmailed
        ("on_bill", "gaan ze zien da ik hier zat", "sextortion", "seen_here"),
        ("on_bill", "on verra que j'étais là", None, "seen_here"),
        ("on_bill", "staat da nummer op de rekening", None, "on_bill"),
        ("cost", "is bellen gratis", "sextortion", "cost"),
        ("cost", "moet ik dat betalen", "sextortion", "cost_pressed"),
        # who wants to stop may
        ("let_go", "laat maar", "sexual_abuse", "let_go"),
        ("let_go", "jveux plus en parler", "suicidal", "let_go_danger"),
        ("let_go", "laisse tomber", None, "let_go_first"),
        ("let_go", "laat maar, over een uur ben ik toch dood", "sexual_abuse", None),
        # who was hurt is no doer and not in love
        ("did_wrong", "jai vu le mec qui ma violé", None, None),
        ("did_wrong", "die gast die mij verkracht heeft staat in mijn klas", None, None),
        ("did_wrong", "jai insulté une fille", None, "did_wrong"),
        ("crush", "j'ai croisé mon violeur au magasin", None, None),
        ("crush", "kzag mijn verkrachter vandaag", None, None),
        ("crush", "le gars qui m'a souri en classe", None, "crush"),
        # behind a door themselves, or opening one to somebody
        ("break_door", "la porte est fermée", "sexual_abuse", "locked_in"),
        ("break_door", "de deur is op slot", "unsafe_home", "locked_in"),
        ("break_door", "jdefonce la porte ?", "unsafe_home", "break_door"),
        ("break_door", "moet ik de deur openbreken", "unsafe_home", "break_door"),
        ("break_door", "la porte est fermée", "suicidal", "break_door"),
        # after abuse the care centre is the doctor
        ("doctor", "faut que jaille a lhopital?", "sexual_abuse", "doctor_abuse"),
        ("doctor", "moet ik naar de dokter", "self_harm", "doctor"),
        ("will_die", "jveux pas mourir hein", "self_harm", None),
        ("will_die", "ik wil nie dood he", "self_harm", None),
        ("will_die", "elle va mourir ?", "self_harm", "will_die"),
        ("not_keep", "jveux pas le garder", None, "not_keep"),
        ("deleted", "jai deja effacé", "sextortion", "deleted"),
        ("deleted", "kheb het al gewist", "i_shared_it", "deleted_shared"),
        ("deleted", "kheb het al gewist", "seen_csam", "deleted_csam"),
        ("deleted", "kheb het al gewist", "parental_abduction", None),
        ("has_answered", "elle ma repondu", "friend_missing", "has_answered"),
        ("has_answered", "hij zei vaarwel in zijn bericht en is weg na mij", "friend_missing", None),
    ],
)
def test_a_question_is_answered_where_its_answer_fits(label: str, text: str, path: str | None, name: str | None) -> None:
    question = QUESTIONS.asked(label, text, path)
    assert (question.name if question else None) == name


@pytest.mark.parametrize(
    ("label", "path", "is_now", "of_body", "name"),
    [
        ("what_to_do", "suicidal", True, True, "what_to_do_body"),
        ("write_friend", "suicidal", False, False, "write_dying"),
        ("what_to_do", "suicidal", False, True, "what_to_do_body"),
        ("what_to_do", "suicidal", True, False, "what_to_do_now"),
        ("false_alarm", "suicidal", True, True, "false_alarm_body"),
        ("false_alarm", "suicidal", False, False, "false_alarm"),
        ("parents_told", "suicidal", False, True, "parents_told_body"),
        ("no_ambulance", "suicidal", True, True, "no_ambulance"),
    ],
)
def test_while_a_body_is_in_danger_the_answer_sends_nobody_away_and_lets_nobody_wait(
    label: str, path: str, is_now: bool, of_body: bool, name: str
) -> None:
    question = QUESTIONS.asked(label, "", path, in_danger=is_now, of_body=of_body)
    assert (question.name if question else None) == name


@pytest.mark.parametrize(
    ("label", "path", "is_now", "name"),
    [
        ("police_come", "unsafe_home", False, "police_come"),
        ("police_come", "unsafe_home", True, "police_come_now"),
        ("what_to_do", "unsafe_home", True, "what_to_do_now"),
        ("what_to_do", None, True, "what_to_do_now"),
        ("what_to_do", "unsafe_home", False, "what_to_do_home"),
        ("what_to_do", "parental_abduction", True, "what_to_do_taken_now"),
        ("what_to_do", "seen_csam", False, "what_to_do_seen"),
        ("what_to_do", "legal_question", False, "what_to_do"),
        ("what_to_do", None, False, "what_to_do"),
        ("no_credit", "unsafe_home", True, "no_credit_now"),
        ("no_credit", None, False, "no_credit"),
        ("police_come", "i_shared_it", False, "police_come_did"),  # not what 112 does
        ("police_come", None, False, "police_come"),
        ("afraid_police", None, False, "afraid_police_calm"),
        ("not_go_back", "cyberbullying", False, "not_go_back"),
        ("not_go_back", "unsafe_home", False, "not_go_back_home"),
        ("afraid_police", "sextortion", False, "afraid_police_calm"),
        ("afraid_police", "sextortion", True, "afraid_police"),
        ("afraid_police", "suicidal", False, "afraid_police"),
        ("call_112", None, True, "call_112"),
        ("call_112", None, False, "call_112"),
        ("jump", "unsafe_home", True, "jump"),
        ("jump", "suicidal", False, None),  # no question of how to get out
        ("my_fault", "other_wellbeing", False, "my_fault_home"),
        ("my_fault", "sextortion", False, "my_fault"),
        ("police_go", "cyberbullying", False, "police_go_bullied"),
        ("police_go", "sextortion", False, "police_go"),
        ("punishable", "nude_spread", False, "punishable"),
        ("punishable", "cyberbullying", False, "punishable_other"),
    ],
)
def test_where_a_danger_now_is_asked_about_the_answer_is_of_that_place(
    label: str, path: str | None, is_now: bool, name: str | None
) -> None:
    question = QUESTIONS.asked(label, "", path, in_danger=is_now)
    assert (question.name if question else None) == name


def test_what_to_say_means_112_where_a_danger_now_is_asked_about() -> None:
    odds = QUESTIONS.in_danger({"what_to_say": 0.3, "anonymous_call": 0.25, "call_112": 0.2, "jump": 0.25})
    assert odds == {"call_112": pytest.approx(0.75), "jump": 0.25}


@pytest.mark.parametrize(
    ("talk", "label", "name"),
    [
        ("pregnant", "cost", "pregnant_cost"),
        ("not_keep", "tell_them", "pregnant_parents"),
        ("app_rules", "saying_yes_ages", "app_rules"),
        ("phone_taken", "parents_read", "teacher_reads"),
        ("grief", "cost", "cost"),
        (None, "cost", "cost"),
    ],
)
def test_right_behind_what_stands_alone_a_question_is_about_it(talk: str | None, label: str, name: str) -> None:
    found = QUESTIONS.behind({label: 0.6, "none": 0.4}, talk)
    assert {one: sure for one, sure in found.items() if sure > 0.0} == {name: 0.6, "none": 0.4}


def test_on_a_path_only_what_is_answered_there_competes_and_most_asks_nothing() -> None:
    odds = {"will_he_do_it": 0.3, "must_report": 0.5, "none": 0.1, "meant_otherwise": 0.1}
    found = QUESTIONS.on_path(odds, "sextortion", 2.0)
    assert found == {"will_he_do_it": pytest.approx(0.5), "none": pytest.approx(1 / 3), "meant_otherwise": pytest.approx(1 / 6)}
    assert QUESTIONS.on_path({"must_report": 0.5}, "sextortion", 2.0) == {}


def test_nobody_beaten_at_home_is_told_to_talk_to_the_parents_first() -> None:
    for path in ("unsafe_home", "sexual_abuse", "runaway_now", "runaway_thinking", "parental_abduction"):
        question = QUESTIONS.asked("parents_angry", "", path)
        assert question is not None and question.reply == "utter_question_parents_angry_home"


def test_a_word_may_have_the_answer_of_a_question() -> None:
    asked, as_a_word = (QUESTIONS.asked(label, "wat is het zorgcentrum", "sexual_abuse") for label in ("care_centre", WHAT_IS))
    assert asked is not None and as_a_word is not None
    assert (asked.reply, asked.lines) == (as_a_word.reply, as_a_word.lines) == ("utter_question_care_centre", None)
    assert as_a_word.bare and QUESTIONS.all["care_centre"] == asked


def test_an_age_is_no_aside_where_it_was_asked_for() -> None:
    noted = QUESTIONS.asked("noted", "15", "legal_question")
    assert noted is not None
    assert noted.not_after == {"legal_question_age", "report_content_removal_age"}


def test_what_is_told_is_a_plain_answer_where_it_was_asked_for() -> None:
    knows, dares_not, stops = (QUESTIONS.all[name] for name in ("told_already", "no_courage", "plan_stop"))
    assert knows.says("sextortion_tell") == "affirm" and knows.says("sextortion_happened") is None
    assert dares_not.says("suicidal_call") == "deny" and dares_not.says("") is None
    assert stops.says("grooming_block") == "affirm" and stops.says("grooming_tell") is None
    # who called and got nobody dared to call; who heard of the police that they must wait has called them
    assert QUESTIONS.all["what_if_no_answer"].says("suicidal_call") == "deny"
    assert QUESTIONS.all["police_says_wait"].says("friend_missing_called") == "affirm"
    told = QUESTIONS.all["told_no_help"]  # somebody knows of it, and it did not help
    assert (told.says("cyberbullying_school"), told.says("sexual_abuse_tell"), told.says("nude_spread_tell")) == (
        "affirm",
        "affirm",
        "deny",
    )


def test_what_is_told_is_not_met_where_the_words_tell_more() -> None:
    def answer(label: str, text: str, path: str) -> str | None:
        question = QUESTIONS.asked(label, text, path)
        return question.name if question is not None else None

    assert answer("plan_tell", "kzeg het vanavond tegen mama", "nude_spread") == "plan_tell"
    assert answer("plan_tell", "ik schrijf het op, dan weten ze het na mij", "other_wellbeing") is None
    assert answer("blocked_already", "geblokkeerd maar nu staat hij voor mijn deur", "sextortion") is None
    assert answer("relief", "soulagée, ce soir ça se termine", "other_wellbeing") is None
    # at home it may be the wrong one who knows
    assert answer("told_already", "papa weet het al", "unsafe_home") == "told_already_home"
    assert answer("plan_tell", "jvais lui dire demain", "grooming") == "plan_tell_home"


def test_only_a_feeling_a_cry_and_what_a_word_means_are_bare() -> None:
    bare = {question.like for question in QUESTIONS.all.values() if question.bare}
    assert bare == {"feeling", "cry_help", "go_on", WHAT_IS}


def test_each_label_of_the_examples_is_answered_somewhere() -> None:
    paths = {path for question in QUESTIONS.all.values() for path in question.on}
    for label in QUESTIONS.labels - {NO_QUESTION, WHAT_IS}:
        assert any(QUESTIONS.asked(label, "", path) for path in paths), label


_BEGINS = {"nl": "wat, hoe", "fr": "quoi"}
_HOLDS = {"nl": "of niet", "fr": "ou pas"}


def _asked(**more: Any) -> dict[str, Any]:
    return {"asked": [{"name": "wait", **more}], "words": [{"name": "grooming", "said": "grooming"}], "begins": _BEGINS, "holds": _HOLDS}


def _word(**more: Any) -> dict[str, Any]:
    return {"asked": [{"name": "wait"}], "words": [{"name": "grooming", "said": "grooming", **more}], "begins": _BEGINS, "holds": _HOLDS}


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"asked": []}, "asked, words, begins, holds, told_unless and titles"),
        ({"asked": [], "words": [], "begins": {"nl": "wat"}, "holds": {}}, "begins: needs words"),
        (_asked(on="sextortion", not_on="grooming"), "either on or not_on"),
        (_asked(on="sextorsion"), "no need: sextorsion"),
        (_asked(need="sextorsion"), "no need: sextorsion"),
        (_asked(small="yes"), "are true or false"),
        (_asked(on="greeting"), "no need: greeting"),
        (_asked(anywhere="yes"), "true or false"),
        (_asked(bare="yes"), "true or false"),
        (_asked(over_talk="yes"), "true or false"),
        (_asked(unless={"nl": "kind"}), "unless needs nl and fr"),
        (_asked() | {"told_unless": {"nl": "mes"}}, "told_unless needs nl and fr"),
        (_asked(line="grooming"), "only"),
        (_word(answer="waiting"), "names a question that is asked"),
        (_word(answer="wait", lines="grooming"), "names a question that is asked"),
        (_asked(lines="childfocus"), "lines names no need"),
        ({"asked": [{"on": "grooming"}], "words": [], "begins": _BEGINS, "holds": _HOLDS}, "needs a name"),
        ({"asked": [{"name": "a"}, {"name": "a"}], "words": [], "begins": _BEGINS, "holds": _HOLDS}, "same name"),
        ({"asked": [{"name": "a"}], "words": [{"name": "b", "said": "c, "}], "begins": _BEGINS, "holds": _HOLDS}, "words between commas"),
    ],
)
def test_what_is_wrong_is_said(section: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionsError, match=said):
        Questions(section)


def test_the_likeliest_questions_that_have_a_title_may_be_meant() -> None:
    odds = {"cost": 0.3, NO_QUESTION: 0.25, "noted": 0.2, "police_come": 0.1, "my_fault": 0.08, "how_block": 0.05, "why_me": 0.01}
    found = QUESTIONS.may_be_meant(odds, "en dan", "sextortion")
    assert [question.name for question in found] == ["cost_pressed", "police_come", "my_fault"]
    assert [question.name for question in QUESTIONS.may_be_meant(odds, "en dan", None)] == ["cost", "police_come", "my_fault"]
    assert QUESTIONS.may_be_meant({"noted": 0.9}, "en dan", "sextortion") == ()
    titles = [QUESTIONS.title(question, Language.FR) for question in (*found, QUESTIONS.all["meant_others"])]
    assert titles == ["Appeler, c'est payant ?", "La police va venir ?", "C'est ma faute ?", "Autre chose"]
    with pytest.raises(KeyError):
        QUESTIONS.title(QUESTIONS.all["noted"], Language.NL)


def test_beside_a_path_only_what_is_answered_there_competes() -> None:
    odds = QUESTIONS.on_path({"cost": 0.2, "how_block": 0.6, NO_QUESTION: 0.2}, None, 1.0)
    assert odds == {"cost": pytest.approx(0.5), NO_QUESTION: pytest.approx(0.5)}


@pytest.mark.parametrize(
    "titles", [{"unheard_of": {"nl": "a", "fr": "b"}}, {"wait": {"nl": "a"}}, {"wait": {"nl": "a", "fr": ""}}, {"wait": "a"}]
)
def test_a_title_without_its_question_or_a_language_is_refused(titles: Any) -> None:
    section = {
        "asked": [{"name": "wait"}],
        "words": [],
        "begins": {"nl": "a", "fr": "b"},
        "holds": {"nl": "a", "fr": "b"},
        "titles": titles,
    }
    with pytest.raises(QuestionsError, match="titles"):
        Questions(section)
