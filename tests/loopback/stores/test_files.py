"""Files of inquiries: what is read of them, and how reading goes on later."""

import bz2
import gzip
import json
import lzma
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probes.errors import ProbeError, Refused, Unreachable
from probes.mail.charset import clean
from probes.stores.file_settings import Columns, CsvSettings, JsonLinesSettings
from probes.stores.files.unpacked import opened
from probes.stores.open import open_store
from probes.stores.store import Entry, Piece, Store

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = "id,submitted_at,name,email,phone,message,status\n"
LONG_AGO = 1_000_000_000


def row(number: int, message: str = "Hello", status: str = "") -> str:
    at = f"2026-07-01T10:{number % 60:02}:00Z"
    address = f"ann{number}@example.org"
    return f"{number},{at},Ann,{address},+49 30 12345,{message},{status}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inquiries.csv"


def csv_store(path: Path, **columns: str) -> Store:
    return open_store(CsvSettings(path=path, columns=Columns(**columns)))


def write(path: Path, text: str | bytes) -> None:
    """Write a file that nobody has touched for long."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (LONG_AGO, LONG_AGO))


async def piece(store: Store, cursor: str = "", most: int = 500) -> Piece:
    return await store.read(since=SINCE, cursor=cursor, most=most)


async def all_of(store: Store, most: int = 3) -> Sequence[Entry]:
    entries: list[Entry] = []
    cursor, is_last = "", False
    while not is_last:
        read = await piece(store, cursor, most)
        entries += read.entries
        cursor, is_last = read.cursor, read.is_last
    return entries


def ids(read: Piece) -> list[str]:
    return [entry.id for entry in read.entries]


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


async def test_only_what_was_written_since_is_told(path: Path) -> None:
    write(path, HEAD + row(1) + row(2))

    read = await csv_store(path).read(since=datetime(2026, 7, 1, 10, 2, tzinfo=UTC))

    assert ids(read) == ["2"]


async def test_a_big_file_is_read_in_pieces(path: Path) -> None:
    write(path, HEAD + "".join(row(number) for number in range(20)))

    entries = await all_of(csv_store(path))

    assert [entry.id for entry in entries] == [str(number) for number in range(20)]


async def test_newest_first_is_told_oldest_first_within_a_piece(path: Path) -> None:
    write(path, HEAD + row(3) + row(2) + row(1))

    assert ids(await piece(csv_store(path))) == ["1", "2", "3"]


async def test_a_file_that_grows_is_read_on(path: Path) -> None:
    store = csv_store(path)
    write(path, HEAD + row(1))
    first = await piece(store)
    with path.open("a") as file:
        file.write(row(2))

    assert ids(await piece(store, first.cursor)) == ["2"]


async def test_a_row_in_the_making_is_told_when_it_is_whole(path: Path) -> None:
    store = csv_store(path)
    write(path, HEAD + row(1) + '2,2026-07-01T11:00:00Z,Ann,a@b.example,,"Half a')
    first = await piece(store)
    write(
        path, HEAD + row(1) + '2,2026-07-01T11:00:00Z,Ann,a@b.example,,"Half a\nrow",\n'
    )
    second = await piece(store, first.cursor)

    assert ids(first) == ["1"]
    assert [entry.message for entry in second.entries] == ["Half a\nrow"]


async def test_a_last_row_without_its_line_end_is_told(path: Path) -> None:
    store = csv_store(path)
    write(path, HEAD + row(1) + row(2).rstrip())
    first = await piece(store)

    assert ids(first) == ["1", "2"]
    assert ids(await piece(store, first.cursor)) == []


async def test_a_file_that_was_written_anew_is_read_anew(path: Path) -> None:
    store = csv_store(path)
    write(path, HEAD + row(1) + row(2))
    first = await piece(store)
    write(path, HEAD + row(3) + row(2) + row(1))

    assert ids(await piece(store, first.cursor)) == ["1", "2", "3"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
async def test_nothing_is_lost_or_told_twice_when_files_are_rotated(
    path: Path, pack: Callable[[bytes], bytes]
) -> None:
    store = open_store(CsvSettings(path=path.with_name("inquiries.csv*")))
    write(path, HEAD + row(1))
    first = await piece(store)
    old = path.read_bytes() + row(2).encode()
    write(path.with_name("inquiries.csv.1"), pack(old))
    path.write_text(HEAD + row(3))

    assert ids(await piece(store, first.cursor)) == ["2", "3"]


async def test_a_damaged_archive_is_told_and_costs_no_other_file(path: Path) -> None:
    store = open_store(CsvSettings(path=path.with_name("inquiries*")))
    packed = gzip.compress((HEAD + row(1)).encode())
    write(path.with_name("inquiries.gz"), packed[:-12])
    write(path, HEAD + row(2))

    read = await piece(store)

    assert "2" in ids(read)
    (told,) = read.skipped
    assert "is damaged or far too big" in told


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_an_archive_without_end_is_left_at_a_bound(
    path: Path, pack: Callable[[bytes], bytes]
) -> None:
    write(path, pack(bytes(1_000_000)))

    with opened(path, most=500_000) as file:
        file.read(400_000)
        with pytest.raises(EOFError):
            file.readline(200_000)


async def test_a_cursor_that_is_none_of_ours_begins_anew(path: Path) -> None:
    write(path, HEAD + row(1))

    for cursor in ("nonsense", "[[1]]", "7", '[["a","b",1,2,3]]', "[" * 9999):
        assert ids(await piece(csv_store(path), cursor)) == ["1"]


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
