"""Files that grow, are rotated or replaced are read on, piece by piece."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from probes.stores.file_settings import CsvSettings
from probes.stores.files.unpacked import opened
from probes.stores.open import open_store
from tests.loopback.stores.csv_files import (
    HEAD,
    all_of,
    csv_store,
    ids,
    piece,
    row,
    write,
)


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
