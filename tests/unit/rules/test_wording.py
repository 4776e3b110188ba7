"""Alarms, as their readers see them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from probes.channels.sms_text import MOST_SEPTETS, fit, septets
from tests.world.facts import NOON, RIVERSIDE, after, verdict
from watchdog.config.catalogue import catalogue
from watchdog.model import (
    Alarm,
    ChannelName,
    CheckName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Leg,
    Outcome,
    Reason,
    Way,
)
from watchdog.rules.roll import Roll
from watchdog.rules.wording import MOST_CHECKS, Known, drill, words

BERLIN = ZoneInfo("Europe/Berlin")
OPENED = Alarm(
    channel=ChannelName("mail"),
    step=0,
    reason=Reason.OPENED,
    created_at=NOON,
    due_at=NOON,
)
LOSS = Incident(
    id=IncidentId(12),
    kind=IncidentKind.LOSS,
    shared="mailbox:office",
    checks=frozenset({RIVERSIDE}),
    outcome=Outcome.MISSING,
    health=Health.CRITICAL,
    opened_at=NOON,
    window_from=after(hours=-1),
)
LOST = {
    RIVERSIDE: verdict(
        cause="It is in no folder.\x1b[31m\nNowhere.", advice="Ask your <web> host."
    )
}
OVER = {"resolved_at": after(hours=2), "window_to": after(minutes=110)}


def written(
    reason: Reason = Reason.OPENED,
    *,
    called: str = "",
    way: Way = Way.FORM,
    **changes: Any,
) -> Any:
    return words(
        replace(OPENED, reason=reason),
        replace(LOSS, **changes),
        Known(troubles=LOST, called=called, way=way),
        now=after(minutes=5),
        zone=BERLIN,
    )


def test_an_opened_incident_reads_so():
    assert written().text == (
        "Messages from “Riverside Studio contact form” do not reach you.\n"
        "\n"
        "Noticed: 2026-11-22 13:00 CET, for 5 min.\n"
        "\n"
        "In doubt: The last message that came well was sent 2026-11-22 12:00 CET;"
        " what was written since may be lost.\n"
        "\n"
        "Where: Between the website and the mailbox.\n"
        "\n"
        "What we saw: It is in no folder. [31m Nowhere.\n"
        "\n"
        "What to do: Ask your <web> host.\n"
        "\n"
        "If you know: “contact-watchdog ack 12” ends the reminders.\n"
    )


def test_what_has_just_been_noticed_has_not_lasted() -> None:
    known = Known(troubles=LOST)

    told = words(OPENED, LOSS, known, now=after(seconds=59), zone=BERLIN)

    assert "Noticed: 2026-11-22 13:00 CET.\n" in told.text


def test_its_sms_says_the_essence_first():
    assert written().short == (
        "Messages from “Riverside Studio contact form” do not reach you."
        " Since 2026-11-22 13:00 CET. (#12)"
    )


def test_its_page_takes_no_html_from_what_servers_said():
    assert "Ask your &lt;web&gt; host." in written().html
    assert "<web>" not in written().html


def test_however_much_a_server_said_the_alarm_stays_short_enough_to_be_taken():
    lost = {RIVERSIDE: verdict(cause="A" * 1_000_000, advice="B" * 1_000_000)}
    told = words(OPENED, LOSS, Known(troubles=lost), now=after(minutes=5), zone=BERLIN)
    assert len(told.text + told.html) < 10_000


def test_a_resolved_incident_reads_so():
    over = written(Reason.RESOLVED, called="Lost.", **OVER)
    assert over.subject == "[Resolved] Lost."
    assert over.text.startswith(
        "Messages from “Riverside Studio contact form” reach you again.\n"
    )
    assert "for 2 h." in over.text
    assert (
        "sent 2026-11-22 12:00 CET, the first one after it 2026-11-22 14:50 CET"
        in over.text
    )
    assert "What to do" not in over.text
    assert "ack" not in over.text
    assert over.short.endswith("2026-11-22 13:00 CET to 2026-11-22 15:00 CET. (#12)")


def test_who_never_heard_of_it_is_told_by_its_end_what_it_was():
    over = written(Reason.RESOLVED, **OVER)
    assert over.subject == f"Over by now: {written().subject}"
    assert over.text.startswith(f"{over.subject}\n")
    assert over.short.startswith(over.subject)


def test_what_was_only_no_longer_watched_is_not_called_well():
    over = written(Reason.RESOLVED, resolved_at=after(hours=2))
    assert over.subject.endswith("no longer watched. The trouble was not seen to end.")


@pytest.mark.parametrize("called", ["", "People cannot write to you."])
def test_the_end_of_a_check_that_sends_nothing_claims_no_delivery(called: str) -> None:
    over = written(
        Reason.RESOLVED,
        called=called,
        way=Way.WIDGET,
        outcome=Outcome.REFUSED,
        window_from=None,
        resolved_at=after(hours=2),
    )

    assert "Whether messages reach you is not tested." in over.text
    assert "reach you again" not in over.text
    assert "no longer watched" not in f"{over.subject} {over.text}"


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_first_line_of_each_outcome_names_the_form(outcome):
    said = written(outcome=outcome)
    assert said.subject == said.text.splitlines()[0]
    assert "“Riverside Studio contact form”" in said.subject


@pytest.mark.parametrize("kind", list(IncidentKind))
def test_the_end_of_each_kind_names_the_form(kind):
    said = written(Reason.RESOLVED, kind=kind, **OVER)
    assert "“Riverside Studio contact form”" in said.subject


@pytest.mark.parametrize("outcome", [Outcome.BLIND, Outcome.BLOCKED])
def test_what_we_cannot_see_is_never_called_lost(outcome):
    said = written(Reason.BLIND, outcome=outcome, health=Health.UNKNOWN)
    assert "do not reach" not in said.subject
    assert said.subject.startswith("We cannot ")


def test_reminders_and_what_grew_worse_say_so_first():
    assert written(Reason.REMINDER).subject.startswith("Still so: Messages from ")
    assert written(Reason.WORSE).subject.startswith("Worse now: Messages from ")


def test_an_incident_that_somebody_knows_needs_no_acknowledging():
    assert "ack" not in written(Reason.WORSE, acknowledged_at=NOON).text


def test_of_a_mail_without_a_form_no_form_is_told():
    refused = verdict(leg=Leg.SERVER, outcome=Outcome.REFUSED, cause="550 No.")
    told = words(
        OPENED,
        replace(
            LOSS,
            outcome=Outcome.REFUSED,
            checks=frozenset({RIVERSIDE, CheckName("Other"), CheckName("Third")}),
        ),
        Known(troubles={RIVERSIDE: refused}, way=Way.MAIL),
        now=after(minutes=5),
        zone=BERLIN,
    )

    first, *rest = told.text.splitlines()
    assert first == "The mail server does not take messages for “Other” and 2 more."
    assert "Where: At the mail server that takes the message." in rest
    assert any(line.startswith("Checks: ") for line in rest)
    assert "website" not in told.text


def test_a_mail_that_is_lost_was_lost_behind_its_server():
    lost = {RIVERSIDE: verdict(leg=Leg.MAIL)}
    told = words(
        OPENED,
        LOSS,
        Known(troubles=lost, way=Way.MAIL),
        now=after(minutes=5),
        zone=BERLIN,
    )

    assert "Where: Between the mail server and the mailbox." in told.text


def test_many_forms_are_named_up_to_a_point_and_counted():
    names = [CheckName(f"Form {n:02}") for n in range(MOST_CHECKS + 3)]
    said = words(
        OPENED,
        replace(LOSS, checks=frozenset(names)),
        Known(troubles={names[0]: verdict(check=names[0])}),
        now=NOON + timedelta(minutes=5),
        zone=BERLIN,
    )
    assert said.subject.startswith("Messages from “Form 00” and 12 other forms ")
    assert "Forms: Form 00 (missing); Form 01; " in said.text
    assert "Form 09; and 3 more." in said.text
    assert "Form 10" not in said.text


def test_a_drill_says_that_nothing_is_wrong():
    assert drill().subject == drill().short == "This is only a drill: nothing is wrong."


def test_a_warning_says_what_may_come_and_what_to_do() -> None:
    told = written(
        Reason.WARNING,
        kind=IncidentKind.WARNING,
        outcome=Outcome.DELIVERED,
        window_from=None,
        words="The certificate of riverside.example ends on 2026-12-01, in 9 days.",
        advice="Renew it <now>.",
    )

    assert told.subject == (
        "The certificate of riverside.example ends on 2026-12-01, in 9 days."
    )
    assert "Meanwhile: Nothing is known to be lost yet.\n" in told.text
    assert "What to do: Renew it <now>.\n" in told.text
    assert "Renew it &lt;now&gt;." in told.html
    assert "contact-watchdog ack" not in told.text


def test_the_end_of_a_warning_tells_what_it_was() -> None:
    told = written(
        Reason.RESOLVED,
        kind=IncidentKind.WARNING,
        window_from=None,
        resolved_at=after(hours=2),
        words="The mailbox office is 91 % full.",
        advice="Make room.",
    )

    assert told.subject == f"What we warned of at “{RIVERSIDE}” is over."
    assert "Warned of: The mailbox office is 91 % full.\n" in told.text
    assert "Make room." not in told.text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", [IncidentKind.LOSS, IncidentKind.REAL_LOSS])
@pytest.mark.parametrize("reason", [Reason.OPENED, Reason.WORSE, Reason.RESOLVED])
def test_a_text_message_has_room_for_how_many_were_missed(
    reason: Reason, kind: IncidentKind, language: str
) -> None:
    form = CheckName("Form of the very long name of a firm, " * 5)
    over = OVER if reason is Reason.RESOLVED else {}
    told = words(
        replace(OPENED, reason=reason),
        replace(LOSS, kind=kind, checks=frozenset({form, RIVERSIDE}), **over),
        Known(troubles={}, roll=Roll(count=123), called="Contact form"),
        now=after(minutes=5),
        zone=BERLIN,
        texts=catalogue(language),
    )

    sms = fit(told.short)

    is_told = kind is IncidentKind.LOSS or reason is not Reason.RESOLVED
    assert septets(sms) <= MOST_SEPTETS
    assert ("123" in sms) is is_told


def test_later_mails_bear_the_first_ones_subject_and_say_what_is_new() -> None:
    def subject(reason: Reason, **changes: Any) -> str:
        return words(
            replace(OPENED, reason=reason),
            replace(LOSS, **changes),
            Known(troubles=LOST, called="Messages do not come."),
            now=after(minutes=5),
            zone=BERLIN,
        ).subject

    assert subject(Reason.REMINDER) == "[Still so] Messages do not come."
    assert subject(Reason.WORSE) == "[Worse now] Messages do not come."
    assert subject(Reason.RESOLVED, **OVER) == "[Resolved] Messages do not come."
    gone = subject(Reason.RESOLVED, resolved_at=after(hours=2))
    assert gone == "[No longer watched] Messages do not come."


def test_real_people_are_missed_since_the_first_of_them_and_not_since_we_know() -> None:
    real = replace(LOSS, kind=IncidentKind.REAL_LOSS)
    roll = Roll(count=9, first_at=after(days=-80))

    said = words(
        OPENED, real, Known(troubles={}, roll=roll), now=after(minutes=5), zone=BERLIN
    )

    assert "Since 2026-09-03 14:00 CEST." in said.short


def test_no_long_word_makes_the_page_wider_than_its_window() -> None:
    assert "overflow-wrap:anywhere" in written().html


def test_a_first_mail_about_real_people_holds_no_number_that_may_grow() -> None:
    told = words(
        OPENED,
        replace(LOSS, kind=IncidentKind.REAL_LOSS),
        Known(troubles={}, roll=Roll(count=3)),
        now=after(minutes=5),
        zone=BERLIN,
    )

    assert told.subject == f"Inquiries through “{RIVERSIDE}” did not reach you."
    assert told.text.startswith(f"3 inquiries through “{RIVERSIDE}” did not reach you.")
