"""Masking rule by rule: what each kind must and must not take, helplines stay, tricks do not help, and it fails closed."""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from masking_stand_ins import Quiet, masker_of_rules, real_masker
from safety_samples import SAFETY

from kernel.language import Language
from safety.datafile import DataError, read_section
from safety.directory import Directory
from safety.masking import MASKED, MAX_CHARS, Masker, main
from safety.masking_engines import Engine
from safety.masking_text import Span, clean, merged, replaced
from safety.masking_words import NameWords

NL, FR = Language.NL, Language.FR


class _Broken:
    def find(self, text: str) -> Iterator[Span]:
        raise RuntimeError(text)


@pytest.fixture(scope="module")
def masker() -> Masker:
    """With the real engines."""
    return real_masker()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel 0470/12.34.56", "bel [phone]"),
        ("bel +32 (0)470 12 34 56 aub", "bel [phone] aub"),
        ("0470\u200b12\u200b34\u200b56", "[phone]"),
        ("０４７０ １２ ３４ ５６", "[phone]"),
        ("0️⃣4️⃣7️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣", "[phone]"),
        ("02 123 45 67 en 0470123456", "[phone] en [phone]"),
        ("geboren op 01/02/2010, 15 jaar", "geboren op 01/02/2010, 15 jaar"),
        ("500 euro voor 12/05/2024 om 15u30", "500 euro voor 12/05/2024 om 15u30"),
        ("08.04.12-638.03", "[national_number]"),
        ("32471234567", "[phone]"),
        ("be68 5390 0754 7034", "[account]"),
        ("1234-5678", "1234-5678"),
        ("lotte at gmail punt com", "[email]"),
        ("ik was at home", "ik was at home"),
        ("mijn snap is lotje_x09", "mijn snap is [handle]"),
        ("mijn snap is gehackt", "mijn snap is gehackt"),
        ("ik woon in de Kerkstraat 12, 9000 Gent", "ik woon in de [address]"),
        ("op straat 3 nachten", "op straat 3 nachten"),
        ("lotteke en jonasss", "[name] en [name]"),
        ("enzo en zo", "enzo en zo"),
        ("ik ben fyorella en ik zwijg", "ik ben [name] en ik zwijg"),
        ("ik ben bang en ik zwijg", "ik ben bang en ik zwijg"),
        ("ik ben gechanteerd en ik zwijg", "ik ben gechanteerd en ik zwijg"),
    ],
)
def test_dutch_rules(rules: Masker, text: str, expected: str) -> None:
    assert rules.mask(text, NL) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("j'habite 45 avenue Louise, 1050 Ixelles", "j'habite [address]"),
        ("dans la rue depuis 3 nuits", "dans la rue depuis 3 nuits"),
        ("je suis à l'Athénée Royal de Namur", "je suis à [school]"),
        ("une école de Nivelles", "une école de Nivelles"),
        ("mon mail: ines arobase gmail point com", "mon mail: [email]"),
        ("c'est xochitl qui a tout dit", "c'est [name] qui a tout dit"),
        ("c'est lui qui a tout dit", "c'est lui qui a tout dit"),
        ("je suis fyorella et j'ose pas", "je suis [name] et j'ose pas"),
        ("je suis dégoûté et j'ose pas", "je suis dégoûté et j'ose pas"),
        ("je suis toute perdue et j'ose pas", "je suis toute perdue et j'ose pas"),
        ("enzo m'a frappée", "[name] m'a frappée"),
        ("il m'appelle bébé", "il m'appelle bébé"),
        ("ma soeur jumelle est partie", "ma soeur jumelle est partie"),
        ("le lien que je dois ouvrir", "le lien que je dois ouvrir"),
        ("elle va péter un câble et jose pas", "elle va péter un câble et jose pas"),
    ],
)
def test_french_rules(rules: Masker, text: str, expected: str) -> None:
    assert rules.mask(text, FR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in sint-jozef pesten ze mij", "in [school] pesten ze mij"),
        ("à st louis namur on m'attend", "à [school] on m'attend"),
        ("mijn school is ka merksem", "mijn school is [school]"),
        ("à l'ar gatti de gamond ya un gars", "à l'[school] ya un gars"),
        ("geschorst op het koninklijk atheneum klein brabant voor iets", "geschorst op het [school] voor iets"),
        ("toutes les filles de notre-dame de la paix", "toutes les filles de [school]"),
        ("notre dame de la paix c'est mon école", "[school] c'est mon école"),
        ("onze-lieve-vrouw waver is ver", "[school] is ver"),
        ("examen à l'athénée provincial de la louvière et j'ose pas", "examen à l'[school] et j'ose pas"),
        ("mon école s'appelle les tilleuls et jai peur", "mon école s'appelle [school] et jai peur"),
        ("sinterklaas komt, de sint heeft cadeaus", "sinterklaas komt, de sint heeft cadeaus"),
        ("pour la saint-valentin ou la saint-jean", "pour la saint-valentin ou la saint-jean"),
        ("les cadeaux de saint nicolas", "les cadeaux de saint nicolas"),
        ("notre dame de cantine", "notre dame de cantine"),
        ("ka ni slapen op het atheneum want ze pesten", "ka ni slapen op het atheneum want ze pesten"),
        ("aux urgences de saint-pierre", "aux urgences de saint-pierre"),
        ("au lycée jdeteste tout", "au lycée jdeteste tout"),
    ],
)
def test_schools_in_small_letters(rules: Masker, text: str, expected: str) -> None:
    assert rules.mask(text, NL) == expected
    assert rules.mask(text, FR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ig milo.dhx snap milodh.11", "ig [handle] snap [handle]"),
        ("dc: pixelboi", "dc: [handle]"),
        ("roblox naam xXFienGamerXx", "roblox naam [handle]"),
        ("op discord noemt hij zich n1ghtrider.77, denk ik", "op discord noemt hij zich [handle], denk ik"),
        ("il se fait appeler lina.bxl", "il se fait appeler [handle]"),
        ("tt lisa.danst", "tt [handle]"),
        ("snap nicolas.x", "snap [handle]"),
        ("op snap.hij zei iets.ik weet niks", "op snap.hij zei iets.ik weet niks"),
        ("op snap werd ze geblokkeerd.ik niet", "op snap werd ze geblokkeerd.ik niet"),
        ("op insta a.u.b. met foto1 en iPhone", "op insta a.u.b. met foto1 en iPhone"),
        ("tiktok.com en www.childfocus.be", "tiktok.com en www.childfocus.be"),
        ("jme sens seule, tt le monde sait", "jme sens seule, tt le monde sait"),
        ("zonder app is xqz.bxl niets", "zonder app is xqz.bxl niets"),
    ],
)
def test_handles_by_their_shape(rules: Masker, text: str, expected: str) -> None:
    assert rules.mask(text, NL) == expected
    assert rules.mask(text, FR) == expected


@pytest.mark.parametrize("language", list(Language))
def test_no_helpline_number_is_masked(masker: Masker, directory: Directory, language: Language) -> None:
    services = read_section(SAFETY / "helplines.yml", "helplines")
    numbers = {str(service["facts"]["phone"]["value"]) for service in services.values() if "phone" in service["facts"]}
    numbers |= {"112", "101", "102", "103", "106", "107", "1813", "1712", "116000", "116 000", "0800/200 50", "080020050", "+32 800 200 50"}
    assert len(numbers) > 10
    assert len(directory.ids) >= 10
    for number in sorted(numbers):
        for text in (f"bel {number}", f"tu peux appeler le {number}, c'est gratuit"):
            assert masker.mask(text, language) == text


@pytest.mark.parametrize("language", list(Language))
def test_a_phone_beside_a_helpline_is_masked(masker: Masker, language: Language) -> None:
    assert masker.mask("0800 200 50 / 116000 / 0470 12 34 56", language) == "0800 200 50 / 116000 / [phone]"


@pytest.mark.parametrize("engines", [{}, {NL: Quiet()}, {FR: Quiet()}, {NL: _Broken(), FR: _Broken()}])
def test_it_fails_closed(engines: dict[Language, Engine], caplog: pytest.LogCaptureFixture) -> None:
    masker = Masker(engines=engines)
    with caplog.at_level(logging.DEBUG):
        assert masker.mask("hallo lotte", NL) == MASKED
    assert "lotte" not in caplog.text


def test_a_text_that_is_too_long_is_masked_whole(rules: Masker) -> None:
    assert rules.mask("a" * (MAX_CHARS + 1), NL) == MASKED
    assert rules.mask("a" * MAX_CHARS, NL) == "a" * MAX_CHARS


@pytest.mark.parametrize("content", ["names: {}\n", "names:\n  first: [\n", "other: {}\n"])
def test_malformed_words_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "names.yml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        NameWords.load(tmp_path / "names.yml")


def test_the_engines_leave_the_log_alone(masker: Masker) -> None:
    """deduce turns the root logger to DEBUG on standard output when it is imported; loading undoes that."""
    assert masker.mask("hallo", NL) == "hallo"
    root = logging.getLogger()
    assert root.level > logging.DEBUG
    assert not any(type(handler) is logging.StreamHandler for handler in root.handlers)


def test_emoji_and_punctuation_stay(rules: Masker) -> None:
    text = "🤷‍♀️ ❤️ 👨‍👩‍👧 … « ça » 👍🏽"
    assert rules.mask(text, FR) == text


def test_overlapping_spans_leave_nothing() -> None:
    spans = [Span(4, 10, "name"), Span(6, 14, "account"), Span(13, 15, "phone")]
    assert merged(spans) == [Span(4, 15, "account")]
    assert replaced("abc 01234567890 x", spans) == "abc [account] x"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(list(Language)))
def test_any_text_gives_an_answer_without_invisible_signs(text: str, language: Language) -> None:
    once = _RULES.mask(text, language)
    assert once != MASKED or text == MASKED  # somebody may type that very word
    assert not any(unicodedata.category(char) == "Cf" and char != "\u200d" for char in once)
    assert _RULES.mask(once, language) == _RULES.mask(clean(once), language)


_RULES = masker_of_rules()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["", "hallo ", "ok, ", "x\n", "👍 "]),
    st.sampled_from(["0470123456", "lotte@gmail.com", "BE69 3634 1784 1078", "08.04.12-638.03", "@lotje.x"]),
    st.sampled_from(["", " aub", ", merci", ".", "!", "\n", " 🙏"]),
    st.sampled_from(list(Language)),
)
def test_what_stands_around_does_not_matter(before: str, secret: str, after: str, language: Language) -> None:
    masked = _RULES.mask(before + secret + after, language)
    assert secret not in masked
    assert masked.startswith(before)
    assert masked.endswith(after)
    assert _RULES.mask(masked, language) == masked


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "0 ",
        "a at ",
        "a.",
        "@",
        "rue de la ",
        "Rue Aa ",
        "snap is ",
        "ik heet Jan ",
        "Sint-A ",
        "woon in de ",
        "NL91ABNA",
        "+",
        "van de ",
        "GO! ",
        "koninklijk ",
        "sint-jan de la ",
        "atheneum klein ",
        "snap a.b_",
        "Aa-",
        "roos en brekko, ",
        "moi et zorayo ",
        "c'est qzwxplatoru ",
        "jean marie ",
    ],
)
def test_hostile_texts_take_no_more_than_seconds(rules: Masker, piece: str) -> None:
    text = (piece * MAX_CHARS)[:MAX_CHARS]
    started = time.perf_counter()
    assert rules.mask(text, FR) != MASKED
    assert time.perf_counter() - started < 10


def test_a_wrong_call_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--what"]) == 2
    assert "--prepare | --report" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (NL, "roos peeters heeft mij geslagen", "[name] heeft mij geslagen"),
        (FR, "rose dubois m'a tapé", "[name] m'a tapé"),
        (NL, "meneer joppens raakt mij aan", "meneer [name] raakt mij aan"),
        (NL, "ik heet alexa peeters en ik ben 16", "ik heet [name] en ik ben 16"),
        (FR, "mon mail c'est chloe.dubois arobaz hotmail.com", "mon mail c'est [email]"),
        (NL, "mijn mail: jonaspauwels a gmail punt com", "mijn mail: [email]"),
        (NL, "mail mij op jonaspauwels hotmail com", "mail mij [email]"),
        (NL, "mijn nummer is 04,70,12,34,56", "mijn nummer is [phone]"),
        (NL, "mijn nummer is 04:70:12:34:56", "mijn nummer is [phone]"),
        (FR, "mon num 04*70*12*34*56", "mon num [phone]"),
        (NL, "ik zit op githo nijlen", "ik zit op [school]"),
    ],
)
def test_spellings_that_got_through_once(rules: Masker, language: Language, text: str, expected: str) -> None:
    assert rules.mask(text, language) == expected


@pytest.mark.parametrize("text", ["drie van de vier, op 3 na", "score was 3-1, 2-0", "kies 1 of 2", "is het 116000 of 102"])
def test_numbers_that_are_no_phone_stay(rules: Masker, text: str) -> None:
    assert rules.mask(text, NL) == text
