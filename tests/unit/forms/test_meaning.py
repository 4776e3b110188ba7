"""What fields mean, in the languages of our users."""

import pytest

from probes.forms.form import Field, Form, Meaning, Option
from probes.forms.meaning import meaning
from probes.forms.page import read_page
from tests.unit.forms.pages import (
    BUILDER,
    CLASSIC,
    DECOY,
    FRAMEWORK,
    LANGUAGES,
    TABLE,
    VALIDATED,
)


def form(html: str) -> Form:
    url = "https://shop.example/"
    return read_page(html.encode(), url=url, content_type="charset=utf-8").forms[0]


def meant(html: str) -> dict[str, str]:
    unspoken = (Meaning.HIDDEN, Meaning.SUBMIT)
    fields = (f for f in form(html).fields if f.means not in unspoken)
    return {field.name: field.means.value for field in fields}


def text(label: str, kind: str = "text") -> Field:
    return Field(name="field_7", kind=kind, label=label)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_usual_fields_are_understood_in_every_language(language):
    means = [meaning(text(label)) for label in LANGUAGES[language]]

    assert means == [
        Meaning.NAME,
        Meaning.EMAIL,
        Meaning.PHONE,
        Meaning.SUBJECT,
        Meaning.MESSAGE,
    ]


@pytest.mark.parametrize(
    ("label", "means"),
    [
        ("Company name", Meaning.COMPANY),
        ("Subject of your message", Meaning.SUBJECT),
        ("Vorname*", Meaning.FIRST_NAME),
        ("Nazwisko", Meaning.LAST_NAME),
        ("Prénom et nom", Meaning.NAME),
        ("Nombre y apellidos", Meaning.NAME),
        ("User name", Meaning.OTHER),
        ("PLZ", Meaning.POSTCODE),
        ("Código postal", Meaning.POSTCODE),
        ("Straße und Hausnummer", Meaning.ADDRESS),
        ("Città", Meaning.CITY),
        ("Kraj", Meaning.COUNTRY),
        ("Strona www", Meaning.URL),
        ("Wunschtermin", Meaning.DATE),
        ("Aantal", Meaning.NUMBER),
        ("Nombre de personnes", Meaning.NUMBER),
        ("3 + 4 = ?", Meaning.CAPTCHA),
        ("Sicherheitsfrage", Meaning.CAPTCHA),
        ("How did you find us?", Meaning.OTHER),
    ],
)
def test_a_text_field_means_what_its_label_says(label, means):
    assert meaning(text(label)) is means


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("yourEmail", Meaning.EMAIL),
        ("names[first_name]", Meaning.FIRST_NAME),
        ("data[Contact][message]", Meaning.MESSAGE),
        ("email[0]", Meaning.EMAIL),
        ("lname", Meaning.LAST_NAME),
        ("zip-code", Meaning.POSTCODE),
    ],
)
def test_where_there_is_no_label_the_name_tells(name, means):
    assert meaning(Field(name=name, kind="text")) is means


def test_autocomplete_tells_before_all_words():
    field = Field(
        name="x", kind="text", label="Name", hints={"autocomplete": "section-a tel"}
    )

    assert meaning(field) is Meaning.PHONE


@pytest.mark.parametrize(
    ("kind", "label", "means"),
    [
        ("tel", "Your number", Meaning.PHONE),
        ("number", "Phone", Meaning.PHONE),
        ("number", "How many", Meaning.NUMBER),
        ("textarea", "Anything else", Meaning.MESSAGE),
        ("textarea", "Postal address", Meaning.ADDRESS),
        ("select", "Country", Meaning.COUNTRY),
        ("select", "How you found us", Meaning.CHOICE),
        ("hidden", "email", Meaning.HIDDEN),
        ("file", "Message", Meaning.FILE),
        ("password", "Name", Meaning.OTHER),
    ],
)
def test_a_kind_limits_what_words_can_make_of_it(kind, label, means):
    assert meaning(text(label, kind)) is means


@pytest.mark.parametrize(
    ("label", "means"),
    [
        ("I accept the privacy policy", Meaning.CONSENT),
        ("Ich stimme der Datenschutzerklärung zu", Meaning.CONSENT),
        ("J'accepte les conditions générales", Meaning.CONSENT),
        ("Acepto la política de privacidad", Meaning.CONSENT),
        ("Acconsento al trattamento dei dati personali", Meaning.CONSENT),
        ("Ik ga akkoord met de voorwaarden", Meaning.CONSENT),
        ("Wyrażam zgodę na przetwarzanie danych osobowych", Meaning.CONSENT),
        ("Concordo com a política de privacidade", Meaning.CONSENT),
        ("I agree to receive your newsletter", Meaning.CHOICE),
        ("Gift wrap", Meaning.CHOICE),
    ],
)
def test_a_consent_is_told_from_an_order_of_advertising(label, means):
    options = [Option(value="1", label=label)]

    assert (
        meaning(Field(name="box", kind="checkbox", label=label, options=options))
        is means
    )


@pytest.mark.parametrize(
    "field",
    [
        Field(name="website", kind="url", visible=False),
        Field(name="comment", kind="textarea", visible=False),
        *(
            Field(name=name, kind="text", label="Website")
            for name in (
                *("url2", "website_hp", "hp_email", "my-honeypot", "_gotcha"),
                *("bot-field", "wpforms[hp]", "form_fields[hp]", "_kb_verify_email"),
                *("item_5__fluent_sf", "_wpcf7_ak_hp_textarea", "honeypot-77"),
            )
        ),
        *(
            Field(name="x", kind="text", label=label)
            for label in (
                "Please leave this field empty.",
                "If you are human, leave this field blank.",
                "Bitte dieses Feld leer lassen",
                "Laissez ce champ vide",
                "Deje este campo vacío",
                "Lasciare vuoto",
                "Laat dit veld leeg",
                "Pozostaw to pole puste",
                "Deixe este campo em branco",
            )
        ),
    ],
    ids=lambda field: f"{field.name} {field.label}",
)
def test_a_trap_is_known(field):
    assert meaning(field) is Meaning.HONEYPOT


@pytest.mark.parametrize("label", ["Philip", "Shipping", "Photo", "Trapani", "Human"])
def test_no_trap_is_seen_where_there_is_none(label):
    field = Field(name=label.lower(), kind="text", label=label)

    assert meaning(field) is not Meaning.HONEYPOT


def test_a_hidden_choice_is_no_trap_for_its_looks_are_drawn_by_others():
    assert meaning(Field(name="a", kind="radio", visible=False)) is Meaning.CHOICE


@pytest.mark.parametrize(
    ("html", "means"),
    [
        (
            CLASSIC,
            {
                "your-name": "name",
                "your-email": "email",
                "menu-what": "choice",
                "your-message": "message",
                "sclpzxywbxqc": "honeypot",
                "privacy": "consent",
                "_ak_hp_textarea": "honeypot",
            },
        ),
        (
            DECOY,
            {
                "wpforms[fields][4]": "honeypot",
                "wpforms[fields][1][first]": "first_name",
                "wpforms[fields][1][last]": "last_name",
                "wpforms[fields][2]": "email",
                "wpforms[fields][3]": "message",
            },
        ),
        (
            BUILDER,
            {
                "form_fields[name]": "name",
                "form_fields[email]": "email",
                "form_fields[tel]": "phone",
                "form_fields[message]": "message",
                "form_fields[field_9]": "honeypot",
            },
        ),
        (
            VALIDATED,
            {
                "input_5": "honeypot",
                "input_1.3": "first_name",
                "input_1.6": "last_name",
                "input_2": "email",
                "input_3": "phone",
                "input_4": "message",
            },
        ),
        (FRAMEWORK, {"name": "name", "mail": "email", "text": "message"}),
        (TABLE, {"realname": "name", "from": "email", "comments": "message"}),
    ],
    ids=["classic", "decoy", "builder", "validated", "framework", "table"],
)
def test_every_field_of_a_known_system_is_understood(html, means):
    assert meant(html) == means


def test_a_name_beside_a_first_name_is_the_last_name():
    html = "<form><label>Nom<input name=a></label><label>Prénom<input name=b></label>"

    assert meant(html) == {"a": "last_name", "b": "first_name"}


def test_a_name_beside_a_last_name_is_the_first_name():
    html = "<form><label>Nome<input name=a></label><label>Cognome<input name=b></label>"

    assert meant(html) == {"a": "first_name", "b": "last_name"}
