"""Files of inquiries: what is read of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probes.errors import ProbeError, Refused, Unreachable
from probes.mail.charset import clean
from probes.stores.file_settings import Columns, CsvSettings, JsonLinesSettings
from probes.stores.open import open_store
from probes.stores.store import Entry
from tests.loopback.stores.csv_files import (
    HEAD,
    all_of,
    csv_store,
    ids,
    piece,
    row,
    write,
)


async def test_a_row_is_an_inquiry(path: Path) -> None:
    write(path, HEAD + row(1, '"Two lines,\nand ""quotes"""'))

    read = await piece(csv_store(path))

    assert read.is_last
    assert read.entries == [
        Entry(
            id="1",
            submitted_at=datetime(2026, 7, 1, 10, 1, tzinfo=UTC),
            name="Ann",
            email="ann1@example.org",
            phone="+49 30 12345",
            message='Two lines,\nand "quotes"',
            fields={
                "name": "Ann",
                "email": "ann1@example.org",
                "phone": "+49 30 12345",
                "message": 'Two lines,\nand "quotes"',
            },
        )
    ]


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("spam", (True, None)),
        ("flamingo-spam", (True, None)),
        ("Junk", (True, None)),
        ("mail_failed", (False, True)),
        ("Mail not sent", (False, True)),
        ("not delivered", (False, True)),
        ("no error", (False, None)),
        ("Not spam", (False, None)),
        ("non-spam", (False, None)),
        ("mail_sent", (False, False)),
        ("new", (False, None)),
    ],
)
async def test_the_status_tells_spam_and_failed_mail(
    path: Path, status: str, means: tuple[bool, bool | None]
) -> None:
    write(path, HEAD + row(1, status=status))

    (entry,) = (await piece(csv_store(path))).entries

    assert (entry.is_spam, entry.mail_failed) == means


@pytest.mark.parametrize("status", ["Trash", "draft", "partial"])
async def test_what_was_never_sent_off_or_thrown_away_is_no_inquiry(
    path: Path, status: str
) -> None:
    write(path, HEAD + row(1, status=status) + row(2))

    assert ids(await piece(csv_store(path))) == ["2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_any_export_is_read_as_it_is(
    path: Path, delimiter: str, encoding: str, newline: str
) -> None:
    lines = [
        "Submitted At|E-Mail|Name|Message",
        "13.07.2026 14:00|a@b.example|Jürgen|Ä ?",
    ]
    text = "".join(line.replace("|", delimiter) + newline for line in lines)
    write(path, text.encode(encoding))

    (entry,) = (await piece(csv_store(path, email="E-Mail"))).entries

    assert (entry.name, entry.email, entry.message) == ("Jürgen", "a@b.example", "Ä ?")
    assert entry.submitted_at == datetime(2026, 7, 13, 14, tzinfo=UTC)


async def test_excel_may_name_the_delimiter(path: Path) -> None:
    write(path, "sep=;\nid;submitted_at;message\n7;2026-07-01 10:00;a, b\n")

    (entry,) = (await piece(csv_store(path))).entries

    assert (entry.id, entry.message) == ("7", "a, b")


async def test_columns_in_another_language_are_understood(path: Path) -> None:
    write(
        path,
        "Datum,Ihr Name,Ihre E-Mail-Adresse,Ihre Nachricht\n"
        "1.7.2026 10:00,Ann Lee,ann@example.org,Guten Tag\n",
    )

    (entry,) = (await piece(csv_store(path, submitted_at="Datum"))).entries

    assert entry.name == "Ann Lee"
    assert entry.email == "ann@example.org"
    assert entry.message == "Guten Tag"


async def test_a_missing_column_is_told_with_those_that_are_there(path: Path) -> None:
    write(path, "nr,when,mail\n1,2026-07-01 10:00,a@b.example\n")

    with pytest.raises(Refused) as told:
        await piece(csv_store(path, email="address"))

    assert str(told.value) == (
        f"{path} has no column “submitted_at” and “address”; it has “nr”, “when”,"
        " “mail”. Say in [check.store.columns] what its columns are called."
    )


async def test_a_file_without_even_a_header_is_no_record_of_nobody(path: Path) -> None:
    write(path, "")

    with pytest.raises(Refused, match="is empty: not even the row"):
        await piece(csv_store(path))


async def test_a_column_of_the_usual_name_may_be_missing(path: Path) -> None:
    write(path, "submitted_at,email\n2026-07-01 10:00,a@b.example\n")

    (entry,) = (await piece(csv_store(path, email="email", phone="phone"))).entries

    assert (entry.email, entry.phone) == ("a@b.example", "")


async def test_a_bad_row_is_told_with_its_line_and_costs_no_other(path: Path) -> None:
    write(path, HEAD + row(1, '"two\nlines"') + "2,never,Ann,,,,\n" + row(3))

    read = await piece(csv_store(path))

    assert ids(read) == ["1", "3"]
    (told,) = read.skipped
    assert told.startswith(f"{path}, line 4 has “never” as its time")


async def test_a_stray_quotation_mark_costs_one_row(path: Path) -> None:
    write(path, HEAD + row(1) + row(2, '"never closed') + row(3) + row(4))

    read = await piece(csv_store(path))

    assert ids(read) == ["1", "3", "4"]
    assert read.skipped == [f"{path}, line 3 has a quotation mark without its partner."]


async def test_a_row_with_too_few_or_too_many_cells_is_read(path: Path) -> None:
    write(path, HEAD + "1,2026-07-01 10:00,Ann\n" + row(2, "a, b", "new,more"))

    short, long = (await piece(csv_store(path))).entries

    assert (short.name, short.message) == ("Ann", "")
    assert long.fields["column 8"] == "new"


async def test_a_row_without_a_number_gets_one_that_stays(path: Path) -> None:
    head, cells = "submitted_at,email,message", "2026-07-01 10:00,a@b.example,Hi"
    write(path, f"{head},status\n{cells},new\n{cells.replace('Hi', 'Ho')},new\n")
    first = (await piece(csv_store(path))).entries
    write(path, f"{head},owner,status\n{cells},Bob,spam\n")
    later = (await piece(csv_store(path))).entries

    assert len({entry.id for entry in first}) == 2
    assert later[0].id == first[0].id


async def test_what_spreadsheets_are_guarded_from_is_bared(path: Path) -> None:
    write(path, HEAD + row(1, "'=1+1"))

    (entry,) = (await piece(csv_store(path))).entries

    assert entry.message == "=1+1"


async def test_huge_cells_and_zero_bytes_are_bounded(path: Path) -> None:
    write(path, HEAD + row(1, "x" * 900_000) + row(2, "a\0b\x1b[31mc"))

    long, odd = (await piece(csv_store(path))).entries

    assert len(long.message) == 100_000
    assert odd.message == "ab[31mc"


async def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(Unreachable, match=r"There is no file .*inquiries\.csv"):
        await piece(csv_store(path))
    with pytest.raises(Unreachable, match=r"There is no file .*\*\.csv"):
        await piece(csv_store(path.with_name("*.csv")))
    with pytest.raises(Refused, match="is no file"):
        await piece(csv_store(path.parent))


async def test_an_object_on_each_line_is_an_inquiry(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.jsonl"
    inquiry = {
        "id": 7,
        "created": 1782900000,
        "person": {"name": "Ann", "mail": "ann@example.org"},
        "message": "Hello",
        "topics": ["one", "two"],
    }
    write(path, f"{json.dumps(inquiry)}\n\nnonsense\n[1]\n" + '{"id": 8')
    columns = Columns(submitted_at="created", name="person.name", email="person.mail")

    read = await piece(open_store(JsonLinesSettings(path=path, columns=columns)))

    (entry,) = read.entries
    assert (entry.id, entry.name, entry.email) == ("7", "Ann", "ann@example.org")
    assert entry.fields["topics"] == "one, two"
    assert read.skipped == [
        f"{path}, line 3 is no JSON object.",
        f"{path}, line 4 is no JSON object.",
    ]


async def test_a_json_list_is_told_apart_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.jsonl"
    write(path, '[{"id": 1}]')

    with pytest.raises(Refused, match="is a JSON list"):
        await piece(open_store(JsonLinesSettings(path=path)))


@pytest.mark.parametrize("kind", [CsvSettings, JsonLinesSettings])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(raw=st.binary(max_size=400), tail=st.binary(max_size=80))
async def test_any_bytes_make_entries_or_one_clear_sentence(
    tmp_path: Path,
    kind: type[CsvSettings | JsonLinesSettings],
    raw: bytes,
    tail: bytes,
) -> None:
    path = tmp_path / "any"
    for content in (raw, HEAD.encode() + raw, HEAD.encode() + row(1).encode() + tail):
        write(path, content)
        try:
            entries = await all_of(open_store(kind(path=path)), most=1)
        except ProbeError as error:
            said = str(error)
        else:
            said = "".join(entry.id for entry in entries)
        assert clean(said) == said
