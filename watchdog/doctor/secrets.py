"""The secrets: whether each can be had from where the configuration says."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from probes.errors import ProbeError
from probes.secrets import Secret
from watchdog.config import Config
from watchdog.rules.finding import Finding, broken, well

MEND = "Put it where the configuration says, or correct what the configuration says."


async def examine_secrets(config: Config) -> Sequence[Finding]:
    """Return whether each secret can be had; commands are run for it.

    Those of mailboxes are left out: only the login shows whether they are right.
    """
    everywhere = secrets_in(config.model_copy(update={"mailbox": {}}))
    return [await examine_secret(name, secret) for name, secret in everywhere]


async def examine_secret(name: str, secret: Secret) -> Finding:
    """Return whether `secret` can be had; what it is, is told to nobody."""
    try:
        await secret.reveal()
    except ProbeError as error:
        return broken(name, error.message, MEND)
    return well(name, "The secret can be had.")


def secrets_in(value: object, name: str = "") -> Iterator[tuple[str, Secret]]:
    """Yield all secrets in a part of the configuration, each by its key."""
    match value:
        case Secret():
            yield name, value
        case BaseModel():
            yield from secrets_in(dict(value), name)
        case Mapping():
            for key, inner in value.items():
                yield from secrets_in(inner, f"{name}.{key}" if name else f"{key}")
        case tuple():
            for number, inner in enumerate(value, start=1):
                yield from secrets_in(inner, f"{name} {number}")
