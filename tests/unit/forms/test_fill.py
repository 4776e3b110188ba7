"""What is written into a form, and what is posted."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.forms.fill import fill
from probes.forms.form import Field, Filling, Form, Meaning, Option, Visitor
from probes.forms.meaning import understood
from probes.forms.page import read_page
from tests.unit.forms.pages import BUILDER, CLASSIC, DECOY, FRAMEWORK, TABLE, VALIDATED

MESSAGE = "Mark abc123.\nThis is an automatic delivery test.\nNobody needs to answer."
POSTED = MESSAGE.replace("\n", "\r\n")
VISITOR = Visitor(
    name="Delivery Test",
    email="owner+abc123@shop.example",
    phone="+49 30 1234567",
    subject="Delivery test abc123",
    message=MESSAGE,
)


def form(html: str) -> Form:
    url = "https://shop.example/contact/"
    return read_page(html.encode(), url=url, content_type="charset=utf-8").forms[0]


def filled(html: str, **overrides: str) -> Filling:
    return fill(form(html), VISITOR, overrides)


def only(field: str, **overrides: str) -> Filling:
    """Fill a form of one field and the message that every form has."""
    return filled(f"<form>{field}<textarea name=m></textarea>", **overrides)


def value(field: str) -> str | None:
    filling = only(field)
    assert filling.problems == ()
    return dict(filling.entries).get("a")


@pytest.mark.parametrize(
    ("html", "entries"),
    [
        (
            CLASSIC,
            [
                ("_wpcf7", "5"),
                ("_unit", "f5"),
                ("your-name", VISITOR.name),
                ("your-email", VISITOR.email),
                ("menu-what", "Bread"),
                ("your-message", POSTED),
                ("sclpzxywbxqc", ""),
                ("privacy", "1"),
                ("_ak_hp_textarea", "  "),
            ],
        ),
        (
            DECOY,
            [
                ("wpforms[fields][4]", ""),
                ("wpforms[fields][1][first]", "Delivery"),
                ("wpforms[fields][1][last]", "Test"),
                ("wpforms[fields][2]", VISITOR.email),
                ("wpforms[fields][3]", POSTED),
                ("wpforms[id]", "17"),
                ("wpforms[submit]", "wpforms-submit"),
            ],
        ),
        (
            BUILDER,
            [
                ("post_id", "30"),
                ("form_id", "5a"),
                ("form_fields[name]", VISITOR.name),
                ("form_fields[email]", VISITOR.email),
                ("form_fields[tel]", "+49301234567"),
                ("form_fields[message]", POSTED),
                ("form_fields[field_9]", ""),
            ],
        ),
        (
            VALIDATED,
            [
                ("input_5", ""),
                ("input_1.3", "Delivery"),
                ("input_1.6", "Test"),
                ("input_2", VISITOR.email),
                ("input_3", VISITOR.phone),
                ("input_4", POSTED),
                ("gform_submit", "1"),
            ],
        ),
        (
            FRAMEWORK,
            [
                ("csrfmiddlewaretoken", "tok"),
                ("name", VISITOR.name),
                ("mail", VISITOR.email),
                ("text", POSTED),
            ],
        ),
        (
            TABLE,
            [
                ("realname", VISITOR.name),
                ("from", VISITOR.email),
                ("comments", POSTED),
            ],
        ),
    ],
    ids=["classic", "decoy", "builder", "validated", "framework", "table"],
)
def test_a_form_of_a_known_system_is_filled_as_a_visitor_does(html, entries):
    filling = filled(html)

    assert filling.problems == ()
    assert [
        (n, re.sub(r"\s+\Z", "  ", v) if "_ak_" in n else v) for n, v in filling.entries
    ] == entries


def test_entries_are_those_that_a_browser_posts_in_its_order():
    html = """<form><input type=checkbox name=x value=1 checked><input name=a value=z>
      <input type=checkbox name=x value=2><input type=checkbox name=x value=3 checked>
      <input type=radio name=r value=1><select name=s multiple><option selected>p
      <option>q<option selected>r</select><select name=t><option disabled selected>u
      </select><input type=file name=f><textarea name=message></textarea>
      <input type=hidden name=_charset_><button name=b value=1>Send</button>
      <button name=b value=2>Other</button></form>"""

    filling = filled(html)

    assert [*filling.entries] == [
        ("x", "1"),
        ("a", "z"),
        ("x", "3"),
        ("s", "p"),
        ("s", "r"),
        ("f", ""),
        ("message", POSTED),
        ("_charset_", "utf-8"),
        ("b", "1"),
    ]
    assert filling.files == ("f",)


def test_an_image_button_posts_where_it_was_pressed():
    assert only("<input type=image name=go>").entries[:2] == (
        ("go.x", "0"),
        ("go.y", "0"),
    )


def test_optional_fields_of_which_a_visitor_says_nothing_stay_as_they_are():
    html = "<input name=company><input name=hobby value=chess><input type=date name=d>"

    entries = dict(only(html).entries)

    assert (entries["company"], entries["hobby"], entries["d"]) == ("", "chess", "")


def test_of_several_optional_fields_alike_the_best_one_is_filled():
    html = (
        "<form><input name=message><input name=email><input type=email name=e2>"
        "<textarea name=m>"
    )

    assert dict(filled(html).entries) == {
        "message": "",
        "email": "",
        "e2": VISITOR.email,
        "m": POSTED,
    }


def test_an_address_is_confirmed_where_it_is_asked_for_twice():
    html = (
        "<label>E-Mail <input type=email name=a required></label>"
        "<label>E-Mail bestätigen <input type=email name=b></label>"
    )

    entries = dict(only(html).entries)

    assert entries["a"] == entries["b"] == VISITOR.email


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("<input name=a required>", "Test"),
        ("<input name=a required minlength=7>", "Test Test"),
        ("<input name=a required maxlength=3>", "Tes"),
        ("<input name=a required pattern='[0-9]{5}'>", "11111"),
        ("<label>PLZ<input name=a required pattern='[0-9]{5}'></label>", "10115"),
        ("<label>Name<input name=a pattern='[A-Za-z]+'></label>", "Delivery"),
        ("<input type=tel name=a pattern='[0-9]{10,12}'>", "49301234567"),
        ("<input type=url name=a required>", "https://example.com/"),
        ("<label>Firma<input name=a required></label>", VISITOR.name),
        ("<input type=number name=a required>", "1"),
        ("<input type=number name=a required min=5 max=9 step=2>", "5"),
        ("<input type=number name=a required min=0.3 step=0.5 max=0.7>", "0.3"),
        ("<input type=number name=a required max=-3>", "-3"),
        ("<input type=range name=a>", "50"),
        ("<input type=color name=a>", "#336699"),
        ("<input type=date name=a required>", "2035-06-15"),
        ("<input type=date name=a required max=2027-01-31>", "2027-01-31"),
        ("<input type=date name=a required min=2027-01-04 step=7>", "2035-06-11"),
        ("<label>Date of birth<input type=date name=a required></label>", "1985-06-15"),
        ("<input type=time name=a required min=11:00>", "11:00"),
        ("<input type=datetime-local name=a required>", "2035-06-15T10:00"),
        ("<input type=month name=a required>", "2035-06"),
        ("<input type=week name=a required>", "2035-W24"),
        (
            "<label>Datum<input name=a required placeholder=TT.MM.JJJJ></label>",
            "15.06.2035",
        ),
        (
            "<label>Date<input name=a required placeholder=mm/dd/yyyy></label>",
            "06/15/2035",
        ),
        ("<label>Fecha<input name=a required></label>", "2035-06-15"),
        ("<select name=a required><option value=''>--<option>x</select>", "x"),
        ("<select name=a required><option>Bitte wählen<option>x</select>", "x"),
        ("<select name=a required><option disabled>w<option>x<option>y", "x"),
        ("<select name=a required><option value=''>-<option selected>y", "y"),
        ("<select name=a><option value=''>--<option>x</select>", ""),
        (
            (
                "<input type=radio name=a value=1 disabled><input type=radio name=a "
                "value=2 required>"
            ),
            "2",
        ),
        ("<input type=radio name=a value=1>", None),
        ("<input type=checkbox name=a value=1 required>", "1"),
        ("<input type=checkbox name=a value=1>Gift wrap", None),
        ("<input type=checkbox name=a value=1>I accept the privacy policy", "1"),
        ("<input type=checkbox name=a value=1>I accept to be called", None),
        ("<input type=checkbox name=a value=1>Newsletter and privacy policy", None),
        ("<input type=checkbox name=a value=1 checked>Subscribe me", None),
    ],
)
def test_a_field_is_given_what_it_takes(field, expected):
    assert value(field) == expected


def test_a_message_is_cut_at_its_end_so_that_it_fits_when_it_arrives():
    filling = filled("<form><textarea name=m maxlength=40></textarea>")

    (posted,) = (value for _, value in filling.entries)
    assert len(posted) <= 40
    assert posted.startswith("Mark abc123.\r\nThis is")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("<input type=file name=a required>", "insists on a file"),
        ("<label>3 + 4 = ?<input name=a></label>", "question against robots"),
        ("<input name=a required pattern='(?=x)y'>", '"a" = '),
        ("<input name=a required pattern='[0-9]{5}' maxlength=3>", '"a" = '),
        ("<input type=number name=a required min=2 max=1>", '"a" = '),
        ("<input type=email name=a required maxlength=5>", '"a" = '),
        (
            "<input type=checkbox name=a required>Get our newsletter",
            "insists on a choice",
        ),
        ("<select name=a required><option value=''>--</select>", "insists on a choice"),
    ],
)
def test_what_we_cannot_fill_is_a_problem_that_says_what_to_write(field, words):
    problems = only(field).problems

    assert len(problems) == 1
    assert words in problems[0]


def test_an_optional_field_that_takes_nothing_of_ours_is_left_alone():
    assert value("<input type=email name=a maxlength=5>") == ""


def test_a_form_that_cannot_carry_the_mark_is_a_problem():
    assert "carry our mark" in filled("<form><input type=tel name=t>").problems[0]


def test_a_field_that_could_carry_the_mark_is_named():
    form = "<form>Name <input name=who> Phone <input type=tel name=t>"

    assert 'fields = { "who" = "{message}" }' in filled(form).problems[0]
    assert filled(form, who="{message}").problems == ()


def test_no_control_character_of_a_page_reaches_a_sentence():
    evil = "\x1b[31m\x9b1m\u202ea"

    problem = only(f"<input name='{evil}' required pattern='(?=x)'>").problems[0]
    misspelt = only(f"<input name='{evil}'>", **{evil[1:]: "x"}).problems[0]

    assert problem.isprintable()
    assert "Do you mean" in misspelt
    assert "\x1b" not in misspelt


def test_a_line_of_our_own_stays_one_line():
    entries = dict(only("<input name=who>", who="Anna\n {message}").entries)

    assert entries["who"] == "Anna " + MESSAGE.replace("\n", " ")


def test_no_file_is_made_of_a_line():
    assert "send none" in only("<input type=file name=cv>", cv="x").problems[0]


def test_a_box_against_robots_is_left_to_the_owner():
    box = "<label><input type=checkbox name=b required> I am not a robot</label>"

    assert "question against robots" in only(box).problems[0]
    assert ("b", "on") in only(box, b="yes").entries


@pytest.mark.parametrize(
    "keyboard",
    ["<input name=a inputmode=email required>", "<input name=a inputmode=numeric>"],
)
def test_the_keyboard_tells_what_is_wanted(keyboard):
    assert form(f"<form>{keyboard}").fields[0].means in (Meaning.EMAIL, Meaning.NUMBER)


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("<label>3 + 4 = ?<input name=a></label>", "7", "7"),
        (
            "<input name=a>",
            "{name} <{email}> {phone} {other} {{0}}",
            "Delivery Test <owner+abc123@shop.example> +49 30 1234567 {other} {{0}}",
        ),
        ("<input type=hidden name=a value=x>", "y", "y"),
        ("<textarea name=a></textarea>", "{message}", POSTED),
        (
            "<select name=a><option value=1>Bread<option value=2>Cake</select>",
            "Cake",
            "2",
        ),
        ("<input type=radio name=a value=1>", "1", "1"),
        ("<input type=checkbox name=a value=1>", "yes", "1"),
        ("<input type=checkbox name=a value=1 checked>", "no", None),
        ("<input type=checkbox name=a value=1>Newsletter", "on", "1"),
        ("<div style='display:none'><input name=a></div>", "x", "x"),
    ],
)
def test_the_configuration_has_the_last_word(field, given, expected):
    filling = only(field, a=given)

    assert filling.problems == ()
    assert dict(filling.entries).get("a") == expected


def test_a_placeholder_within_the_visitors_own_words_is_not_replaced():
    visitor = Visitor(name="{email}", email="a@b.c", phone="", subject="", message="m")

    filling = fill(form("<form><input name=a>"), visitor, {"a": "{name} {email}"})

    assert filling.entries == (("a", "{email} a@b.c"),)


def test_a_misspelt_field_is_answered_with_the_nearest():
    problems = filled(FRAMEWORK, nmae="x").problems

    assert problems == (
        (
            'The form has no field "nmae", which the configuration sets. '
            'Do you mean "name"?'
        ),
    )


def test_a_choice_that_is_none_is_answered_with_those_there_are():
    problems = only(
        "<select name=a><option>Bread<option>Cake</select>", a="Pie"
    ).problems

    assert problems[0].endswith('none of its choices: "Bread", "Cake".')


TEXTS = st.sampled_from(
    ["", "Name", "E-mail *", "Phone", "Date", "3 + 4 =", "x", "Nom"]
)
NUMBERS = st.sampled_from([None, "", "0", "1", "-5", "2.5", "10", "1e9", "x", "999999"])
DAYS = st.sampled_from([None, "2030-01-01", "2040-12-31", "10:30", "0000-00-00", "x"])
PATTERNS = st.sampled_from(
    [None, r"\d{3,5}", "[A-Z]+[a-z]*", r"(\w+\s?)*", "a|b", "(", r"\S+@\S+", "[^a-z]+"]
)
FIELDS = st.builds(
    Field,
    name=st.sampled_from(["a", "b", "email", "message", "hp"]),
    kind=st.sampled_from(
        [
            "text",
            "email",
            "tel",
            "textarea",
            "number",
            "range",
            "date",
            "time",
            "week",
            "month",
        ]
    ),
    label=TEXTS,
    required=st.booleans(),
    pattern=PATTERNS,
    min=st.one_of(NUMBERS, DAYS),
    max=st.one_of(NUMBERS, DAYS),
    step=NUMBERS,
    min_length=st.sampled_from([None, 0, 3, 50]),
    max_length=st.sampled_from([None, 0, 5, 40]),
    visible=st.sampled_from([True, True, True, False]),
)


def keeps_its_word(field: Field, value: str) -> bool:
    """Check the constraints as HTML words them, written down anew."""
    if len(value) < (field.min_length or 0):
        return False
    if field.max_length is not None and len(value) > field.max_length:
        return False
    if field.kind == "date":
        day = date.fromisoformat(value)
        low, high = (
            re.fullmatch(r"\d{4}-\d\d-\d\d", b or "") for b in (field.min, field.max)
        )
        return (not low or low[0] <= str(day)) and (not high or str(day) <= high[0])
    if field.kind == "number":
        bounds = re.compile(r"-?\d+(\.\d+)?")
        low, high = (bounds.fullmatch(b or "") for b in (field.min, field.max))
        number = float(value)
        return (not low or float(low[0]) <= number) and (
            not high or number <= float(high[0])
        )
    if field.pattern and field.kind in ("text", "email", "tel", "url"):
        return re.fullmatch(field.pattern, value) is not None
    return True


@settings(max_examples=80, deadline=1000)
@given(st.lists(FIELDS, max_size=6))
def test_every_required_field_is_given_what_it_takes_or_there_is_a_problem(fields):
    placed = [
        replace(field, place=place, name=str(place))
        for place, field in enumerate(fields)
    ]
    plain = Form(
        action="/",
        method="post",
        enctype="",
        charset="utf-8",
        fields=understood(placed),
    )

    filling = fill(plain, VISITOR, {})

    if not filling.problems:
        entries = dict(filling.entries)
        for field in plain.fields:
            if field.required and field.means is not Meaning.HONEYPOT:
                value = entries[field.name].replace("\r\n", "\n")
                assert value
                assert keeps_its_word(field, value)


OPTIONS = st.builds(
    Option,
    value=st.sampled_from(["", "1", "2", "x"]),
    label=TEXTS,
    chosen=st.booleans(),
    disabled=st.booleans(),
)


@settings(max_examples=50)
@given(st.lists(OPTIONS, max_size=5), st.sampled_from(["select", "radio", "checkbox"]))
def test_a_disabled_option_is_never_posted(options, kind):
    field = Field(name="a", kind=kind, options=options, required=True)
    plain = Form(
        action="/", method="post", enctype="", charset="utf-8", fields=(field,)
    )

    posted = [value for name, value in fill(plain, VISITOR, {}).entries]

    assert set(posted) <= {option.value for option in options if not option.disabled}
