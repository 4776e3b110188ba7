"""Into the ledger; where nobody can get in, its people hear of it all the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import structlog

from probes.errors import ProbeError
from probes.heartbeat import Beat
from watchdog.config import Config
from watchdog.emergency import Crier
from watchdog.errors import leaves
from watchdog.ledger import Ledger, LedgerError, open_ledger
from watchdog.pulse import send_heartbeat
from watchdog.rules.emergency import CRY_AFTER
from watchdog.stages.submit import Clock

log = structlog.get_logger()

PATIENCE = 60.0
"""Seconds for which a daemon waits at its start, as for a server that starts too."""
PAUSE = 2.0


@asynccontextmanager
async def waited_for(
    path: Path, config: Config, *, clock: Clock
) -> AsyncIterator[Ledger]:
    """Give a daemon the ledger, or cry and raise `LedgerError`; so too if it is lost.

    What may pass gets a minute; of anything else people hear at once.
    """
    crier = Crier.of(path)
    try:
        async with AsyncExitStack() as stack:
            yield await _opened(config, stack)
    except LedgerError as error:
        await _fail(crier, config, error, clock, patience=timedelta())
        raise


@asynccontextmanager
async def visited(path: Path, config: Config, *, clock: Clock) -> AsyncIterator[Ledger]:
    """Give a scheduled pass the ledger, or cry and raise `LedgerError`.

    What may pass is left to the next passes: people hear of it after a minute.
    """
    crier = Crier.of(path)
    try:
        async with open_ledger(await _address(config)) as ledger:
            yield ledger
    except (LedgerError, ExceptionGroup) as caught:
        for error in leaves(caught):
            if isinstance(error, LedgerError):
                patience = CRY_AFTER if error.may_pass else timedelta()
                await _fail(crier, config, error, clock, patience=patience)
                break
        raise
    else:
        await crier.works(config, now=clock())


async def _opened(config: Config, stack: AsyncExitStack) -> Ledger:
    url = await _address(config)
    ends_at = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            return await stack.enter_async_context(open_ledger(url))
        except LedgerError as error:
            if not error.may_pass or asyncio.get_running_loop().time() > ends_at:
                raise
            log.warning("ledger.awaited", error=str(error))
            await asyncio.sleep(PAUSE)


async def _address(config: Config) -> str:
    try:
        return await config.watchdog.ledger_url()
    except ProbeError as error:
        raise LedgerError(
            "The ledger's address cannot be had. {words}", words=error.message
        ) from error


async def _fail(
    crier: Crier,
    config: Config,
    error: LedgerError,
    clock: Clock,
    *,
    patience: timedelta,
) -> None:
    await send_heartbeat(config, Beat.FAIL, [str(error)])
    await crier.failed(config, error, now=clock(), patience=patience)
