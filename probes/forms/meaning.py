"""What a field wants to hear, told as people tell it: by what is written there."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from probes.forms import vocabulary
from probes.forms.folding import fold, pattern
from probes.forms.form import Field, Meaning
from probes.forms.guards import SUM

SPOKEN = tuple((means, pattern(words)) for means, words in vocabulary.FIELD_WORDS)
PARTS = (Meaning.FIRST_NAME, Meaning.LAST_NAME)
A_NAME = tuple(words for means, words in SPOKEN if means in (Meaning.NAME, *PARTS))
PRIVACY = pattern(vocabulary.PRIVACY_WORDS)
AGREE = pattern(vocabulary.AGREE_WORDS)
NEWSLETTER = pattern(vocabulary.NEWSLETTER_WORDS)
CONFIRM = pattern(vocabulary.CONFIRM_WORDS)
CAPTCHA = pattern(vocabulary.CAPTCHA_WORDS)
TRAP_NAME = pattern(vocabulary.TRAP_NAMES)
TRAP_LABEL = pattern(vocabulary.TRAP_LABELS)

WRITTEN = frozenset(("text", "search", "tel", "url", "email", "password", "textarea"))
"""The kinds into which one writes."""

ASKING = frozenset(("text", "tel", "textarea", "number", "checkbox"))
"""The kinds that questions against robots come in."""

BY_KIND = {
    "hidden": Meaning.HIDDEN,
    "submit": Meaning.SUBMIT,
    "image": Meaning.SUBMIT,
    "file": Meaning.FILE,
    "email": Meaning.EMAIL,
    "url": Meaning.URL,
    "date": Meaning.DATE,
    "time": Meaning.DATE,
    "datetime-local": Meaning.DATE,
    "month": Meaning.DATE,
    "week": Meaning.DATE,
    "range": Meaning.NUMBER,
    "radio": Meaning.CHOICE,
    "password": Meaning.OTHER,
    "color": Meaning.OTHER,
    "search": Meaning.OTHER,
}
DEFAULT = {
    "tel": Meaning.PHONE,
    "number": Meaning.NUMBER,
    "textarea": Meaning.MESSAGE,
    "select": Meaning.CHOICE,
}
BY_KEYBOARD = {
    "email": Meaning.EMAIL,
    "tel": Meaning.PHONE,
    "url": Meaning.URL,
    "numeric": Meaning.NUMBER,
    "decimal": Meaning.NUMBER,
}
"""By the keyboard that a telephone shows for it (`inputmode`)."""
EXAMPLES = (
    (re.compile(r"\S@\S+\.\w"), "email"),
    (re.compile(r"\A[+(0][\d ()-]{6,}\Z"), "phone"),
)
"""Placeholders that show by an example what is wanted, and its word."""
POSSIBLE = {
    "number": (Meaning.PHONE, Meaning.POSTCODE, Meaning.NUMBER),
    "tel": (Meaning.PHONE, Meaning.POSTCODE, Meaning.NUMBER),
    "textarea": (Meaning.MESSAGE, Meaning.ADDRESS),
    "select": (Meaning.COUNTRY, Meaning.SUBJECT, Meaning.CITY),
}
"""What words can make of a kind; of a text they can make anything."""

A_LABEL = 80
"""A longer text beside a field is an explanation, and names many things."""


def understood(fields: Sequence[Field]) -> Sequence[Field]:
    """Return one form's fields, each with what it means."""
    meant = _without_decoys([replace(one, means=meaning(one)) for one in fields])
    told = named_together([field.means for field in meant])
    return tuple(
        replace(field, means=means) for field, means in zip(meant, told, strict=True)
    )


def meaning(field: Field) -> Meaning:
    """Return what a field means, taken by itself."""
    if field.kind in WRITTEN and is_trap(field):
        return Meaning.HONEYPOT
    if field.kind in ASKING and _is_question(field):
        return Meaning.CAPTCHA
    if field.kind in BY_KIND:
        return BY_KIND[field.kind]
    if field.kind == "checkbox":
        return Meaning.CONSENT if _is_consent(field) else Meaning.CHOICE
    found = _spoken(field)
    possible = POSSIBLE.get(field.kind, tuple(Meaning))
    if found in possible and found is not Meaning.OTHER:
        return found
    keyboard = BY_KEYBOARD.get(field.hints.get("inputmode", ""), Meaning.OTHER)
    return DEFAULT.get(field.kind, keyboard)


def is_trap(field: Field) -> bool:
    """Tell a honeypot: people do not see it, or are told to leave it empty."""
    if not field.visible:
        return True
    named = " ".join(field.hints.get(key, "") for key in ("id", "class", "wrapper"))
    return bool(
        TRAP_NAME.search(fold(field.name))
        or TRAP_NAME.search(fold(named))
        or any(TRAP_LABEL.search(fold(said)) for said in _said(field))
    )


def named_together(meanings: Sequence[Meaning]) -> Sequence[Meaning]:
    """Take a name beside a first name for the last name, and the other way round.

    As in `Nom` and `Prénom`, or `Nome` and `Cognome`.
    """
    if Meaning.FIRST_NAME in meanings and Meaning.LAST_NAME not in meanings:
        other = Meaning.LAST_NAME
    elif Meaning.LAST_NAME in meanings and Meaning.FIRST_NAME not in meanings:
        other = Meaning.FIRST_NAME
    else:
        return meanings
    return [other if means is Meaning.NAME else means for means in meanings]


def is_newsletter(field: Field) -> bool:
    """Tell whether to say yes is to order advertising."""
    return NEWSLETTER.search(fold(f"{field.name} {field.label}")) is not None


def is_privacy(field: Field) -> bool:
    """Tell whether it is a consent without which nobody is answered."""
    return PRIVACY.search(fold(f"{field.name} {field.label}")) is not None


def confirms(field: Field) -> bool:
    """Tell whether it wants to hear once more what another field has heard."""
    placeholder = field.hints.get("placeholder", "")
    said = f"{field.name} {field.label} {placeholder}"
    return CONFIRM.search(fold(said)) is not None


def _said(field: Field) -> Sequence[str]:
    """Return what people read at a field."""
    read = (field.hints.get(key, "") for key in ("placeholder", "near", "around"))
    return [text for text in (field.label, *read) if text]


def _is_question(field: Field) -> bool:
    if field.kind != "textarea" and any(SUM.search(said) for said in _said(field)):
        return True
    named = (field.name, field.hints.get("id", ""), field.hints.get("class", ""))
    said = (text for text in _said(field) if len(text) <= A_LABEL)
    return any(CAPTCHA.search(fold(text)) for text in (*named, *said))


def _is_consent(field: Field) -> bool:
    if len(field.options) != 1 or is_newsletter(field):
        return False
    return is_privacy(field) or AGREE.search(fold(field.label)) is not None


def _spoken(field: Field) -> Meaning:
    """Return what words make of a field; what people read goes before names."""
    for token in field.hints.get("autocomplete", "").lower().split():
        if found := vocabulary.AUTOCOMPLETE.get(token):
            return found
    for text in _names(field):
        for means, words in SPOKEN:
            if words.search(text):
                whole = means in PARTS and _names_more(words.sub("", text))
                return Meaning.NAME if whole else means
    return Meaning.OTHER


def _names_more(rest: str) -> bool:
    """Tell `Name, Vorname` from a first name, by what it says beside that."""
    return any(words.search(rest) for words in A_NAME)


def _names(field: Field) -> Iterator[str]:
    placeholder = field.hints.get("placeholder", "")
    for text in (field.label, placeholder):
        if len(text) <= A_LABEL:
            yield fold(text)
    yield from (word for example, word in EXAMPLES if example.search(placeholder))
    # Of `form_fields[email]` the brackets tell, of `email[0]` what is before them.
    inner = " ".join(re.findall(r"\[([^\]]*[a-zA-Z][^\]]*)\]", field.name[:200]))
    yield fold(inner or field.name[:200])
    yield fold(field.hints.get("id", "")[:200])


def _without_decoys(fields: Sequence[Field]) -> Sequence[Field]:
    """Find traps labelled with words shuffled from the other labels of the form.

    As WPForms lays them: a text "Comment Name or" beside "Name" and "Comment or
    Message".  None is required, so that nothing is lost where this errs.
    """
    labels = [set(fold(field.label).split()) for field in fields]
    near = [set(fold(field.hints.get("near", "")).split()) for field in fields]
    uses = Counter(
        w for pair in zip(labels, near, strict=True) for w in set.union(*pair)
    )
    return [
        replace(field, means=Meaning.HONEYPOT)
        if field.kind == "text"
        and not field.required
        and len(label) > 1
        and all(uses[word] > 1 for word in label)
        else field
        for field, label in zip(fields, labels, strict=True)
    ]
