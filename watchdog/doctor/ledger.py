"""The ledger: whether it can be kept where the configuration says."""

import shutil
from collections.abc import Sequence

from probes.errors import ProbeError
from watchdog.config import Config
from watchdog.ledger import LedgerError
from watchdog.ledger.trial import file_of, folder_of, try_ledger
from watchdog.rules.finding import Finding, broken, of_room, well

SUBJECT = "ledger"
MEND = "Mend that, or name another place by `ledger` in [watchdog]."


async def examine_ledger(config: Config) -> Sequence[Finding]:
    """Return whether the ledger can be read and written, and has room to grow."""
    try:
        url = await config.watchdog.ledger_url()
        is_there = await try_ledger(url)
    except (ProbeError, LedgerError) as error:
        return [broken(SUBJECT, str(error), MEND)]
    words = (
        "It can be read and written."
        if is_there
        else "There is none yet; it can be made where the configuration says."
    )
    findings = [well(SUBJECT, words)]
    if file := file_of(url):
        free = shutil.disk_usage(folder_of(file)).free
        findings.append(of_room(SUBJECT, free=free))
    return findings
