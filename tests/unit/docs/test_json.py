"""The keys that docs/json.md promises are those that are printed."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from probes.forms.form import Field, Filling, Form, Meaning, Page
from probes.forms.rehearsal import Rehearsal
from probes.mail.smtp_path import Mail
from probes.seen import Seen
from probes.settings import FormSettings, SmtpPathSettings
from probes.stores.discovery import Found
from watchdog.account import Account
from watchdog.cli import (
    docket,
    drills,
    findings,
    found,
    missed_data,
    recover_report,
    rehearsals,
    verdicts,
)
from watchdog.config import Check
from watchdog.doctor import Examined
from watchdog.drill import Drilled
from watchdog.model import (
    Case,
    CaseId,
    CaseStep,
    ChannelName,
    CheckName,
    Facts,
    Health,
    Inquiry,
    InquiryId,
    InquiryStatus,
    MailboxName,
    Marker,
    Missed,
    StepKind,
    Submission,
    Traced,
)
from watchdog.proof import Proof, Result
from watchdog.rehearse import Rehearsed
from watchdog.rules.finding import well
from watchdog.rules.recovered import report
from watchdog.rules.recovery import Patience
from watchdog.rules.verdict import judge
from watchdog.rules.window import Window
from watchdog.unkept import Estimated

ROOT = Path(__file__).parents[3]
JSON = (ROOT / "docs/json.md").read_text(encoding="utf-8")
FORMS = (ROOT / "docs/forms.md").read_text(encoding="utf-8")

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
URL = "https://riverside.example/contact/"
CHECK = Check(
    name=CheckName("Riverside"),
    mailbox=MailboxName("office"),
    form=FormSettings(url=URL),
)
SENT = Submission(
    marker=Marker("cwd"),
    check=CHECK.name,
    mailbox=CHECK.mailbox,
    beat=NOW,
    submitted_at=NOW,
    expected=timedelta(minutes=2),
    due_at=NOW + timedelta(minutes=15),
)


def tables(heading: str) -> list[list[str]]:
    """Return the keys in each table below a heading of the documentation."""
    section = JSON.partition(f"\n## `{heading}`\n")[2].partition("\n## ")[0]
    found = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    return [re.findall(r"^\| `(\w+)`", table, re.MULTILINE) for table in found]


def nullable(heading: str) -> set[str]:
    """Return the keys that the documentation says may be null."""
    section = JSON.partition(f"\n## `{heading}`\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", section, re.MULTILINE)
    return {key for key, where in rows if where != "never"}


def nulls(element: dict[str, object]) -> set[str]:
    return {key for key, value in element.items() if value is None}


def rehearsed() -> Rehearsed:
    field = Field(name="text", kind="textarea", means=Meaning.MESSAGE)
    form = Form(action=URL, method="post", enctype="", charset="utf-8", fields=(field,))
    rehearsal = Rehearsal(
        page=Page(url=URL, title="", forms=(form,)),
        filling=Filling(form=form, entries=(("text", "Hello"),)),
        guards=(),
        system=None,
        loaded_at=NOW,
    )
    return Rehearsed(
        check=CHECK,
        rehearsal=rehearsal,
        seen=Seen(why="A script draws the form."),
        problems=(),
        health=Health.OK,
        leg=None,
    )


def by_mail() -> Rehearsed:
    server = SmtpPathSettings(host="smtp.example", to="office@riverside.example")
    mail = Mail(sender="it@agency.example", to=server.to, subject="", text="", raw=b"")
    check = Check(name=CHECK.name, mailbox=CHECK.mailbox, smtp=server)
    return replace(rehearsed(), check=check, rehearsal=None, mail=mail)


PATIENCE = Patience(follow_up_after=timedelta(days=4), close_after=timedelta(days=30))


def case_of_nobody() -> Missed:
    """Return a case that has nothing which can be left out."""
    return Missed(
        case=Case(id=CaseId(1), inquiry=InquiryId(1), opened_at=NOW),
        inquiry=Inquiry(check=CHECK.name, entry="1", submitted_at=NOW),
        status=None,
        mail_message_id="",
        steps=[
            CaseStep(
                case=CaseId(1), done_at=NOW, kind=StepKind.DRAFTED, by="ann", words=""
            )
        ],
    )


def test_check_prints_the_keys_that_are_documented() -> None:
    waiting = dict(verdicts.as_json(SENT, None))

    assert tables("check --json") == [list(waiting)]
    assert nulls(waiting) == nullable("check --json")


def test_a_verdict_has_the_same_keys() -> None:
    verdict = judge(Facts(submission=SENT), now=NOW + timedelta(hours=1))

    assert tables("check --json") == [list(verdicts.as_json(SENT, verdict))]


def test_a_dry_run_prints_the_keys_that_are_documented() -> None:
    element, mailed = (rehearsals.as_json(one) for one in (rehearsed(), by_mail()))

    form = element["form"]
    assert tables("check --dry-run --json") == [
        list(element),
        list(form),
        list(form["fields"][0]),
        list(mailed["mail"]),
        list(element["browser"]),
    ]


def test_a_dry_run_without_a_form_is_null_where_that_is_documented() -> None:
    nothing = Rehearsed(
        check=CHECK, rehearsal=None, problems=("No.",), health=Health.CRITICAL, leg=None
    )

    element = dict(rehearsals.as_json(nothing))

    assert nulls(element) == nullable("check --dry-run --json")


def test_the_doctor_prints_the_keys_that_are_documented() -> None:
    examined = Examined(section="Ledger", findings=[well("ledger", "It is there.")])

    (element,) = findings.as_json(examined)

    assert tables("doctor --json") == [list(element)]
    assert nulls(dict(element)) == nullable("doctor --json")


def test_stores_are_printed_by_the_keys_that_are_documented() -> None:
    store = Found(
        kind="cfdb7", name="CFDB7", prefix="wp_", entries=1, newest=None, forms=[]
    )

    element = found.as_element(store)

    assert tables("stores --json") == [list(element)]
    assert nulls(dict(element)) == nullable("stores --json")


def test_a_drill_prints_the_keys_that_are_documented() -> None:
    drilled = Drilled(
        channel=ChannelName("owner-sms"),
        ladders=[],
        sent_at=NOW,
        proof=Proof(result=Result.HANDED_OVER, words="It took it."),
    )

    element = dict(drills.as_json(drilled))

    assert tables("drill --json") == [list(element)]
    assert nulls(element) == set()


def test_the_recovery_desk_prints_the_keys_that_are_documented() -> None:
    missed = case_of_nobody()

    element = dict(docket.as_json(missed, PATIENCE, now=NOW))

    assert tables("recover list --json") == [list(element), list(element["steps"][0])]
    assert nulls(element) == nullable("recover list --json")


def test_its_report_prints_the_keys_that_are_documented() -> None:
    element = dict(recover_report.as_json(report([]), now=NOW))

    assert tables("recover report --json") == [list(element)]
    assert nulls(element) == nullable("recover report --json")


def test_every_meaning_of_a_field_is_documented_in_order() -> None:
    (line,) = re.findall(r"^`name`, .*$", FORMS, re.MULTILINE)

    assert re.findall(r"`(\w+)`", line) == [*Meaning]


def test_missed_prints_the_keys_that_are_documented() -> None:
    bare = Traced(inquiry=Inquiry(check=CHECK.name, entry="1", submitted_at=NOW))
    account = Account(
        traced=[bare],
        window=Window(),
        unread=(),
        without_store=(),
        now=NOW,
        estimates=[Estimated(check=CHECK.name, begin=NOW, end=None, estimate=None)],
    )

    picture = dict(missed_data.as_json(account, [bare]))

    window, [element] = picture["window"], picture["inquiries"]
    [number] = picture["numbers"]
    assert tables("missed --json") == [
        list(picture),
        list(window),
        list(element),
        list(number),
    ]
    assert nulls(window) | nulls(element) | nulls(number) == nullable("missed --json")
    assert picture["counts"].keys() == {*InquiryStatus}
