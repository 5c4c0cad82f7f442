"""A given name has other forms than its spellings."""

import re

import pytest

from opensponsor.core.given_names import all_forms
from opensponsor.core.names import search_form, sounds

# In each line one name as it is written in Ukrainian, in Russian, and by others.
FORMS = """
Mykola Микола Mikola Nikolai Николай Nikolay Nicolai Nicholas
Kateryna Катерина Katerina Ekaterina Екатерина Yekaterina Catherine
Mykhailo Михайло Mykhaylo Mikhail Михаил Michael
Yevhen Євген Evgen Evgeny Евгений Yevgeniy Eugene
Yevheniia Євгенія Evgenia Евгения Eugenia
Andrii Андрій Andriy Andrey Андрей Andrei Andrew
Yelyzaveta Єлизавета Elizaveta Елизавета Elizabeth
Kostiantyn Костянтин Kostyantyn Konstantin Константин Constantine
Mykyta Микита Nikita Никита
Pylyp Пилип Filipp Филипп Philip
Khrystyna Христина Kristina Кристина Christina
Hanna Ганна Ganna Anna Анна
Nadiia Надія Nadiya Nadezhda Надежда
Khoma Хома Foma Фома Thomas
Stepan Степан Stefan Stephen
Osyp Осип Yosyp Йосип Iosif Иосиф Joseph
Hnat Гнат Ignat Игнат Ihnat
Opanas Опанас Afanasy Афанасий
Yukhym Юхим Efim Yefim
Anzhela Анжела Angela
Anzhelika Анжеліка Angelica
"""
NAMES = [line.split() for line in FORMS.strip().split("\n")]
# They are spelled in as many ways, and every spelling of a line sounds the same.
ALIKE = """
Oleksandr Aleksandr Alexander / Olena Elena / Dmytro Dmitry / Serhii Sergey / Volodymyr Vladimir / Oleksii Aleksey
Nataliia Natalia / Tetiana Tatiana / Kseniia Xenia / Danylo Daniil / Illia Ilya / Ihor Igor / Oleh Oleg / Pavlo Pavel
Petro Piotr / Hryhorii Grigory / Yurii Yuri / Vasyl Vasily / Yakiv Yakov / Fedir Fyodor / Zhanna Janna / Heorhii George
"""
SAME_SOUND = [names.split() for line in ALIKE.strip().split("\n") for names in line.split(" / ")]


@pytest.mark.rule("SRCH-001")
@pytest.mark.parametrize("names", NAMES, ids=lambda names: names[0])
def test_each_form_of_a_name_has_all_the_others(names: list[str]) -> None:
    for typed in map(search_form, names):
        for written in map(search_form, names):
            assert re.fullmatch(all_forms(typed), written), (typed, written)


@pytest.mark.parametrize("names", NAMES, ids=lambda names: names[0])
def test_no_form_is_one_of_another_name(names: list[str]) -> None:
    others = {search_form(name) for line in NAMES if line is not names for name in line}
    assert not [name for name in others if re.fullmatch(all_forms(search_form(names[0])), name)]


@pytest.mark.parametrize("names", SAME_SOUND, ids=lambda names: names[0])
def test_a_name_that_sounds_alike_in_all_its_forms_needs_no_line(names: list[str]) -> None:
    official, *others = (sounds(search_form(name)) for name in names)
    assert all(official[0] in heard for heard in others)
    assert [all_forms(search_form(name)) for name in names] == [""] * len(names)


@pytest.mark.parametrize(
    "word", ["", "koval", "nikolaienko", "oksana", "kseniia", "mariia", "annab", "ivanna", "stepanenko"]
)
def test_other_words_have_no_other_form(word: str) -> None:
    assert all_forms(word) == ""
