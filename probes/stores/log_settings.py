"""How to read from a web server's access log that there were inquiries."""

from typing import Literal

from probes.origin import ResolvedPath
from probes.settings import Settings
from probes.values import Text, WebUrl


class AccessLogSettings(Settings):
    """A web server's log in the common or combined format; it tells no contents."""

    kind: Literal["accesslog"] = "accesslog"
    path: ResolvedPath
    """The log, or a pattern like `/var/log/nginx/access.log*`; may be compressed."""
    page: WebUrl | None = None
    """The page on which visitors find the form. Default: the form's address."""
    endpoint: tuple[Text, ...] = ()
    """The paths that it sends to, `*` standing for anything. Default: the page's, and
    those of known form systems when they were sent to from that page."""
