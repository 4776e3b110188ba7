"""Which cell of a row means what, and what entry does it make?  Pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from probes.mail.charset import clean
from probes.stores import stamps, status
from probes.stores.file_settings import Columns, RowSettings
from probes.stores.files.found import Unfit
from probes.stores.meaning import Filled, understood
from probes.stores.store import MOST_FIELDS, MOST_TEXT, Entry

GUARDED = re.compile(r"'(?=[-+=@\t])")
"""How exports keep spreadsheets from taking a cell for a formula."""
MOST_NAMED = 12
MOST_ID = 200


class Rows:
    """Turns the cells of rows into entries, as the settings say."""

    def __init__(self, settings: RowSettings) -> None:
        self._columns = settings.columns
        self._zone = ZoneInfo(settings.timezone)
        self._order = settings.dates

    def names(self, found: Sequence[str]) -> Mapping[str, str]:
        """Return our names for what is in a row, to the row's own.

        Capitals and blanks do not matter where a name is not found as it is.
        """
        alike = {_folded(name): name for name in reversed(found)}
        wanted = self._columns.model_dump()
        return {
            ours: theirs if theirs in found else alike[_folded(theirs)]
            for ours, theirs in wanted.items()
            if theirs in found or _folded(theirs) in alike
        }

    def missing(self, found: Sequence[str]) -> Sequence[str]:
        """Return the columns that must be there and are not."""
        wanted, usual = self._columns.model_dump(), Columns().model_dump()
        names = self.names(found)
        return [
            theirs
            for ours, theirs in wanted.items()
            if ours not in names and (ours == "submitted_at" or theirs != usual[ours])
        ]

    def entry(self, cells: Mapping[str, str], names: Mapping[str, str]) -> Entry | None:
        """Return the entry that a row makes; None where it is no inquiry.

        Raises `ValueError` with what is wrong with it, in half a sentence.
        """
        said = {ours: _value(cells.get(theirs, "")) for ours, theirs in names.items()}
        submitted_at = self._moment(said.get("submitted_at", ""))
        state = said.get("status", "")
        if not status.is_inquiry(state):
            return None
        apart = {names.get(ours) for ours in ("id", "submitted_at", "status")}
        filled = {
            name: value
            for name, cell in islice(cells.items(), MOST_FIELDS)
            if name not in apart and (value := _value(cell))
        }
        if "email" not in names or "message" not in names:
            said = {**_understood(filled), **said}
        return Entry(
            id=said.get("id", "")[:MOST_ID] or _made_of(said, submitted_at, filled),
            submitted_at=submitted_at,
            name=said.get("name", ""),
            email=said.get("email", ""),
            phone=said.get("phone", ""),
            subject=said.get("subject", ""),
            message=said.get("message", ""),
            fields=filled,
            is_spam=status.is_spam(state),
            mail_failed=status.mail_failed(state),
        )

    def _moment(self, stamp: str) -> datetime:
        if not stamp:
            raise ValueError(f"has no “{self._columns.submitted_at}”")
        try:
            return stamps.parsed(stamp, zone=self._zone, order=self._order)
        except ValueError as error:
            raise ValueError(f"has “{stamp[:40]}” as its time, which {error}") from None


def unfit(missing: Sequence[str], found: Sequence[str]) -> Unfit:
    """Return what is wrong with a file in which columns are missing."""
    named = ", ".join(f"“{name[:60]}”" for name in found[:MOST_NAMED])
    more = ", …" if len(found) > MOST_NAMED else ""
    wanted = " and ".join(f"“{name}”" for name in missing)
    return Unfit(
        f"has no column {wanted}; it has {named or 'none'}{more}."
        " Say in [check.store.columns] what its columns are called."
    )


def _understood(filled: Mapping[str, str]) -> Mapping[str, str]:
    return understood([Filled(name=name, value=filled[name]) for name in filled])


def _value(cell: str) -> str:
    """Return a cell as text that can be kept, compared and shown."""
    text = clean(cell[:MOST_TEXT]).strip()
    return text[1:] if GUARDED.match(text) else text


def _made_of(
    said: Mapping[str, str], submitted_at: datetime, filled: Mapping[str, str]
) -> str:
    """Return a number for a row that has none: of who wrote what, and when.

    Its status is left out, and columns that an export may add: both may change.
    """
    words = [said.get(name, "") for name in ("name", "email", "phone", "message")]
    if not any(words):
        words = [f"{name}={filled[name]}" for name in sorted(filled)]
    text = "\0".join([submitted_at.isoformat(), *words])
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=10)
    return digest.hexdigest()


def _folded(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.strip().casefold()))
