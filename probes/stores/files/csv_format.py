"""A CSV file: which delimiter it has, what its columns are, and its rows.

RFC 4180, and what programs make of it: semicolons, tabs, a first line `sep=;`, line
ends within quotes, quotation marks without a partner.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO

from probes.mail.charset import clean
from probes.stores.files.found import Found, Unfit
from probes.stores.files.lines import Lines, Place
from probes.stores.files.rows import Rows, unfit

DELIMITERS = ",;\t|"
MOST_RECORD = 1024 * 1024
"""Characters of a row: more are a quotation mark without its partner."""
MOST_COLUMNS = 1000
MOST_NAME = 200
"""Characters of a column's name."""

# The module's own bound, which is the whole process's, is below what people write.
csv.field_size_limit(4 * MOST_RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    begin: Place
    after: Place
    cells: Sequence[str]
    is_whole: bool = True
    is_sound: bool = True
    """False where a quotation mark has no partner."""


class CsvFormat:
    """Reads the rows of a CSV file; the first names the columns."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __call__(self, file: BinaryIO, start: Place) -> Iterator[Found]:
        """Yield what each row makes; raise `Unfit` where columns are missing."""
        lines = Lines(file)
        header, delimiter = self._header(lines)
        if not header:
            raise Unfit("is empty: not even the row is there that names its columns.")
        if missing := self._rows.missing(header):
            raise unfit(missing, header)
        names = self._rows.names(header)
        if start.offset > lines.place.offset:
            lines.back_to(start)
        for record in _records(lines, delimiter):
            yield self._found(record, header, names)

    def _header(self, lines: Lines) -> tuple[Sequence[str], str]:
        """Read the first row, by the delimiter under which most of it is ours."""
        begin = lines.place
        first = lines.next()
        if first is None or not first.text.lower().startswith("sep="):  # Excel's
            lines.back_to(begin)
        begin = lines.place
        headers = {}
        for delimiter in DELIMITERS:
            lines.back_to(begin)
            record = next(_records(lines, delimiter), None)
            headers[delimiter] = _unlike(record.cells) if record else ()
        best = max(DELIMITERS, key=lambda each: self._ours(headers[each]))
        return headers[best], best

    def _ours(self, header: Sequence[str]) -> tuple[int, int]:
        return len(self._rows.names(header)), len(header)

    def _found(
        self, record: _Record, header: Sequence[str], names: Mapping[str, str]
    ) -> Found:
        entry, problem = None, ""
        if not record.is_sound:
            problem = "has a quotation mark without its partner"
        elif any(cell.strip() for cell in record.cells):
            try:
                entry = self._rows.entry(_labelled(header, record.cells), names)
            except ValueError as error:
                problem = str(error)
        return Found(
            begin=record.begin,
            after=record.after,
            entry=entry,
            problem=problem,
            is_whole=record.is_whole,
        )


def _labelled(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells by their columns; those beyond the last one by number."""
    beyond = (f"column {number}" for number in count(len(header) + 1))
    labelled = dict(zip(header, cells, strict=False))
    return labelled | dict(zip(beyond, cells[len(header) :], strict=False))


def _unlike(header: Sequence[str]) -> Sequence[str]:
    """Return the columns' names, the later ones of the same name numbered."""
    seen: dict[str, int] = {}
    unlike = []
    for name in (clean(cell[:MOST_NAME]).strip() for cell in header):
        seen[name] = seen.get(name, 0) + 1
        unlike.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unlike


class _Feed:
    """Hands the lines of one row to the CSV reader, as far as a row may go."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._left = MOST_RECORD
        self.has_ended = False
        """Whether the file was at its end when one more line was wanted."""
        self.has_run_dry = False
        """Whether one more line was wanted and not given."""
        self.is_whole = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._lines.next() if self._left > 0 else None
        if line is None:
            self.has_run_dry = True
            self.has_ended = self._left > 0
            raise StopIteration
        self._left -= len(line.text) + 1
        self.is_whole = line.is_whole
        return line.text.replace("\r", " ") + "\n"


def _records(lines: Lines, delimiter: str) -> Iterator[_Record]:
    """Yield the rows from where `lines` are.

    A row that does not end may be one that is still being written, or one with a
    quotation mark too many.  Then reading goes on at its second line, so that a
    stray mark costs one row and not all that follow it.
    """
    while True:
        begin, feed = lines.place, _Feed(lines)
        reader = csv.reader(feed, delimiter=delimiter, skipinitialspace=True)
        cells = next(reader, None)
        if cells is None:
            return
        is_sound = not feed.has_run_dry
        if not is_sound:
            lines.back_to(begin)
            lines.next()
        yield _Record(
            begin=begin,
            after=lines.place,
            cells=cells[:MOST_COLUMNS],
            is_whole=feed.is_whole and not feed.has_ended,
            is_sound=is_sound,
        )
