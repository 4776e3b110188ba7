"""Makes the site's database, and serves the site: one process, one import of Wagtail.

Run as `python -m tests.world.wagtail_app.serve PORT`, with what `settings` wants in
the environment.
"""

import os
import sys
from functools import partial
from wsgiref.simple_server import make_server

import django
from django.apps import apps
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection

FIELDS = (
    ("Your name", "singleline", True),
    ("Email", "email", True),
    ("Phone", "singleline", False),
    ("Message", "multiline", True),
    ("You may store my message", "checkbox", True),
)


def make_pages() -> None:
    """Make the root, the site, and below it the contact page."""
    core = partial(apps.get_model, "wagtailcore")
    ours = partial(apps.get_model, "wagtail_app")
    core("Locale").objects.create(language_code="en")
    home = core("Page").add_root(title="Home", slug="home")
    core("Site").objects.create(
        hostname="127.0.0.1", root_page=home, is_default_site=True
    )
    field = ours("ContactField")
    page = ours("ContactPage")(
        title="Contact",
        slug="contact",
        subject="Website enquiry",
        from_address="website@example.test",
    )
    page.form_fields = [
        field(label=label, field_type=kind, required=required, sort_order=order)
        for order, (label, kind, required) in enumerate(FIELDS)
    ]
    home.add_child(instance=page)


def main(port: int) -> None:
    """Serve until ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.world.wagtail_app.settings"
    django.setup()
    if not connection.introspection.table_names():
        call_command("migrate", run_syncdb=True, verbosity=0)
        make_pages()
    with make_server("127.0.0.1", port, get_wsgi_application()) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
