"""Tables as text that every spreadsheet program opens, and takes for no formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What a cell begins with that a program may execute.

https://owasp.org/www-community/attacks/CSV_Injection
"""

WIDE = str.maketrans("＝＋－＠", "=+-@")  # noqa: RUF001  that is why
"""Some programs take the wide signs of East Asian scripts for the narrow ones."""

BOM = "\ufeff"
"""By which Excel knows that a file is UTF-8."""

MOST_CELL = 30_000
"""Signs; Excel takes 32,767."""


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV (RFC 4180), each cell safe whoever wrote it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(each) for each in row] for row in rows)
    return BOM + text.getvalue()


def cell(value: str) -> str:
    """Return a cell's text, with a `'` before what would be a formula."""
    kept = "".join(
        sign if sign.isprintable() or sign == "\n" else " "
        for sign in value[:MOST_CELL].replace("\r\n", "\n")
    ).strip()
    return f"'{kept}" if kept.translate(WIDE).startswith(FORMULA) else kept
