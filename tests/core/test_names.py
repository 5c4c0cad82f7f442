"""Names are found whatever alphabet, accent or apostrophe they are written with."""

import pytest

from opensponsor.core.names import search_form

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
