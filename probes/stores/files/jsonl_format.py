"""JSON Lines: an object on each line (jsonlines.org), its values by dotted names."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from probes.stores.files.found import Found, Unfit
from probes.stores.files.lines import Line, Lines, Place
from probes.stores.files.rows import Rows
from probes.stores.flat import flat
from probes.stores.store import Entry


class JsonLinesFormat:
    """Reads the objects of a JSON Lines file."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __call__(self, file: BinaryIO, start: Place) -> Iterator[Found]:
        """Yield what each line makes; raise `Unfit` for a single JSON list."""
        lines = Lines(file, start)
        begin = lines.place
        while line := lines.next():
            if begin.line == 0 and line.text.lstrip().startswith("["):
                raise Unfit("is a JSON list: JSON Lines have an object on each line.")
            entry, problem = None, ""
            try:
                entry = self._entry(line)
            except ValueError as error:
                # A line that is being written is no object yet.
                problem = str(error) if line.is_whole else ""
            yield Found(
                begin=begin,
                after=line.after,
                entry=entry,
                problem=problem,
                is_whole=line.is_whole,
            )
            begin = line.after

    def _entry(self, line: Line) -> Entry | None:
        if not line.text.strip():
            return None
        cells = _object(line)
        found = list(cells)
        return self._rows.entry(cells, self._rows.names(found))


def _object(line: Line) -> Mapping[str, str]:
    if line.is_cut:
        raise ValueError("is longer than we read")
    try:
        value = json.loads(line.text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004  of what is written
    return flat(value)
