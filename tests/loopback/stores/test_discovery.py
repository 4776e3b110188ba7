"""What stores a database holds is found by itself."""

from probes.stores.discovery import stores_in
from tests.loopback.stores.conftest import PASSWORD, admin, mysql_url
from tests.loopback.stores.site import WHEN
from tests.loopback.stores.tables import WORDPRESS
from tests.loopback.stores.test_systems import KINDS


async def test_every_system_is_found_with_its_entries(mariadb, bakery, database):
    found = await stores_in(await database(mysql_url(mariadb, bakery)))

    assert {one.kind for one in found} == set(KINDS)
    assert all(one.newest == WHEN for one in found)
    by_kind = {one.kind: one for one in found}
    assert by_kind["gravity"].entries == 3
    assert (by_kind["gravity"].name, by_kind["gravity"].prefix) == (
        "Gravity Forms",
        "wp_",
    )
    assert by_kind["fluent"].forms == ["3"]


async def test_a_site_among_several_is_found_by_its_prefix(own, database):
    for prefix in ("wp_", "wp_2_"):
        for name in ("options", "db7_forms"):
            own.run(f"CREATE TABLE {prefix}{name} ({WORDPRESS[name]})")
    own.run("INSERT INTO wp_2_db7_forms VALUES (1, 1, '', '2026-07-01')")

    [found] = await stores_in(await database(own.url))
    assert (found.kind, found.prefix, found.entries) == ("cfdb7", "wp_2_", 1)


async def test_what_the_user_may_not_read_is_passed_over(mariadb, bakery, database):
    with admin(mariadb) as connection:
        run = connection.cursor().execute
        run(f"CREATE OR REPLACE USER few@localhost IDENTIFIED BY '{PASSWORD}'")
        run("GRANT SELECT ON bakery.wp_gf_entry TO few@localhost")
        run("GRANT SELECT ON bakery.wp_gf_entry_meta TO few@localhost")
        run("GRANT SELECT ON bakery.wp_gf_entry_notes TO few@localhost")
        run("GRANT SELECT ON bakery.wp_gf_form_meta TO few@localhost")
        run("GRANT SELECT (ID) ON bakery.wp_posts TO few@localhost")

    found = await stores_in(await database(mysql_url(mariadb, bakery, user="few")))
    assert [one.kind for one in found] == ["gravity"]
