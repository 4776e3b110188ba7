"""A visitor's message in the fields of a form: what a browser would post."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from probes.forms.button import sending_button
from probes.forms.folding import fold, pattern
from probes.forms.form import Field, Filling, Form, Meaning, Option, Visitor
from probes.forms.labels import clean
from probes.forms.meaning import (
    NEWSLETTER,
    WRITTEN,
    confirms,
    is_newsletter,
    is_privacy,
)
from probes.forms.values import value_for
from probes.forms.vocabulary import PLACEHOLDER_WORDS, REFUSING_WORDS

SAID = (
    Meaning.NAME,
    Meaning.FIRST_NAME,
    Meaning.LAST_NAME,
    Meaning.EMAIL,
    Meaning.PHONE,
    Meaning.SUBJECT,
    Meaning.MESSAGE,
)
"""What a visitor says of himself also where nobody insists."""
BEST_KIND = {Meaning.EMAIL: "email", Meaning.PHONE: "tel", Meaning.MESSAGE: "textarea"}
CHOSEN = ("select", "radio", "checkbox")
UNTOUCHED = (Meaning.HIDDEN, Meaning.HONEYPOT)
NO_CHOICE = pattern(PLACEHOLDER_WORDS)
REFUSING = pattern(REFUSING_WORDS)
NO = ("", "no", "off", "false", "0")
YES = ("yes", "on", "true", "1")

Posted = tuple[int, str, str]
"""Place, name and value: entries go out in the order of their places."""


class Unfillable(Exception):
    """Why a field cannot be filled, in a sentence; never leaves this file."""


def fill(
    form: Form,
    visitor: Visitor,
    overrides: Mapping[str, str],
    *,
    is_whole: bool = True,
) -> Filling:
    """Return the form as `visitor` fills it: the entries that a browser would post.

    Required fields are filled with what they take, others where a visitor says it
    of himself.  Traps stay as they are, advertising is never ordered.  `overrides`
    gives values by field name, with `{name}`, `{email}`, `{phone}`, `{subject}` and
    `{message}` standing for the visitor's.  What cannot be done is told in
    `problems`, and then nothing may be sent.  A form that is not whole, but a step
    of one, need not carry our mark.

    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-the-form-data-set
    """
    problems = [*_unknown(form, overrides)] if is_whole else []
    written, button = _written(form.fields), sending_button(form)
    posted: list[Posted] = []
    for field in form.fields:
        try:
            if field.means is Meaning.SUBMIT:
                posted += _pressed(field) if field == button else ()
            elif field.name in overrides:
                value = _spelt(overrides[field.name], visitor)
                posted += _overridden(field, value)
            else:
                wants = field.required or field.place in written
                posted += _answered(field, visitor, wants=wants)
        except Unfillable as problem:
            problems.append(str(problem))
    entries = [
        (name, form.charset if name == "_charset_" else _lines(value))
        for _, name, value in sorted(posted, key=lambda entry: entry[0])
    ]
    if is_whole and not problems and not _carries_mark(entries, visitor):
        problems.append(
            "Nothing in this form can carry our mark: it has neither a field for the "
            f"message nor one for an e-mail address. {_carrier(form)}".rstrip()
        )
    files = tuple(field.name for field in form.fields if field.kind == "file")
    return Filling(
        form=form, entries=tuple(entries), files=files, problems=tuple(problems)
    )


def _written(fields: Sequence[Field]) -> frozenset[int]:
    """Return the places of optional fields to write into: one for each meaning."""
    places = {f.place for f in fields if f.means is Meaning.EMAIL and confirms(f)}
    for meaning in SAID:
        alike = [f for f in fields if f.means is meaning and f.kind in WRITTEN]
        best = BEST_KIND.get(meaning, "text")
        if alike and not any(f.required and not confirms(f) for f in alike):
            places.add(min(alike, key=lambda f: (confirms(f), f.kind != best)).place)
    return frozenset(places)


def _answered(field: Field, visitor: Visitor, *, wants: bool) -> Iterator[Posted]:
    """Yield what we post for a field of which the configuration says nothing."""
    if field.means is Meaning.CAPTCHA:
        raise Unfillable(
            f"The form asks a question against robots ({_called(field)}), which we do "
            f"not answer by ourselves. {_advice(field)}"
        )
    if field.kind in CHOSEN:
        yield from _chosen(field)
    elif field.means in UNTOUCHED:
        yield field.place, field.name, field.value
    elif field.kind == "file":
        if field.required:
            raise Unfillable(f"The form insists on a file ({_called(field)}).")
        yield field.place, field.name, ""
    elif not wants and field.kind not in ("range", "color"):
        yield field.place, field.name, field.value
    else:
        value = value_for(field, visitor)
        if value is None and field.required:
            raise Unfillable(
                f"We do not know what the field {_called(field)} takes. "
                f"{_advice(field)}"
            )
        yield field.place, field.name, field.value if value is None else value


def _chosen(field: Field) -> Iterator[Posted]:
    """Yield the options that stay or become chosen."""
    able = [option for option in field.options if not option.disabled]
    chosen = [option for option in able if option.chosen]
    if field.kind == "checkbox":
        chosen = [option for option in chosen if not _advertises(field, option)]
        able = [option for option in able if not _advertises(field, option)]
    refusals = [option for option in able if REFUSING.search(fold(option.label))]
    if field.kind != "checkbox" and refusals and is_newsletter(field):
        chosen = refusals[:1]
    real = [option for option in chosen if field.kind != "select" or _is_real(option)]
    if field.required and not real:
        chosen = [option for option in able if _is_real(option)][:1]
        if not chosen:
            raise Unfillable(
                f"The form insists on a choice that we do not make by ourselves "
                f"({_called(field)}). {_advice(field)}"
            )
    elif field.means is Meaning.CONSENT and is_privacy(field):
        chosen = able
    for option in chosen:
        yield option.place or field.place, field.name, option.value


def _advertises(field: Field, option: Option) -> bool:
    if len(field.options) == 1:
        return is_newsletter(field)
    return NEWSLETTER.search(fold(option.label)) is not None


def _is_real(option: Option) -> bool:
    """Tell a choice from the words that ask for one."""
    return bool(option.value.strip("-–— ")) and not NO_CHOICE.match(fold(option.label))  # noqa: RUF001 - dashes


def _overridden(field: Field, value: str) -> Iterator[Posted]:
    if field.kind == "file":
        raise Unfillable(
            f'The configuration sets "{clean(field.name)}", which takes a file: we '
            "send none."
        )
    if field.kind not in CHOSEN:
        one_line = field.kind not in ("textarea", "hidden")
        yield field.place, field.name, " ".join(value.split()) if one_line else value
        return
    if field.kind == "checkbox" and value.lower() in NO:
        return
    if field.kind == "checkbox" and len(field.options) == 1 and value.lower() in YES:
        value = field.options[0].value
    for option in field.options:
        if value in (option.value, option.label):
            yield option.place or field.place, field.name, option.value
            return
    there = ", ".join(f'"{option.label}"' for option in field.options[:8])
    raise Unfillable(
        f'The configuration sets "{field.name}" to "{value[:60]}", which is none of '
        f"its choices: {there}."
    )


def _pressed(button: Field) -> Sequence[Posted]:
    if button.kind == "image":
        prefix = f"{button.name}." if button.name else ""
        return [(button.place, f"{prefix}x", "0"), (button.place, f"{prefix}y", "0")]
    return [(button.place, button.name, button.value)] if button.name else []


def _unknown(form: Form, overrides: Mapping[str, str]) -> Iterator[str]:
    names = [field.name for field in form.fields if field.means is not Meaning.SUBMIT]
    for name in overrides:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f' Do you mean "{clean(near[0])}"?' if near else ""
            sentence = (
                f'The form has no field "{name[:60]}", which the configuration sets.'
            )
            yield sentence + hint


def _spelt(template: str, visitor: Visitor) -> str:
    """Put the visitor's words into a template, each in one pass."""
    known = {
        "name": visitor.name,
        "email": visitor.email,
        "phone": visitor.phone,
        "subject": visitor.subject,
        "message": visitor.message,
    }
    return re.sub(
        r"\{(name|email|phone|subject|message)\}", lambda m: known[m[1]], template
    )


def _lines(value: str) -> str:
    return re.sub(r"\r\n?|\n", "\r\n", value)


def _carries_mark(entries: Sequence[tuple[str, str]], visitor: Visitor) -> bool:
    mark = visitor.message.split("\n", 1)[0].strip()
    return any(visitor.email in value or mark in value for _, value in entries)


def _carrier(form: Form) -> str:
    """Name a field that could carry the mark, if its owner wants it there."""
    able = (f for f in form.fields if f.kind in WRITTEN and f.means not in UNTOUCHED)
    field = next((f for f in able if f.means is not Meaning.PHONE), None)
    return _advice(field, "{message}") if field else ""


def _called(field: Field) -> str:
    return f'"{clean(field.label or field.name)}"'


def _advice(field: Field, value: str = "...") -> str:
    return (
        "Say what to write in the configuration: [check.form] "
        f'fields = {{ "{clean(field.name)}" = "{value}" }}.'
    )
