"""Forms say what is missing, in a sentence that names the field, and keep what was typed."""

import datetime
import re
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from opensponsor.web import formkit
from opensponsor.web.gallery.forms import WRONG, Everything


class Arrival(forms.Form):
    arrived_on = formkit.DateField(label="Arrival date")


class Payment(forms.Form):
    amount = formkit.PenceField(label="Amount", required=False)


class Pets(forms.Form):
    has_pets = formkit.YesNoField(label="Are there pets?", required=False)


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"arrived_on_day": day, "arrived_on_month": month, "arrived_on_year": year}


def render(source: str, **given: Any) -> str:
    return Template(source).render(Context(given))


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        (("7", "3", "2026"), datetime.date(2026, 3, 7)),
        (("07", "03", "2026"), datetime.date(2026, 3, 7)),
        ((" 7 ", "March", "2026"), datetime.date(2026, 3, 7)),
        (("29", "feb", "2028"), datetime.date(2028, 2, 29)),
        (("1", "Rhagfyr", "2026"), datetime.date(2026, 12, 1)),
    ],
)
def test_a_date_is_read_as_people_type_it(parts: tuple[str, str, str], date: datetime.date) -> None:
    form = Arrival(typed(*parts))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["arrived_on"] == date


@pytest.mark.parametrize(
    ("parts", "sentence", "target"),
    [
        (("", "", ""), "Enter the arrival date", "id_arrived_on_day"),
        (("7", "3", ""), "Arrival date must include a year", "id_arrived_on_year"),
        (("7", "", ""), "Arrival date must include a month", "id_arrived_on_month"),
        (("31", "2", "2026"), "Arrival date must be a real date", "id_arrived_on_day"),
        (("7", "13", "2026"), "Arrival date must be a real date", "id_arrived_on_day"),
        (("x", "3", "2026"), "Arrival date must be a real date", "id_arrived_on_day"),
        (("7", "3", "26"), "Arrival date: enter the year as 4 numbers", "id_arrived_on_year"),
        (("7", "3", "1026"), "Enter a date in 1900 or later", "id_arrived_on_year"),
        (("²", "3", "2026"), "Arrival date must be a real date", "id_arrived_on_day"),
    ],
)
def test_a_wrong_date_says_which_part(parts: tuple[str, str, str], sentence: str, target: str) -> None:
    form = Arrival(typed(*parts))
    assert form.errors["arrived_on"] == [sentence]
    assert f'<a href="#{target}">{sentence}</a>' in render("{% error_summary form %}", form=form)
    html = str(form)
    assert f'id="{target}"' in html
    for part in parts:
        assert not part.strip() or f'value="{part.strip()}"' in html


def test_a_date_may_come_as_one_value_from_a_draft() -> None:
    form = Arrival({"arrived_on": "2026-03-07"})
    assert form.is_valid()
    html = str(form)
    assert 'value="7"' in html
    assert 'value="2026"' in html


def test_an_unchanged_date_is_not_a_change() -> None:
    initial = {"arrived_on": datetime.date(2026, 3, 7)}
    assert not Arrival(typed("7", "3", "2026"), initial=initial).has_changed()
    assert Arrival(typed("8", "3", "2026"), initial=initial).has_changed()


@pytest.mark.parametrize(
    ("text", "pence"),
    [("350", 35000), ("350.5", 35050), ("£1,250.00", 125000), ("0", 0), ("", None), (" 12.34 ", 1234)],
)
def test_pounds_become_pence(text: str, pence: int | None) -> None:
    form = Payment({"amount": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == pence


@pytest.mark.parametrize("text", ["many", "1.234", "-1", "NaN", "Infinity", "1e12", "1e99999999", "12345678", "٣"])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    assert not Payment({"amount": text}).is_valid()


def test_pence_are_shown_as_pounds() -> None:
    assert 'value="500.05"' in str(Payment(initial={"amount": 50005}))


@pytest.mark.parametrize(("answer", "value"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no(answer: str, value: bool | None) -> None:
    form = Pets({"has_pets": answer})
    assert form.is_valid()
    assert form.cleaned_data["has_pets"] is value


@pytest.mark.parametrize(("value", "chosen"), [(True, "yes"), (False, "no"), (None, None)])
def test_a_stored_answer_is_shown(value: bool | None, chosen: str | None) -> None:
    html = str(Pets(initial={"has_pets": value}))
    assert re.findall(r'value="(\w+)" checked', html) == ([chosen] if chosen else [])


@pytest.mark.rule("NAV-017")
def test_a_needed_field_is_marked_and_named_when_missing() -> None:
    html = str(Everything())
    assert html.count('<span class="os-required" aria-hidden="true">*</span>') == 1 + 7
    assert html.count("(required)") == 7
    assert "must be filled in" in html
    sentences = [message for messages in Everything({}).errors.values() for message in messages]
    assert "Enter the full name as in the passport" in sentences
    assert "Enter the arrival date" in sentences
    assert "Enter the number of people" in sentences
    assert "Choose the route" in sentences
    assert "Answer the question “Are there pets in the home?”" in sentences
    assert not [sentence for sentence in sentences if "field" in sentence]


def test_the_browser_is_not_asked_to_check() -> None:
    assert not re.search(r"<(input|select|textarea)[^>]*\srequired", str(Everything()))


def test_every_problem_links_to_a_control_of_the_page() -> None:
    form = Everything(WRONG)
    html = str(form)
    targets = re.findall(r'href="#([^"]+)"', render("{% error_summary form %}", form=form))
    assert len(targets) == len(form.errors)
    for target in targets:
        assert f'id="{target}"' in html


def test_an_error_is_tied_to_its_control() -> None:
    html = str(Everything(WRONG)["email"].as_field_group())
    assert 'aria-describedby="id_email-error"' in html
    assert "govuk-input--error" in html
    assert 'value="olena"' in html


def test_a_text_that_is_too_long_is_counted_and_kept() -> None:
    html = str(Everything(WRONG)["notes"].as_field_group())
    assert "x" * 501 in html
    assert " maxlength=" not in html
    assert 'data-maxlength="500"' in html


def test_a_revealed_field_stands_inside_its_choice_once() -> None:
    html = str(Everything())
    assert html.count('name="other_route"') == 1
    assert html.index('data-reveals="id_route_2-reveals"') < html.index('name="other_route"') < html.index("has_pets")


def test_what_is_typed_about_people_is_not_offered_to_the_next_user_of_the_browser() -> None:
    html = str(Everything())
    assert len(re.findall(r'<input[^>]*type="(?:text|email|tel)"', html)) == html.count('autocomplete="off"') - 1
    assert 'autocomplete="new-password"' in html


def test_the_sentence_of_the_form_wins() -> None:
    class Own(forms.Form):
        name = forms.CharField(
            label="Name", max_length=3, error_messages={"required": "Whose is it?", "max_length": "Too long."}
        )

    assert Own({}).errors["name"] == ["Whose is it?"]
    assert Own({"name": "four"}).errors["name"] == ["Too long."]


def test_a_label_with_a_percent_sign_is_only_a_label() -> None:
    class Share(forms.Form):
        share = forms.IntegerField(label="Share in %", max_value=100)

    assert Share({"share": "x"}).errors["share"] == ["Share in % must be a whole number, like 4"]
    assert Share({"share": "101"}).errors["share"] == ["Share in % must be 100 or less"]


def test_labels_and_help_are_escaped() -> None:
    class Hostile(forms.Form):
        name = forms.CharField(label="<script>alert(1)</script>", help_text="<b>x</b>")

    html = str(Hostile({}))
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.rule("NAV-018")
def test_a_form_asks_before_it_is_left_and_keeps_a_draft() -> None:
    html = render('{% standard_form form autosave_url="/drafts/1/" %}', form=Arrival())
    assert "data-leave-warning" in html
    assert 'data-autosave-url="/drafts/1/"' in html
    assert "data-autosave-status" in html
    assert "data-leave-warning" not in render("{% post_form warns=False %}x{% endpost_form %}")


def test_a_form_with_a_file_is_sent_as_one() -> None:
    assert 'enctype="multipart/form-data"' in render("{% standard_form form %}", form=Everything())


def test_a_form_set_shows_each_form_and_its_problems() -> None:
    formset = forms.formset_factory(Arrival, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-arrived_on": "2026-03-07"}
    )
    assert not formset.is_valid()
    html = render("{% error_summary formset %}{{ formset }}", formset=formset)
    assert 'href="#id_form-1-arrived_on_day"' in html
    assert html.count("govuk-date-input__item") == 6


def test_stock_fields_of_a_library_are_rendered_too() -> None:
    class Library(forms.Form):
        when = forms.DateTimeField(required=False)
        many = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
        link = forms.URLField(required=False, assume_scheme="https")
        agreed = forms.NullBooleanField(required=False)

    html = str(Library())
    assert html.count("govuk-form-group") == 4
    assert html.count('class="govuk-select"') == 2
