"""How a filled-in form is shown to people."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from probes.forms.fill import fill
from probes.forms.form import Guard, Visitor
from probes.forms.page import read_page
from probes.forms.rehearsal import Rehearsal
from probes.mail.smtp_path import compose
from probes.seen import Seen
from probes.settings import FormSettings, SmtpPathSettings
from watchdog.cli.rehearsals import as_text
from watchdog.config import Check
from watchdog.model import CheckName, Health, MailboxName
from watchdog.rehearse import Rehearsed

URL = "https://shop.example/contact/"
VISITOR = Visitor(
    name="Delivery Test",
    email="owner+abc123@shop.example",
    phone="+44 20 7946 0123",
    subject="Delivery test",
    message=f"Mark abc123.\n{'Nobody needs to answer. ' * 20}",
)


def shown(html: str, seen: Seen | None = None, **more: Any) -> str:
    page = read_page(html.encode(), url=URL, content_type="text/html; charset=utf-8")
    rehearsal = Rehearsal(
        page=page,
        filling=fill(page.forms[0], VISITOR, {}),
        guards=(),
        system=None,
        loaded_at=datetime.now(UTC),
        **more,
    )
    check = Check(
        name=CheckName("Shop"),
        mailbox=MailboxName("office"),
        form=FormSettings(url=URL),
    )
    return as_text(
        Rehearsed(
            check=check,
            rehearsal=rehearsal,
            seen=seen,
            problems=(),
            health=Health.OK,
            leg=None,
        )
    )


def test_a_long_value_is_shown_by_its_beginning() -> None:
    line = shown("<form><textarea name=text></textarea>").splitlines()[-1]

    assert line.startswith("  text (message): Mark abc123. Nobody needs to answer.")
    assert line.endswith("…")
    assert len(line) < 100


def test_no_control_character_of_a_page_reaches_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\x9b31m\u202e"
    text = shown(
        f"<form action='/{evil}'><select name='{evil}' required>"
        f"<option value='{evil}'>One</select><textarea name=text></textarea>"
    )

    assert "]0;owned 31m (choice): ]0;owned 31m" in text
    assert all(line.isprintable() for line in text.splitlines()[1:])


def test_it_says_why_it_took_a_browser_and_what_that_saw() -> None:
    seen = Seen(
        why="A script draws the form.",
        failed_requests=("GET shop.example/form.js: HTTP 404",),
    )

    lines = shown("<form><textarea name=text></textarea>", seen).splitlines()

    assert lines[-2:] == [
        "  In a browser: A script draws the form.",
        "  The page asked in vain for: GET shop.example/form.js: HTTP 404.",
    ]


def test_a_mail_is_shown_as_it_would_be_handed_over() -> None:
    server = SmtpPathSettings(host="smtp.example", to="office@shop.example")
    check = Check(name=CheckName("Mail"), mailbox=MailboxName("office"), smtp=server)
    mail = compose(
        VISITOR,
        sender="owner@shop.example",
        to=server.to,
        unique="abc123",
        written_at=datetime.now(UTC),
    )
    well = Rehearsed(
        check=check, rehearsal=None, mail=mail, problems=(), health=Health.OK, leg=None
    )
    badly = replace(well, mail=None, problems=("No.",), health=Health.CRITICAL)

    assert as_text(well).splitlines()[1:5] == [
        "  server: smtp.example:587",
        "  sender: owner@shop.example",
        "  to: office@shop.example",
        "  subject: Delivery test",
    ]
    assert "the mail cannot be handed over\n  Problem: No." in as_text(badly)


def test_it_tells_of_a_guard_that_the_settings_overcome() -> None:
    form = "<form><textarea name=text></textarea>"
    guard = Guard(name="hcaptcha", words="hCaptcha", form=0)

    assert "Guard: hCaptcha, from which the site is to" in shown(form, waived=(guard,))
    assert "Guard: Altcha, drawn without an error" in shown(form, widget="Altcha")
