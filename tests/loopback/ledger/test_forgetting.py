"""Nothing that tells of a person is left, of whom nothing is to be known any more."""

from pathlib import Path

from sqlalchemy import Connection, make_url

from tests.world.facts import NOON, OFFICE, RIVERSIDE, after
from tests.world.kept import finding, inquiry, mail, mail_bookmark, store_bookmark
from watchdog.ledger import Ledger, open_ledger
from watchdog.ledger.tables import METADATA
from watchdog.model import CaseStep, InquiryId, MailId, StepKind

PERSONAL = ("Ada", "ada@visitor", "7946", "wedding")
BOOKED = "Ada books May 2."


async def met(ledger: Ledger, *, number: int = 1) -> tuple[InquiryId, MailId]:
    """Let Ada be missed, found in the spam folder, written to, and done with."""
    entry, span = str(number), {"since": NOON, "until": after(days=1)}
    hers = inquiry(entry, page="https://riverside.example/?who=Ada")
    about = mail(number, subject="Ada Byron wrote", senders=("ada@visitor.example",))
    await ledger.record_entries([hers], store_bookmark())
    await ledger.record_mails([about], mail_bookmark())
    [lies] = await ledger.mails(OFFICE, **span)
    [traced] = await ledger.traced([RIVERSIDE], **span)
    assert lies.id
    assert traced.inquiry.id
    found = finding("junked", mail=lies.id, evidence={"because": ["Ada is in it."]})
    await ledger.record_findings([(traced, found)], now=NOON)
    [missed] = await ledger.cases(limit=9)
    assert missed.case.id
    for kind in (StepKind.CONTACTED, StepKind.CLOSED):
        step = CaseStep(
            case=missed.case.id, done_at=NOON, kind=kind, by="ann", words=BOOKED
        )
        assert await ledger.record_step(step)
    return traced.inquiry.id, lies.id


def rows(connection: Connection) -> str:
    """Return all that is in all tables."""
    quoted = connection.dialect.identifier_preparer.quote
    return "\n".join(
        repr(connection.exec_driver_sql(f"SELECT * FROM {quoted(name)}").all())
        for name in METADATA.tables
    )


def told_in(text: str) -> set[str]:
    return {word for word in PERSONAL if word in text}


def bytes_of(path: Path) -> set[str]:
    """Return what a SQLite ledger's file and its journal tell."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return told_in("".join(file.read_bytes().decode("latin-1") for file in files))


async def test_no_table_tells_of_a_person_who_was_purged(ledger: Ledger) -> None:
    inquiry_id, mail_id = await met(ledger)
    assert told_in(await ledger.read(rows)) == set(PERSONAL)

    await ledger.delete_inquiries([inquiry_id])
    await ledger.delete_mails([mail_id])

    assert told_in(await ledger.read(rows)) == set()


async def test_no_table_tells_of_a_person_whose_time_is_over(ledger: Ledger) -> None:
    await met(ledger)

    for forget in (ledger.forget, ledger.forget_inquiries, ledger.forget_mails):
        await forget(NOON, most=9)
    assert told_in(await ledger.read(rows)) == set(PERSONAL)
    for forget in (ledger.forget, ledger.forget_inquiries, ledger.forget_mails):
        await forget(after(days=1), most=9)

    assert told_in(await ledger.read(rows)) == set()


async def test_no_byte_of_a_file_that_others_have_open_tells_of_them(
    sqlite_url: str,
) -> None:
    path = Path(str(make_url(sqlite_url).database))
    async with open_ledger(sqlite_url) as daemon, open_ledger(sqlite_url) as ledger:
        inquiry_id, mail_id = await met(daemon)
        assert bytes_of(path) == set(PERSONAL)

        await ledger.delete_inquiries([inquiry_id])
        await ledger.delete_mails([mail_id])
        await ledger.sweep()

        assert bytes_of(path) == set()
        assert await daemon.cases(limit=9) == []


async def test_what_is_deleted_is_wiped_whoever_has_built_sqlite(
    sqlite_url: str,
) -> None:
    async with open_ledger(sqlite_url) as ledger:
        asked = await ledger.read(
            lambda connection: connection.exec_driver_sql("PRAGMA secure_delete").all()
        )

    assert asked == [(1,)]
