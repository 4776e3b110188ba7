"""Which door leads to a person?  The channel's settings say so."""

from typing import assert_never

from probes.channels.message import Notice, Sent
from probes.settings import (
    AppriseSettings,
    ChannelSettings,
    EmailSettings,
    SmsSettings,
)


async def send(settings: ChannelSettings, notice: Notice) -> Sent:
    """Tell the people of one channel, or raise `ProbeError` if none could be told.

    Only the door that is used is imported: their libraries are slow to load.
    """
    match settings:
        case EmailSettings():
            from probes.channels import email  # noqa: PLC0415

            return await email.send(settings, notice)
        case SmsSettings():
            from probes.channels import sms  # noqa: PLC0415

            return await sms.send(settings, notice)
        case AppriseSettings():
            from probes.channels import push  # noqa: PLC0415

            return await push.send(settings, notice)
        case _:
            assert_never(settings)
