"""Secrets: named in the configuration, kept elsewhere, printed nowhere."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Secret(BaseModel):
    """Where a secret is kept: exactly one of the four."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    env: str | None = None
    file: Path | None = None
    credential: str | None = None
    command: tuple[str, ...] | None = None

    async def reveal(self) -> str:
        """Return the secret itself, or raise `Refused` with what to mend."""
        raise NotImplementedError  # config helper writes this
