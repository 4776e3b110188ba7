"""Entries as each system writes them: one that is well, and others that are not."""

from tests.loopback.stores import (
    rows_elsewhere,
    rows_in_posts,
    rows_in_tables,
    rows_of_cf7,
)
from tests.loopback.stores.site import SITE_ZONE, Site

WRITERS = (
    rows_of_cf7.flamingo,
    rows_of_cf7.cfdb7,
    rows_of_cf7.acf7db,
    rows_of_cf7.vxcf,
    rows_in_tables.wpforms,
    rows_in_tables.gravity,
    rows_in_tables.elementor,
    rows_in_tables.fluent,
    rows_in_tables.formidable,
    rows_in_tables.forminator,
    rows_in_tables.everest,
    rows_in_tables.sureforms,
    rows_in_posts.ninja,
    rows_in_posts.metform,
    rows_in_posts.jetpack,
    rows_elsewhere.drupal,
    rows_elsewhere.wagtail,
)


def fill(site: Site) -> None:
    """Write for each system a good entry, and others as it knows them."""
    site.add("wp_options", option_name="timezone_string", option_value=SITE_ZONE)
    site.add("wp_options", option_name="gmt_offset", option_value="")
    site.add("wp_posts", ID=12, post_type="wpcf7_contact_form", post_title="Contact")
    for write in WRITERS:
        write(site)
