"""A form with every kind of field."""

from django import forms

from opensponsor.web import formkit

ROUTES = (("WELSH", "Welsh Government super sponsor"), ("INDIVIDUAL", "Individual sponsor"), ("OTHER", "Another route"))
LANGUAGES = (("uk", "Ukrainian"), ("ru", "Russian"), ("en", "English"), ("cy", "Welsh"))


class Everything(forms.Form):
    """Text, numbers, dates, choices, files: each once."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Full name", max_length=100, error_messages={"required": "Enter the full name as in the passport"}
    )
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(
        label="Phone number",
        required=False,
        help_text="With the country code if it is not a UK number",
        widget=forms.TextInput({"type": "tel", "class": "govuk-input--width-20"}),
    )
    arrived_on = formkit.DateField(label="Arrival date", help_text="For example, 27 3 2026")
    left_on = formkit.DateField(label="Departure date", required=False)
    people = forms.IntegerField(
        label="Number of people", min_value=1, max_value=20, widget=forms.NumberInput({"class": "govuk-input--width-3"})
    )
    payment = formkit.PenceField(label="Monthly thank-you payment", required=False)
    route = forms.ChoiceField(
        label="Route",
        choices=ROUTES,
        widget=formkit.Radios(
            hints={"WELSH": "Visa letters that name the Welsh Government"}, reveals={"OTHER": "other_route"}
        ),
    )
    other_route = forms.CharField(label="Which route", required=False)
    has_pets = formkit.YesNoField(label="Are there pets in the home?")
    languages = forms.MultipleChoiceField(
        label="Languages spoken", choices=LANGUAGES, required=False, widget=formkit.Checkboxes
    )
    area = forms.ChoiceField(
        label="Area", choices=(("", "Choose an area"), ("W06000015", "Cardiff"), ("W06000022", "Newport"))
    )
    notes = forms.CharField(label="Note", max_length=500, required=False, widget=forms.Textarea({"rows": 4}))
    password = forms.CharField(
        label="Password", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    letter = forms.FileField(label="Letter", required=False)
    is_confirmed = forms.BooleanField(label="I have checked these details with the household")


class Question(forms.Form):
    """A page of one question."""

    has_pets = formkit.YesNoField(label="Are there pets in the home?", help_text="Guests may be allergic")


class Filters(forms.Form):
    """The filters of a list."""

    name = forms.CharField(label="Name begins with", required=False)
    area = forms.ChoiceField(label="Area", required=False, choices=(("", "Any"), ("W06000015", "Cardiff")))
    status = forms.ChoiceField(
        label="Status", required=False, choices=(("", "Any"), ("OPEN", "Open"), ("CLOSED", "Closed"))
    )
    arrived_on = formkit.DateField(label="Arrived after", required=False)


class Note(forms.Form):
    """The form for a note on a record."""

    text = forms.CharField(label="Note", max_length=4000, widget=forms.Textarea({"rows": 4}))


FILLED = {"version": 3, "name": "Olena Kovalenko", "route": "WELSH", "payment": 50000}
WRONG = {
    "version": "3",
    "name": "",
    "email": "olena",
    "arrived_on_day": "31",
    "arrived_on_month": "2",
    "arrived_on_year": "2026",
    "left_on_day": "3",
    "left_on_month": "4",
    "people": "30",
    "payment": "many",
    "notes": "x" * 501,
}
