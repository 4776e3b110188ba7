"""What was filled in is understood by type, label, name or shape, in that order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.stores.meaning import Filled, named, understood


def filled(*fields: tuple[str, str]) -> list[Filled]:
    return [Filled(name=name, value=value) for name, value in fields]


@pytest.mark.parametrize(
    ("name", "email", "phone", "subject", "message"),
    [
        ("your-name", "your-email", "tel-42", "your-subject", "your-message"),
        ("Ihr Name", "E-Mail", "Telefon", "Betreff", "Ihre Nachricht"),
        ("Nom", "Courriel", "Téléphone", "Sujet", "Votre demande"),
        ("Nombre", "Correo electrónico", "Móvil", "Asunto", "Mensaje"),
        ("Nome", "Indirizzo email", "Cellulare", "Oggetto", "Messaggio"),
        ("Naam", "E-mailadres", "Telefoonnummer", "Onderwerp", "Bericht"),
        ("Imię", "Adres e-mail", "Telefon", "Temat", "Wiadomość"),
        ("Nome", "E-mail", "Celular", "Assunto", "Mensagem"),
    ],
)
def test_fields_are_known_by_their_names_in_eight_languages(
    name: str, email: str, phone: str, subject: str, message: str
) -> None:
    values = {
        name: "Ann Lee",
        email: "ann@example.org",
        phone: "030 1234567",
        subject: "Bread",
        message: "Hello",
    }

    assert understood(filled(*values.items())) == {
        "name": "Ann Lee",
        "email": "ann@example.org",
        "phone": "030 1234567",
        "subject": "Bread",
        "message": "Hello",
    }


def test_a_name_in_two_fields_is_put_together() -> None:
    fields = filled(("last_name", "Lee"), ("first_name", "Ann"))
    assert understood(fields)["name"] == "Ann Lee"


@pytest.mark.parametrize(
    ("first", "last"),
    [("Prénom", "Nom"), ("Nome", "Cognome"), ("Nombre", "Apellidos")],
)
def test_a_name_beside_half_a_name_is_the_other_half(first: str, last: str) -> None:
    for fields in (
        [(first, "Marie"), (last, "Curie")],
        [(last, "Curie"), (first, "Marie")],
    ):
        assert understood(filled(*fields))["name"] == "Marie Curie"


def test_the_systems_type_says_more_than_the_name() -> None:
    fields = [
        Filled(name="3", value="ann@example.org", label="Who?", kind="email"),
        Filled(name="4", value="Ann", label="Field 4", kind="name"),
        Filled(name="5", value="Yes", label="Field 5", kind="textarea"),
        Filled(name="6", value="0301234567", label="Field 6", kind="phone"),
    ]
    assert understood(fields) == {
        "name": "Ann",
        "email": "ann@example.org",
        "phone": "0301234567",
        "message": "Yes",
    }


def test_where_nothing_is_said_the_shape_of_the_value_tells() -> None:
    fields = filled(
        ("field_1", "ann@example.org"),
        ("field_2", "+49 30 1234567"),
        ("field_3", "2026-07-01"),
        ("field_4", "Do you bake rye bread on Fridays?"),
        ("field_5", "https://bakery.example/a very long address that is no text"),
    )
    assert understood(fields) == {
        "email": "ann@example.org",
        "phone": "+49 30 1234567",
        "message": "Do you bake rye bread on Fridays?",
    }


def test_what_looks_like_no_address_is_none_whatever_the_field_is_called() -> None:
    fields = filled(("email", "I have none"), ("other", "ann@example.org"))
    assert understood(fields)["email"] == "ann@example.org"


def test_of_several_messages_the_longest_counts() -> None:
    fields = filled(("comments", "None."), ("message", "A longer one, in full."))
    assert understood(fields)["message"] == "A longer one, in full."


def test_a_field_that_is_named_is_taken_by_its_name_or_label() -> None:
    fields = [Filled(name="text-42", value="Hello", label="Your wish")]
    assert named(fields, {"message": "TEXT-42", "subject": "your wish"}) == {
        "message": "Hello",
        "subject": "Hello",
    }
    assert named(fields, {"phone": "fax"}) == {"phone": ""}


@given(
    st.lists(
        st.builds(
            Filled, name=st.text(), value=st.text(), label=st.text(), kind=st.text()
        ),
        max_size=8,
    )
)
def test_whatever_was_filled_in_nothing_is_made_up(fields: list[Filled]) -> None:
    values = {field.value for field in fields}
    found = dict(understood(fields))
    name = found.pop("name", "")

    assert set(found.values()) <= values
    assert all(part in " ".join(values) for part in name.split(" "))
