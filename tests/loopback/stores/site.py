"""A site's database, and what a visitor has sent to it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.loopback.stores.tables import ELSEWHERE, WORDPRESS

SITE_ZONE = "America/New_York"
WHEN = datetime(2026, 7, 1, 12, 0, 5, tzinfo=UTC)
NAME, EMAIL, PHONE = "Zoë O'Brien", "zoe@example.org", "+49 30 123456-7"
SUBJECT = 'Rye "bread"'
MESSAGE = "Do you bake it on Fridays?\nÖl & Käse\\Brot/Wurst, it's for 30 🙂"
PAGE = "https://bakery.example/contact/"
COLLATION = "COLLATE utf8mb4_unicode_520_ci"
"""WordPress's own, which no connection has by itself."""


def php(value: object) -> str:
    """Write a value as PHP's `serialize` does."""
    match value:
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case int():
            return f"i:{value};"
        case list():
            return php(dict(enumerate(value)))
        case dict():
            inner = "".join(php(k) + php(v) for k, v in value.items())
            return f"a:{len(value)}:{{{inner}}}"
        case _:
            return "N;"


class Site:
    """A site's database, into which its form systems write."""

    def __init__(self, connection: Any) -> None:
        self.cursor = connection.cursor()
        for name, columns in WORDPRESS.items():
            self.cursor.execute(f"CREATE TABLE wp_{name} ({columns}) {COLLATION}")
        for name, columns in ELSEWHERE.items():
            self.cursor.execute(f"CREATE TABLE {name} ({columns}) CHARSET utf8mb4")

    def add(self, table: str, **values: object) -> int:
        """Insert a row, and return its number."""
        names = ", ".join(f"`{name}`" for name in values)
        marks = ", ".join(["%s"] * len(values))
        self.cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())
        )
        return int(self.cursor.lastrowid)

    def add_post(self, kind: str, status: str, **values: object) -> int:
        """Insert a post, and return its number."""
        return self.add(
            "wp_posts",
            **{"post_date_gmt": utc(), "post_title": "", **values},
            post_type=kind,
            post_status=status,
        )

    def add_traits(self, post: int, traits: Mapping[str, object]) -> None:
        """Insert the traits of a post."""
        for key, value in traits.items():
            self.add("wp_postmeta", post_id=post, meta_key=key, meta_value=value)


def utc(minutes: int = 0) -> str:
    """Return a time as a column in UTC has it."""
    return f"{WHEN + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"


def local(minutes: int = 0) -> str:
    """Return a time as the site's own clock shows it."""
    when = (WHEN + timedelta(minutes=minutes)).astimezone(ZoneInfo(SITE_ZONE))
    return f"{when:%Y-%m-%d %H:%M:%S}"


CF7 = {
    "your-name": NAME,
    "your-email": EMAIL,
    "your-phone": PHONE,
    "your-subject": SUBJECT,
    "your-message": MESSAGE,
}
