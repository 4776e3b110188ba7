"""Whether a cache serves the form's page, with a token that may have run out."""

from dataclasses import dataclass

from probes.settings import FormSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Caching:
    """What three fetches of a page have told: two alike, and one past all caches."""

    served: str
    """The field in which a cache says that it served the page, as `X-Cache: HIT`."""
    age: int | None
    """Seconds that the page lay in the cache, by its own word."""
    same_token: bool | None
    """Whether two visitors got one token; None where the form has none."""
    fresh_token: bool | None
    """Whether the page past the caches has another token than theirs; None likewise."""


async def look(settings: FormSettings) -> Caching:
    """Fetch the page as two visitors, and once past all caches; nothing is sent.

    Raises what `http.rehearse` does.
    """
    raise NotImplementedError


def past_caches(url: str, salt: str) -> str:
    """Return `url` with a query that no cache has seen: `salt`, letters and digits."""
    raise NotImplementedError
