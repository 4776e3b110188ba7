"""Stores at services that a test answers for."""

from datetime import timedelta
from typing import Any

from probes.secrets import Secret
from probes.stores.rest.asking import Patience
from probes.stores.rest.open import open_service
from probes.stores.rest_settings import HostedSettings, WordPressApiSettings
from probes.stores.store import Piece, Store
from tests.loopback.stores.service_answers import NOON
from tests.loopback.stores.service_site import ServiceSite

SINCE = NOON - timedelta(days=7)
HASTE = Patience(tries=3, first_pause=0.01, seconds=60, pages=20)


def hosted(kind: Any, site: ServiceSite, key: Secret, **more: Any) -> Store:
    settings = HostedSettings(
        kind=kind, token=key, form="f/1", site="s1", api=site.address, **more
    )
    return open_service(settings, HASTE)


def wordpress(kind: Any, site: ServiceSite, key: Secret, **more: Any) -> Store:
    settings = WordPressApiSettings(
        kind=kind, site=site.address, user="ck_1", password=key, **more
    )
    return open_service(settings, HASTE)


async def piece(store: Store, cursor: str = "", most: int = 500) -> Piece:
    return await store.read(since=SINCE, cursor=cursor, most=most)
