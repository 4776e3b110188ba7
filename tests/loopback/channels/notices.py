"""A notice as the brain would word it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from probes.channels.message import Attachment, Notice

NOTICE = Notice(
    subject="Riverside Studio: messages do not arrive",
    text="Messages written into your contact form do not reach you.\n\nGrüße",
    html="<!doctype html><p>Messages do not reach you. Grüße",
    short="Riverside Studio: messages of your contact form do not reach you",
    written_at=datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
    message_id="<alarm-2.incident-1@agency.example>",
    in_reply_to="<alarm-1.incident-1@agency.example>",
    references=("<alarm-1.incident-1@agency.example>",),
    attachments=(
        Attachment(
            name="missed.csv", kind="csv", content="name,email\r\nZoë,z@b.ex\r\n"
        ),
    ),
)


def notice(**changes: Any) -> Notice:
    return replace(NOTICE, **changes)
