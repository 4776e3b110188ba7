"""Which form of a page is the contact form."""

import re
from collections.abc import Sequence
from enum import StrEnum

from probes.errors import Unintelligible
from probes.forms.folding import fold, pattern
from probes.forms.form import Field, Form, Meaning, Page
from probes.forms.labels import clean

MOST_LISTED = 8


class Purpose(StrEnum):
    """What a form is for, in words for the owner of the site."""

    CONTACT = "a contact form"
    SEARCH = "a search box"
    NEWSLETTER = "a newsletter sign-up"
    LOG_IN = "a log-in"
    REGISTRATION = "a registration"
    COMMENT = "a comment form"
    PAYMENT = "a payment form"
    BOOKING = "a booking form"
    OTHER = "a form that I do not know"


ONLY_IF_NAMED = (Purpose.PAYMENT, Purpose.BOOKING, Purpose.REGISTRATION)

SEARCH_NAMES = (
    "s",
    "q",
    "search",
    "query",
    "keyword",
    "keywords",
    "suche",
    "recherche",
)

CONTACT = pattern(
    """
    contact* | kontakt* | anfrage* | nachricht* | message* | write to us | get in touch
    | enquir* | inquir* | schreiben sie | formulaire | nous ecrire | contacto |
    escribenos | consulta | contatt* | scrivici | richiesta | bericht | neem contact |
    napisz* | wiadomosc* | contato | fale conosco | mensagem | feedback | callback |
    call me back | call back | ruckruf* | rappel | quote | angebot | devis | preventivo
    | offerte | wpcf7 | get a quote
    """
)
NEWSLETTER = pattern(
    """
    newsletter* | subscri* | mailchimp* | mc4wp* | mailpoet* | abonnier* | abonner
    | infolettre | boletin* | suscri* | iscriv* | bollettino | nieuwsbrief | biuletyn*
    | zapisz sie | novidades | inscreva* | mailing list
    """
)
REGISTRATION = pattern(
    """
    register* | registration | sign up | signup | create account | create an account |
    registrier* | konto erstellen | inscription | creer un compte | registrarse |
    crear cuenta | registrati | registrazione | registreren | zarejestruj* | rejestracja
    | cadastr* | criar conta
    """
)
PAYMENT = pattern(
    """
    checkout | payment | pay now | place order | buy now | add to cart | donate |
    donation | kasse | zahlung | bezahlen | zahlungspflichtig | jetzt kaufen |
    warenkorb | spenden | paiement | payer | panier | faire un don | pago | pagar |
    comprar | carrito | pagamento | acquista | carrello | betalen | afrekenen |
    winkelwagen | platnosc | zaplac | koszyk | finalizar compra | carrinho | woocommerce
    | stripe | paypal
    """
)
CARD = pattern("cc number | card number | cardnumber | cc csc | cvc | cvv | iban")
BOOKING = pattern(
    """
    booking | book now | book a table | reservation* | reserve | appointment* | check in
    | buchung | buchen | reservier* | tisch reservieren | termin buchen |
    terminvereinbarung | reserver | prendre rendez vous | reserva | reservar |
    pedir cita | prenota* | prenotazione | reserveren | afspraak maken | boeken |
    rezerwacj* | zarezerwuj | umow wizyte | agendar | agendamento
    """
)
COMMENT = pattern("commentform | comment form | wp comments post | comment post id")


def contact_form(page: Page, wanted: str | None) -> Form:
    """Return the form by which visitors write to the owner.

    `wanted` names it by its id, name, class, or number on the page (from 1); only
    then is it a form that pays, books or signs up.  Raises `Unintelligible` with
    a sentence that says what is there instead.
    """
    forms = [form for form in page.forms if form.fields]
    if wanted is not None:
        return _named(page, wanted)
    purposes = [purpose(form) for form in forms]
    contacts = [f for f, p in zip(forms, purposes, strict=True) if p is Purpose.CONTACT]
    if contacts:
        return max(contacts, key=_worth)
    if not forms:
        raise Unintelligible(
            "There is no form on this page. It may be drawn by a script, or be on "
            "another page."
        )
    sentence = f"There is no contact form on this page: I see {_listed(purposes)}."
    if any(p in ONLY_IF_NAMED or p is Purpose.OTHER for p in purposes):
        sentence += (
            " If one of them is to be tested nevertheless, name it in the "
            f"configuration. Forms here: {_catalogue(page)}."
        )
    raise Unintelligible(sentence)


def purpose(form: Form) -> Purpose:
    """Return what a form is for, by its fields first and its words second."""
    means = {field.means for field in form.fields}
    fields = [field for field in form.fields if _is_open(field)]
    signs = _signs(form)
    said = f"{signs} {fold(form.text)}"
    reaches = not means.isdisjoint((Meaning.EMAIL, Meaning.PHONE))
    passwords = sum(field.kind == "password" for field in form.fields)
    told = (
        (passwords > 1, Purpose.REGISTRATION),
        (passwords and REGISTRATION.search(signs), Purpose.REGISTRATION),
        (passwords, Purpose.LOG_IN),
        (COMMENT.search(signs), Purpose.COMMENT),
        (PAYMENT.search(signs) or _asks_for_card(fields), Purpose.PAYMENT),
        (BOOKING.search(signs) and _asks_when(fields), Purpose.BOOKING),
        (Meaning.MESSAGE in means, Purpose.CONTACT),
        (_is_search(form, fields), Purpose.SEARCH),
        (Meaning.EMAIL in means and NEWSLETTER.search(said), Purpose.NEWSLETTER),
        (REGISTRATION.search(signs), Purpose.REGISTRATION),
        (reaches and len(fields) > 1 and CONTACT.search(said), Purpose.CONTACT),
    )
    return next((purpose for holds, purpose in told if holds), Purpose.OTHER)


def _signs(form: Form) -> str:
    """Return what a form says of itself: its names, its address and its buttons."""
    buttons = [field.label for field in form.fields if field.means is Meaning.SUBMIT]
    hidden = [field.name for field in form.fields if field.kind == "hidden"][:20]
    address = re.sub(r"^\w+://[^/]*", "", form.action)
    said = (form.id, form.name, *form.classes, address, *buttons, *hidden)
    return fold(" ".join(said)[:2000])


def _is_open(field: Field) -> bool:
    """Tell whether a visitor is asked to do something with it."""
    closed = (Meaning.HIDDEN, Meaning.SUBMIT, Meaning.HONEYPOT)
    return field.means not in closed


def _named_as(field: Field) -> str:
    return f"{field.name} {field.label} {field.hints.get('autocomplete', '')}"


def _asks_for_card(fields: Sequence[Field]) -> bool:
    return any(CARD.search(fold(_named_as(field))) for field in fields)


def _asks_when(fields: Sequence[Field]) -> bool:
    return any(field.means in (Meaning.DATE, Meaning.NUMBER) for field in fields)


def _is_search(form: Form, fields: Sequence[Field]) -> bool:
    asked = [f for f in fields if f.kind in ("search", "text")]
    return len(asked) == 1 and (
        asked[0].kind == "search"
        or asked[0].name.lower() in SEARCH_NAMES
        or "search" in f"{form.id} {' '.join(form.classes)} {form.action}".lower()
    )


def _worth(form: Form) -> int:
    """Return how much a contact form looks like the one that the owner means."""
    means = {field.means for field in form.fields}
    worths = {Meaning.MESSAGE: 5, Meaning.EMAIL: 3, Meaning.NAME: 2}
    worths |= {Meaning.FIRST_NAME: 2, Meaning.SUBJECT: 1, Meaning.PHONE: 1}
    words = CONTACT.search(f"{_signs(form)} {fold(form.text)}")
    return sum(worths.get(meaning, 0) for meaning in means) + (3 if words else 0)


def _named(page: Page, wanted: str) -> Form:
    bare = wanted.strip().lstrip("#.")
    if bare.isdecimal() and 0 < int(bare[:4]) <= len(page.forms):
        return page.forms[int(bare[:4]) - 1]
    for form in page.forms:
        if bare and bare in (form.id, form.name):
            return form
    for form in page.forms:
        if bare in form.classes:
            return form
    there = _catalogue(page) or "none"
    raise Unintelligible(
        f'There is no form "{clean(wanted, 60)}" on this page. Forms here: {there}.'
    )


def _listed(purposes: Sequence[Purpose]) -> str:
    """Return `a search box and two log-ins` as far as a sentence bears it."""
    different = [str(purpose) for purpose in dict.fromkeys(purposes)]
    return " and ".join(
        part for part in (", ".join(different[:-1]), different[-1]) if part
    )


def _catalogue(page: Page) -> str:
    """Return how each form of the page can be named."""
    named = []
    for number, form in enumerate(page.forms, start=1):
        if form.fields:
            name = clean(form.id or form.name or " ".join(form.classes[:1]), 60)
            shown = f'"{name}"' if name else f'"{number}"'
            named.append(f"{shown} ({purpose(form)})")
    more = len(named) - MOST_LISTED
    return ", ".join(named[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
