"""A service's form in the page of a shop, and what was sent where."""

import json

from tests.loopback.forms.internet import Internet
from tests.loopback.forms.systems.spoken import Said
from tests.loopback.forms.systems.spoken_hosted import PAGE, Hosted
from tests.loopback.forms.systems.test_systems import entries
from tests.loopback.forms.website import Heard, answer


def shown(internet: Internet, hosted: Hosted, said: Said) -> None:
    """Let the shop show the form, and the service take it."""
    internet.says(PAGE, answer(hosted.page))
    if hosted.shows:
        kind = "text/html" if hosted.form.startswith("<") else "application/json"
        internet.says(hosted.shows, answer(hosted.form, kind=kind))
    kind = "text/html" if said.body.startswith("<") else "application/json"
    told = answer(said.body, status=said.status, kind=kind)
    internet.says(hosted.to, told, method="POST")


def heard(internet: Internet) -> dict[str, Heard]:
    """Return what was posted, by the address it went to."""
    return {
        f"https://{host}{post.path}": post
        for host, site in internet.sites.items()
        for post in site.posts
    }


def posted(post: Heard) -> dict[str, str]:
    if post.headers["content-type"] != "application/json":
        return entries(post)
    return {one["name"]: one["value"] for one in json.loads(post.body)["fields"]}
