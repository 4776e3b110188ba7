"""How websites write to their owners: each takes an inquiry and renders a mail."""

import html
import json
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP

from watchdog.model import Inquiry

SITE = "web@studio.example"
OFFICE = "office@studio.example"
POLICY = SMTP.clone(cte_type="7bit")

Notice = Callable[[Inquiry], EmailMessage]


def mail(
    subject: str,
    text: str = "",
    *,
    rich: str = "",
    from_: str = SITE,
    to: str = OFFICE,
    reply_to: str = "",
    **others: str,
) -> EmailMessage:
    """Return a mail; `others` are more fields, with `_` for `-`."""
    message = EmailMessage(policy=POLICY)
    message["From"] = from_
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    if reply_to:
        message["Reply-To"] = reply_to
    for name, value in others.items():
        message[name.replace("_", "-")] = value
    if rich:
        message.set_content(rich, subtype="html")
    else:
        message.set_content(text)
    return message


def labels(*names: str) -> Notice:
    """Return a notice of lines with labels in some language."""

    def notice(one: Inquiry) -> EmailMessage:
        values = (one.name, one.email, one.phone, one.message)
        lines = [f"{a}: {b}" for a, b in zip(names[1:], values, strict=True)]
        text = "\n".join([*lines, "", "-- ", "Sent from studio.example"])
        return mail(names[0], text, reply_to=one.email)

    return notice


def table(one: Inquiry) -> EmailMessage:
    """Write an HTML table, everything escaped, no Reply-To."""
    rows = "".join(
        f"<tr><th>{name}</th><td>{html.escape(value).replace(chr(10), '<br />')}</td>"
        for name, value in _fields(one)
    )
    style = "<style>td { color: red }</style>"
    return mail("New Entry", rich=f"<html>{style}<table>{rows}</table></html>")


def entities(one: Inquiry) -> EmailMessage:
    """Write HTML in which all but ASCII is an entity, escaped twice."""
    text = one.message.encode("ascii", "xmlcharrefreplace").decode()
    name = html.escape(one.name).encode("ascii", "xmlcharrefreplace").decode()
    rich = f"<p>{text.replace('&', '&amp;')}</p><p>-{name} ( {one.email} )</p>"
    return mail("New message", rich=rich, reply_to=one.email)


def as_json(one: Inquiry) -> EmailMessage:
    """Write what a hook sends on: JSON in ASCII."""
    return mail("webhook", json.dumps(dict(_fields(one)), indent=1))


def cut(one: Inquiry) -> EmailMessage:
    """Write the first words only."""
    start = one.message[: max(60, len(one.message) // 4)]
    return mail("Message", f"{one.name} writes:\n{start}…", reply_to=one.email)


def numbered(one: Inquiry) -> EmailMessage:
    """Write nothing but a number."""
    return mail(f"New Form Entry #{one.entry} for Contact", "Log in to read it.")


def bare(one: Inquiry) -> EmailMessage:
    """Write nothing but whom to answer."""
    return mail("You have a new submission", "Log in to see it.", reply_to=one.email)


def in_his_name(one: Inquiry) -> EmailMessage:
    """Write as a hand-made form does: From is the visitor."""
    text = f"Contact form\nName: {one.name}\nPhone: {one.phone}\n\n{one.message}"
    return mail("Contact form of studio.example", text, from_=one.email)


def threaded(one: Inquiry) -> EmailMessage:
    """Write as a ticket system does, which threads what it writes by itself."""
    return mail(
        f"[Ticket] {one.subject or 'Contact'}",
        f"{one.name}:\n\n{one.message}",
        reply_to=one.email,
        In_Reply_To="<ticket@studio.example>",
        Auto_Submitted="auto-replied",
    )


def quoted_printable(one: Inquiry) -> EmailMessage:
    """Wrap in the middle of words, by the encoding."""
    message = mail("Kontakt", reply_to=one.email)
    message.set_content(f"Von: {one.name}\n{one.message}", cte="quoted-printable")
    return message


ENGLISH = ("Contact", "Name", "Email", "Phone", "Message Body")
GERMAN = ("Kontaktanfrage", "Ihr Name", "E-Mail-Adresse", "Telefon", "Nachricht")
FRENCH = ("Demande", "Nom", "Courriel", "Téléphone", "Votre message")
JAPANESE = ("お問い合わせ", "お名前", "メール", "電話番号", "内容")

NOTICES: Sequence[Notice] = (
    labels(*ENGLISH),
    labels(*GERMAN),
    labels(*FRENCH),
    labels(*JAPANESE),
    table,
    entities,
    as_json,
    cut,
    numbered,
    bare,
    in_his_name,
    threaded,
    quoted_printable,
)


def _fields(one: Inquiry) -> Sequence[tuple[str, str]]:
    return [
        ("name", one.name),
        ("email", one.email),
        ("tel", one.phone),
        ("message", one.message),
        ("ip", "192.0.2.7"),
    ]
