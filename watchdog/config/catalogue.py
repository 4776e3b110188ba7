"""The catalogues of sentences that lie beside: a file a language."""

import tomllib
from functools import cache
from importlib.resources import files

from watchdog.rules.catalogue import ENGLISH, Catalogue


@cache
def catalogue(language: str) -> Catalogue:
    """Return how alarms are written in one of the languages of the configuration."""
    if language == ENGLISH.language:
        return ENGLISH
    file = files("watchdog.config") / "catalogues" / f"{language}.toml"
    return Catalogue(language=language, **tomllib.loads(file.read_text("utf-8")))
