"""Names are found whatever alphabet, accent or apostrophe they are written with."""

import re
import string

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensponsor.core.names import left_by_one_error, one_error_off, search_form, sound_form, sounds

# The examples of the resolution of the Cabinet of Ministers of Ukraine of 27 January 2010, No. 55, in small letters.
CABINET = """
Алушта alushta / Андрій andrii / Борщагівка borshchahivka / Борисенко borysenko / Вінниця vinnytsia
Володимир volodymyr / Гадяч hadiach / Богдан bohdan / Згурський zghurskyi / Ґалаґан galagan / Ґорґани gorgany
Донецьк donetsk / Дмитро dmytro / Рівне rivne / Олег oleh / Есмань esman / Єнакієве yenakiieve
Гаєвич haievych / Короп'є koropie / Житомир zhytomyr / Жанна zhanna / Жежелів zhezheliv
Закарпаття zakarpattia / Казимирчук kazymyrchuk / Медвин medvyn / Михайленко mykhailenko / Іванків ivankiv
Іващенко ivashchenko / Їжакевич yizhakevych / Кадиївка kadyivka / Мар'їне marine / Йосипівка yosypivka
Стрий stryi / Олексій oleksii / Київ kyiv / Коваленко kovalenko / Лебедин lebedyn / Леонід leonid
Миколаїв mykolaiv / Маринич marynych / Ніжин nizhyn / Наталія nataliia / Одеса odesa / Онищенко onyshchenko
Полтава poltava / Петро petro / Решетилівка reshetylivka / Рибчинський rybchynskyi / Суми sumy
Соломія solomiia / Тернопіль ternopil / Троць trots / Ужгород uzhhorod / Уляна uliana / Фастів fastiv
Філіпчук filipchuk / Харків kharkiv / Христина khrystyna / Біла Церква bila tserkva / Стеценко stetsenko
Чернівці chernivtsi / Шевченко shevchenko / Шостка shostka / Кишеньки kyshenky / Щербухи shcherbukhy
Гоща hoshcha / Гаращенко harashchenko / Юрій yurii / Корюківка koriukivka / Яготин yahotyn
Ярошенко yaroshenko / Костянтин kostiantyn / Знам'янка znamianka / Феодосія feodosiia
"""
EXAMPLES = [pair.strip() for line in CABINET.split("\n") for pair in line.split("/") if pair.strip()]


@pytest.mark.parametrize("example", EXAMPLES)
def test_ukrainian_is_written_as_the_passport_writes_it(example: str) -> None:
    words = example.split()
    cyrillic, latin = words[: len(words) // 2], words[len(words) // 2 :]
    assert search_form(*cyrillic) == " ".join(latin)


SAME = [
    ("Кова́ль Мар’яна", "koval mariana"),
    ("KOVAL MAR'IANA", "koval mariana"),
    ("Коваль Мар'яна", "koval mariana"),
    ("Коваль Марʼяна", "koval mariana"),
    ("Нечуй-Яворський", "nechui yavorskyi"),
    ("Nechui-Yavorskyi", "nechui yavorskyi"),
    ("O’Brien", "obrien"),
    ("Siân Llŷr", "sian llyr"),
    ("Łukasz Müller", "lukasz muller"),
    ("Straße", "strasse"),
    ("İbrahim", "ibrahim"),
    ("и\u0306осип", "yosyp"),
    ("Съедин Ёлкин", "sedyn iolkyn"),
    ("  many   spaces\t\n", "many spaces"),
    ("D. J. Smith, Jr.", "d j smith jr"),
    ("\x00", ""),
    ("", ""),
]


@pytest.mark.parametrize(("written", "found"), SAME)
def test_what_is_written_in_several_ways_is_one_text(written: str, found: str) -> None:
    assert search_form(written) == found


def test_a_text_that_was_made_comparable_stays_as_it_is() -> None:
    for example in EXAMPLES:
        once = search_form(example)
        assert search_form(once) == once


@pytest.mark.parametrize("code", range(128))
def test_a_text_in_plain_letters_is_found_as_within_any_other(code: int) -> None:
    """Which texts take the short way makes no difference."""
    text = f" A{chr(code)}Z{chr(code)}"
    assert f"{search_form(text)} e" == search_form(text, "é")


# Each line is one name in several spellings, as passports, officials and friends write it; no two lines sound alike.
SOUND_ALIKE = """
halyna galina ghalyna Галина
oleksandr aleksandr alexander Олександр
yuliia julia iuliia yulia Юлія
shcherbyna scherbina szczerbyna Щербина
serhii sergey sergei sergij Сергій
kovalchuk kovaltchuk kowalczuk Ковальчук
kutsenko kucenko kutsenco Куценко
yevheniia evgenia ievgeniia jewhenija Євгенія
khrystyna hristina Христина
zhanna zana Жанна
mariia maria marija Марія
viktoriia victoria wiktorija Вікторія
nataliia natalya nathalie Наталія
oleksii alexey aleksei Олексій
yakymenko iakimenko jakymenko Якименко
zghurskyi zgurskiy Згурський
philipp filip
hanna ganna Ганна
anna
nina
"""
SPELLINGS = [line.split() for line in SOUND_ALIKE.strip().split("\n")]


@pytest.mark.parametrize("names", SPELLINGS, ids=lambda names: names[0])
def test_spellings_of_one_name_sound_alike(names: list[str]) -> None:
    assert len({sound_form(search_form(name)) for name in names}) == 1


def test_other_names_sound_otherwise() -> None:
    sounds = [sound_form(names[0]) for names in SPELLINGS]
    assert len(set(sounds)) == len(sounds)


HEARD = [
    ("koval olena", " kvl aln "),
    ("shcherbyna", " srbn "),
    ("alexander", " alksndr "),
    ("anna nina", " an nn "),
    ("ia", " a "),
    ("wales", " vls "),
    ("", "  "),
    ("ابن", " ابن "),
]


@pytest.mark.parametrize(("name", "sound"), HEARD)
def test_how_a_name_sounds(name: str, sound: str) -> None:
    assert sound_form(name) == sound


TYPED = [
    ("koval", [" kvl "]),
    ("janna", [" an ", " zn "]),
    ("mychailo", [" mkl ", " mhl "]),
    ("jurchenko", [" arknk ", " zrknk ", " arhnk "]),
    ("maia", [" m "]),
    # No name is written so, but that of Mr Zhuk would sound like it.
    ("zzzqqq", []),
    ("zhk", []),
    ("zhuuuk", []),
    ("", []),
    ("ابن", []),
]


@pytest.mark.rule("SRCH-001")
@pytest.mark.parametrize(("word", "heard"), TYPED)
def test_what_is_typed_may_sound_like(word: str, heard: list[str]) -> None:
    assert list(sounds(word)) == heard


NAMES = st.lists(st.text(alphabet=string.ascii_lowercase + "7іß", min_size=1, max_size=12), max_size=5).map(" ".join)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(NAMES, min_size=100, max_size=100))
def test_postgresql_hears_the_same(db: None, names: list[str]) -> None:
    heard = [*names, *(name for line in SPELLINGS for name in line), *(name for name, _sound in HEARD)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT core_sound(name) FROM unnest(%s::text[]) WITH ORDINALITY AS n (name, i) ORDER BY i", [heard]
        )
        assert [sound for (sound,) in cursor.fetchall()] == [sound_form(name) for name in heard]


OFF = [
    ("olena", "olna", True),
    ("olena", "oleena", True),
    ("olena", "olwna", True),
    ("olena", "loena", True),
    ("olena", "lena", True),
    ("olena", "olenam", True),
    ("olena", "olnea", True),
    ("olena", "olan", False),
    ("olena", "ola", False),
    ("olena", "ole na", False),
    ("ivan", "ivam", True),
    ("koval", "kowalm", False),
]


@pytest.mark.parametrize(("name", "typed", "is_off"), OFF)
def test_one_typing_error(name: str, typed: str, is_off: bool) -> None:
    assert bool(re.fullmatch(one_error_off(typed), name)) == is_off


@pytest.mark.parametrize("word", ["", "ian", "o" * 21, "a.b*c", "x1234"])
def test_of_what_is_no_long_word_nothing_is_one_error_off(word: str) -> None:
    assert one_error_off(word) == ""


@given(
    word=st.text(alphabet="abcd", min_size=4, max_size=20), place=st.integers(0, 20), letter=st.sampled_from("abcdz")
)
def test_every_typing_error_is_known_and_leaves_letters_whole(word: str, place: int, letter: str) -> None:
    before, after = word[:place], word[place:]
    errors = {before + letter + after, before + after[1:], before + letter + after[1:]}
    errors.add(before + after[1:2] + after[:1] + after[2:])
    for name in errors:
        assert name == word or re.fullmatch(one_error_off(word), name)
        assert any(letters in name for letters in left_by_one_error(word))
