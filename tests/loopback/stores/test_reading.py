"""Entries are read piece by piece: in time, in order, none lost, however hostile."""

import json
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from probes.errors import Unintelligible
from probes.stores.store import MOST_FIELDS, MOST_TEXT
from tests.loopback.stores.conftest import SINCE, admin, all_of, mysql_url
from tests.loopback.stores.site import CF7, MESSAGE, php
from tests.loopback.stores.tables import WORDPRESS

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def cfdb7(own):
    own.run(f"CREATE TABLE wp_options ({WORDPRESS['options']})")
    own.run(f"CREATE TABLE wp_db7_forms ({WORDPRESS['db7_forms']})")
    return own


def write(own, at: str = "2026-07-01 12:00:00", **values: object) -> None:
    row = {"form_post_id": 1, "form_value": php(CF7), "form_date": at, **values}
    marks = ", ".join(["%s"] * len(row))
    names = ", ".join(row)
    statement = f"INSERT INTO wp_db7_forms ({names}) VALUES ({marks})"
    own.run(statement, *row.values())


def set_option(own, name: str, value: str) -> None:
    own.run("INSERT INTO wp_options VALUES (%s, %s)", name, value)


@pytest.mark.parametrize(
    ("zone", "offset", "hour"),
    [
        ("Europe/Berlin", "", "10:00"),
        ("", "5.5", "06:30"),
        ("", "-3", "15:00"),
        ("", "", "12:00"),
        ("Mars/Phobos", "1", "11:00"),
        ("", "ninety", "12:00"),
        ("", "nan", "12:00"),
        ("", "900", "12:00"),
    ],
)
async def test_local_times_are_in_the_zone_of_the_site(
    cfdb7, opened, zone, offset, hour
):
    set_option(cfdb7, "timezone_string", zone)
    set_option(cfdb7, "gmt_offset", offset)
    write(cfdb7)

    [entry] = await all_of(opened("cfdb7", cfdb7.url))
    assert f"{entry.submitted_at:%d %H:%M}" == f"01 {hour}"


async def test_the_zone_that_the_configuration_names_is_believed(cfdb7, opened):
    set_option(cfdb7, "timezone_string", "Europe/Berlin")
    write(cfdb7)

    [entry] = await all_of(opened("cfdb7", cfdb7.url, timezone="America/New_York"))
    assert entry.submitted_at == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)


async def test_a_time_in_utc_stays_what_it_is_whatever_the_zone(
    mariadb, bakery, opened
):
    url = mysql_url(mariadb, bakery)
    plain = await all_of(opened("gravity", url))
    assert await all_of(opened("gravity", url, timezone="Asia/Tokyo")) == plain


async def test_only_what_was_written_since_then_is_read(cfdb7, opened):
    for minute in (10, 20, 30):
        write(cfdb7, f"2026-07-01 12:{minute}:00")

    since = datetime(2026, 7, 1, 12, 20, tzinfo=UTC)
    assert [e.id for e in await all_of(opened("cfdb7", cfdb7.url), since)] == ["2", "3"]


async def test_a_later_reading_begins_where_the_last_one_ended(cfdb7, opened):
    cfdb7.run(
        "INSERT INTO wp_db7_forms SELECT seq, 1, %s, '2026-07-01' FROM seq_1_to_250",
        php(CF7),
    )
    store = opened("cfdb7", cfdb7.url)
    pieces = [await store.read(since=SINCE, most=100)]
    while not pieces[-1].is_last:
        pieces.append(await store.read(since=SINCE, cursor=pieces[-1].cursor, most=100))
    assert [len(piece.entries) for piece in pieces] == [100, 100, 50]

    write(cfdb7)
    later = await opened("cfdb7", cfdb7.url).read(since=SINCE, cursor=pieces[-1].cursor)
    assert later.is_last
    assert later.entries[-1].id == "251"
    assert later.entries[0].id == "151"


async def test_an_entry_that_becomes_visible_late_is_not_lost(cfdb7, mariadb, opened):
    """It had its number before another that was read already."""
    store = opened("cfdb7", cfdb7.url)
    name = cfdb7.url.rpartition("/")[2]
    with admin(mariadb, name) as slow:
        slow.begin()
        slow.cursor().execute(
            "INSERT INTO wp_db7_forms VALUES (7, 1, %s, '2026-07-01')", [php(CF7)]
        )
        write(cfdb7, form_id=8)
        first = await store.read(since=SINCE)
        slow.commit()

    assert [entry.id for entry in first.entries] == ["8"]
    second = await store.read(since=SINCE, cursor=first.cursor)
    assert [entry.id for entry in second.entries] == ["7", "8"]


async def test_a_store_that_counts_anew_is_read_from_its_beginning(cfdb7, opened):
    write(cfdb7, form_id=5000)
    store = opened("cfdb7", cfdb7.url)
    cursor = (await store.read(since=SINCE)).cursor
    cfdb7.run("TRUNCATE wp_db7_forms")
    write(cfdb7)

    piece = await store.read(since=SINCE, cursor=cursor)
    assert [entry.id for entry in piece.entries] == ["1"]


async def test_an_entry_whose_fields_are_not_there_yet_comes_with_the_next_reading(
    own, opened
):
    for name in ("gf_entry", "gf_entry_meta", "gf_entry_notes", "gf_form_meta"):
        own.run(f"CREATE TABLE wp_{name} ({WORDPRESS[name]})")
    own.run(
        "INSERT INTO wp_gf_entry (form_id, date_created, status)"
        " VALUES (1, '2026-07-01', 'active')"
    )
    store = opened("gravity", own.url)
    first = await store.read(since=SINCE)
    own.run(
        "INSERT INTO wp_gf_entry_meta (entry_id, meta_key, meta_value)"
        " VALUES (1, '4', 'Do you bake it on Fridays?')"
    )
    second = await store.read(since=SINCE, cursor=first.cursor)

    assert first.entries == []
    assert [entry.message for entry in second.entries] == ["Do you bake it on Fridays?"]


@pytest.mark.parametrize("cursor", ["x", "-1", "1; DROP TABLE wp_posts", "٣"])
async def test_a_cursor_that_is_none_is_refused(cfdb7, opened, cursor):
    with pytest.raises(Unintelligible):
        await opened("cfdb7", cfdb7.url).read(since=SINCE, cursor=cursor)


async def test_what_cannot_be_understood_is_told_and_hides_nothing_else(cfdb7, opened):
    write(cfdb7, form_value="a:1:{s:4:")
    write(cfdb7, form_value='O:8:"Exploit_":1:{s:4:"name";s:3:"Ann";}x')
    write(cfdb7, form_value=php({"message": "x" * 300_000}))
    cfdb7.run("SET sql_mode = ''")
    write(cfdb7, "0000-00-00 00:00:00")
    cfdb7.run("INSERT INTO wp_db7_forms (form_value) VALUES (%s)", php(CF7))
    write(cfdb7)

    piece = await opened("cfdb7", cfdb7.url).read(since=SINCE)
    assert [entry.id for entry in piece.entries] == ["6"]
    assert len(piece.skipped) == 5
    assert all("Entry" in sentence for sentence in piece.skipped)
    assert not any("Ann" in sentence for sentence in piece.skipped)


async def test_hostile_values_come_as_plain_bounded_text(own, opened):
    for name in ("posts", "postmeta", "terms", "term_taxonomy", "term_relationships"):
        own.run(f"CREATE TABLE wp_{name} ({WORDPRESS[name]})")
    own.run(
        "INSERT INTO wp_posts (ID, post_type, post_status, post_date_gmt)"
        " VALUES (1, 'flamingo_inbound', 'publish', '2026-07-01')"
    )
    hostile = {
        "_field_your-name": "Ann\0 \x1b[31m' OR 1=1; -- \u202e🙂",
        "_field_your-message": "=cmd|' /C calc'!A0\r\n" + "x" * 200_000,
        "_field_list": "a:1000000000:{",
        "_field_deep": "a:1:{i:0;" * 500 + "}" * 500,
        "_meta": 'O:9:"PDO_Evil_":0:{}',
    }
    for key, value in hostile.items():
        own.run(
            "INSERT INTO wp_postmeta (post_id, meta_key, meta_value)"
            " VALUES (1, %s, %s)",
            key,
            value,
        )

    [entry] = await all_of(opened("flamingo", own.url))
    assert entry.name == "Ann [31m' OR 1=1; -- \u202e🙂"
    assert entry.message.startswith("=cmd|' /C calc'!A0\nxxx")
    assert len(entry.message) <= MOST_TEXT
    assert entry.fields["list"] == "a:1000000000:{"
    assert entry.page == ""


async def test_an_old_table_in_latin_1_is_read_as_text(cfdb7, opened):
    cfdb7.run("ALTER TABLE wp_db7_forms CONVERT TO CHARACTER SET latin1")
    write(cfdb7, form_value=php({"your-name": "Zoë", "your-message": "Öl für €5?"}))

    [entry] = await all_of(opened("cfdb7", cfdb7.url))
    assert (entry.name, entry.fields["your-message"]) == ("Zoë", "Öl für €5?")


async def test_json_that_names_half_a_sign_is_read(own, opened):
    own.run(
        "CREATE TABLE wagtailforms_formsubmission"
        " (id int primary key, form_data text, submit_time datetime, page_id int)"
    )
    own.run(
        "INSERT INTO wagtailforms_formsubmission VALUES (1, %s, '2026-07-01', 1)",
        r'{"name": "Ann \ud83d", "message": "a \u0000b"}',
    )

    [entry] = await all_of(opened("wagtail", own.url))
    assert (entry.name, entry.message) == ("Ann", "a b")
    assert json.dumps(entry.fields).encode()


async def test_a_large_store_is_read_in_little_memory(cfdb7, opened):
    cfdb7.run(
        "INSERT INTO wp_db7_forms SELECT seq, 1, %s,"
        " '2026-06-30' + INTERVAL seq SECOND FROM seq_1_to_10000",
        php({**CF7, "your-message": MESSAGE * 9}),
    )
    store = opened("cfdb7", cfdb7.url)
    read, cursor, is_last = 0, "", False
    sizes = []
    while not is_last:
        piece = await store.read(since=LONG_AGO + timedelta(days=1), cursor=cursor)
        read, cursor, is_last = read + len(piece.entries), piece.cursor, piece.is_last
        sizes.append(psutil.Process().memory_info().rss)

    assert read == 10_000
    # All of it would be more than thirty million bytes.
    assert max(sizes) - sizes[5] < 15_000_000


async def test_a_piece_ends_early_where_its_entries_are_large(cfdb7, opened):
    large = php({"wish": "x" * 100_000, "message": "x" * 100_000})
    cfdb7.run(
        "INSERT INTO wp_db7_forms SELECT seq, 1, %s, '2026-07-01' FROM seq_1_to_70",
        large,
    )

    store = opened("cfdb7", cfdb7.url)
    first = await store.read(since=SINCE)
    rest = await store.read(since=SINCE, cursor=first.cursor)

    assert not first.is_last
    assert rest.is_last
    numbers = [int(entry.id) for entry in [*first.entries, *rest.entries]]
    assert numbers == list(range(1, 71))


async def test_an_entry_with_too_many_fields_takes_none_of_anothers(own, opened):
    for name in ("gf_entry", "gf_entry_meta", "gf_entry_notes", "gf_form_meta"):
        own.run(f"CREATE TABLE wp_{name} ({WORDPRESS[name]})")
    own.run(
        "INSERT INTO wp_gf_entry (form_id, date_created, status)"
        " SELECT 1, '2026-07-01', 'active' FROM seq_1_to_3"
    )
    own.run(
        "INSERT INTO wp_gf_entry_meta (entry_id, meta_key, meta_value)"
        " SELECT 1, seq, 'x' FROM seq_1_to_1000"
    )
    own.run(
        "INSERT INTO wp_gf_entry_meta (entry_id, meta_key, meta_value)"
        " VALUES (3, '4', 'Do you bake it on Fridays?')"
    )

    flood, real = await all_of(opened("gravity", own.url))
    assert len(flood.fields) == MOST_FIELDS
    assert real.message == "Do you bake it on Fridays?"
