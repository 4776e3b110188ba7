"""By which ids an incident's mails are one thread, and an alarm told twice is one."""

import hashlib
import hmac
from collections.abc import Sequence

from watchdog.model import Alarm, AlarmId
from watchdog.rules.hearing import may_have_heard


def message_id(key: bytes, alarm: AlarmId, domain: str) -> str:
    """Return the id of an alarm's mail: the same whoever sends it, however often.

    `key` is the ledger's, so that two ledgers of one domain differ.
    """
    word = hmac.digest(key, f"alarm {alarm}".encode(), hashlib.sha256).hex()[:32]
    return f"<{word}@{domain}>"


def called(alarm: Alarm, alarms: Sequence[Alarm]) -> str:
    """Return what the first mail of this channel's thread was called; empty for none.

    Later ones must bear the same subject to stay in the thread.
    """
    its = [one for one in alarms if one.channel == alarm.channel and one.id != alarm.id]
    return next((one.subject for one in its if one.subject), "")


def earlier(
    key: bytes, alarm: Alarm, alarms: Sequence[Alarm], domain: str
) -> list[str]:
    """Return the ids of what this channel has heard before, oldest first."""
    return [
        message_id(key, one.id, domain)
        for one in alarms
        if one.id is not None and one.id != alarm.id
        if one.channel == alarm.channel and may_have_heard(one)
    ]
