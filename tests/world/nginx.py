"""A real nginx before a website: a cache that keeps pages, or a wall before forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from string import Template

from tests.world import process

CONFIGURATION = Template(Path(__file__).with_suffix(".conf").read_text())


class Manners(StrEnum):
    """What it does with what passes."""

    CACHE = """
      proxy_cache pages;
      proxy_cache_valid 200 1d;
      proxy_ignore_headers Set-Cookie Cache-Control Expires;
      proxy_hide_header Set-Cookie;
      add_header X-Cache-Status $upstream_cache_status always;
    """
    WALL = "if ($request_method = POST) { return 403; }"


@contextmanager
def before(site_port: int, folder: Path, manners: Manners) -> Iterator[int]:
    """Run it before the site at `site_port`; yield its own port."""
    (port,) = process.free_ports(1)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.substitute(
            folder=folder, port=port, site_port=site_port, manners=manners
        )
    )
    log = folder / "nginx.log"
    server = process.start(["/usr/sbin/nginx", "-c", configuration, "-p", folder], log)
    try:
        process.wait_for_port(port, server, log)
        yield port
    finally:
        process.end(server)
