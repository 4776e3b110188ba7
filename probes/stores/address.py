"""How a database's address in the configuration is understood."""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, exc, make_url

from probes.errors import Refused
from probes.stores.sql_settings import DatabaseSettings
from probes.trust import is_loopback, trust

PATIENCE = 20
"""Seconds to connect, and to wait for another's lock."""
STATEMENT_SECONDS = 60
"""A statement that takes longer is ended by the server."""
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
"""The system's authorities, where a Python of another make does not say."""

KNOWN = {"mysql": {"unix_socket"}, "postgresql": {"host"}, "sqlite": set[str]()}
"""What may stand behind the `?` of a URL: where the server's socket is."""


def parsed(text: str) -> URL:
    """Return a URL of the configuration; raise `Refused` where it is none of ours."""
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):
        # The text may hold a password, so no message may hold the text.
        raise Refused(
            "The database's address must look like mysql://user:password@host/name,"
            " postgresql://user:password@host/name or sqlite:////path/to/file; signs"
            " like @ : / in a password are written %40 %3A %2F."
        ) from None
    kind = {"mariadb": "mysql", "postgres": "postgresql"}.get(
        backend := url.get_backend_name(), backend
    )
    if kind not in KNOWN:
        raise Refused(f"A database of the kind {backend} cannot be read.")
    if odd := sorted(set(url.query) - KNOWN[kind]):
        raise Refused(f"The database's address must not hold ?{odd[0]}=….")
    if "host" in url.query and (url.host or not str(url.query["host"]).startswith("/")):
        raise Refused("In the database's address, ?host= must be a socket's folder.")
    if not url.database:
        raise Refused("The database's address names no database.")
    return url.set(drivername=kind)


def name_of(url: URL) -> str:
    """Return what we call a database when we speak of it: never its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.database} on {url.host or 'this machine'}"


def driven(url: URL) -> URL:
    """Return the URL as SQLAlchemy wants it; a file of SQLite is opened read-only."""
    match url.get_backend_name():
        case "mysql":
            return url.set(drivername="mysql+pymysql")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case _:
            path = quote(str(Path(str(url.database)).absolute()))
            read_only = {"mode": "ro", "uri": "true"}
            return URL.create("sqlite", database=f"file:{path}", query=read_only)


def connect_args(url: URL, settings: DatabaseSettings) -> Mapping[str, Any]:
    """Return what the driver is told: times, and the certificates that it believes.

    Raises `Refused` where the authority's file cannot be read.
    """
    is_guarded = not (_is_near(url) or settings.insecure_login)
    match url.get_backend_name():
        case "mysql":
            return {
                "connect_timeout": PATIENCE,
                "read_timeout": STATEMENT_SECONDS + PATIENCE,
                "write_timeout": PATIENCE,
                "charset": "utf8mb4",
                # PyMySQL would write it in Latin-1, and fail where it does not fit.
                "password": (url.password or "").encode(),
                **({"ssl": trust(settings.ca)} if is_guarded else {}),
            }
        case "postgresql":
            alive = {"keepalives_idle": 10, "keepalives_interval": 5}
            guard = {
                "sslmode": "verify-full",
                "sslrootcert": str(settings.ca or _authorities()),
            }
            return {
                "connect_timeout": PATIENCE,
                **alive,
                **(guard if is_guarded else {}),
            }
        case _:
            return {"timeout": PATIENCE, "check_same_thread": False}


def _is_near(url: URL) -> bool:
    """Tell whether the server is on this machine: nobody reads along on the way."""
    return bool(url.query) or is_loopback(url.host or "localhost")


def _authorities() -> str:
    return ssl.get_default_verify_paths().cafile or AUTHORITIES
