"""The owner's templates: what they may do, and how their faults are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules.template import FILTERS, MOST_SIGNS, NAMES, TemplateFault, parse

VALUES = {name: f"the {name}" for name in NAMES} | {
    "fields": [("Topic", "Weddings"), ("Budget", "{{ 7 * 7 }}")],
    "days": 3,
}


def filled(source: str, **values: object) -> str:
    return parse(source).fill(VALUES | values)


def test_words_are_filled_in() -> None:
    source = "{% if days > 2 %}Sorry, {{ name|upper }}{% else %}Hi{% endif %}!\n"

    assert filled(source) == "Sorry, THE NAME!\n"


def test_it_goes_over_all_fields() -> None:
    source = "{% for label, value in fields %}\n{{ label }}: {{ value }}\n{% endfor %}"

    assert filled(source) == "Topic: Weddings\nBudget: {{ 7 * 7 }}\n"


@given(st.text(alphabet="{}%#-7*name \n'") | st.text())
def test_what_a_stranger_wrote_is_put_in_as_it_is(text: str) -> None:
    assert filled("{{ message }}", message=text) == text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Dear {{ nmae }}", "did you mean “name”"),
        ("Dear {{ zzz }}", "it has name, email"),
        ("{{ name|safe_eval }}", "knows no filter “safe_eval”"),
        ("{% if name %}Dear", "is no good template"),
        ("{{ name.__class__ }}", "may not use “getattr”"),
        ("{{ name['x'] }}", "may not use “getitem”"),
        ("{{ name() }}", "may not use “call”"),
        ("{{ name * 1000000000 }}", "may not use “mul”"),
        ("{{ 9 ** 99999999 }}", "may not use “pow”"),
        ("{{ name ~ name }}", "may not use “concat”"),
        ("{% set x = name %}", "may not use “assign”"),
        ("{% include 'x' %}", "may not use “include”"),
        ("{% import 'x' as y %}", "may not use “import”"),
        ("{% macro m() %}{% endmacro %}", "may not use “macro”"),
        ("{% for c in message %}{{ c }}{% endfor %}", "only loop over `fields`"),
        (
            "{% for a, b in fields %}{% for c, d in fields %}{% endfor %}{% endfor %}",
            "not within a loop",
        ),
        ("{% for a, b in fields recursive %}{% endfor %}", "only loop over"),
        ("{{ " + "(" * 5000 + "name" + ")" * 5000 + " }}", "nested too deeply"),
    ],
)
def test_what_is_not_allowed_is_told(source: str, said: str) -> None:
    with pytest.raises(TemplateFault, match=said):
        parse(source)


def test_a_fault_is_told_with_its_line() -> None:
    with pytest.raises(TemplateFault) as told:
        parse("Dear {{ name }},\n\n{{ whatever }}\n")

    assert told.value.line == 3


def test_a_letter_without_end_is_refused() -> None:
    with pytest.raises(TemplateFault, match="far too long"):
        filled("{{ message }}" * 100, message="x" * (MOST_SIGNS // 50))


def test_what_cannot_be_compared_is_a_fault_of_the_template() -> None:
    with pytest.raises(TemplateFault, match="cannot be filled in"):
        filled("{% if name > 3 %}x{% endif %}")


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_that_is_allowed_is_there(name: str) -> None:
    assert filled(f"{{{{ name|{name} }}}}")
