"""What the documentation says of the configuration is what the models say."""

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from probes import settings
from probes.secrets import Secret
from probes.stores import (
    file_settings,
    log_settings,
    mail_settings,
    rest_settings,
    sql_settings,
)
from watchdog.config import mailboxes, model
from watchdog.config.load import parse
from watchdog.config.times import written

ROOT = Path(__file__).parents[3]
CONFIGURATION = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")

TABLES: tuple[type[BaseModel], ...] = (
    model.Common,
    mailboxes.ImapMailbox,
    mailboxes.MaildirMailbox,
    mailboxes.MboxMailbox,
    model.Check,
    settings.FormSettings,
    settings.SmtpPathSettings,
    file_settings.CsvSettings,
    file_settings.JsonLinesSettings,
    file_settings.Columns,
    log_settings.AccessLogSettings,
    mail_settings.MailStoreSettings,
    rest_settings.CompanionSettings,
    rest_settings.HostedSettings,
    rest_settings.WordPressApiSettings,
    sql_settings.SqlStoreSettings,
    sql_settings.TableSettings,
    sql_settings.TableColumns,
    settings.EmailSettings,
    settings.SmtpServer,
    settings.SmsSettings,
    settings.AppriseSettings,
    model.Step,
    model.Recovery,
    Secret,
)


def table(documented: type[BaseModel]) -> str:
    """Return the table that documents a part of the configuration."""
    rows = [
        f"| `{name}` | {default(field)} | {sentence(field)} |"
        for name, field in documented.model_fields.items()
        if name != "kind" or field.is_required()
    ]
    return "\n".join(["| key | default | |", "|---|---|---|", *rows])


def sentence(field: FieldInfo) -> str:
    """Return the model's own words for a key, on one line."""
    return " ".join((field.description or "").split())


def default(field: FieldInfo) -> str:
    """Return what a key is where it is left out, as TOML writes it."""
    value = field.default
    if field.is_required():
        return "required"
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"`{value}`"
        case timedelta():
            return f'`"{written(value)}"`'
        case StrEnum() | str():
            return f'`"{value}"`'
    return ""


def snippets() -> Iterator[tuple[str, str]]:
    """Yield each piece of TOML in the documentation, with the file's name."""
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        for found in re.findall(
            r"^```toml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE
        ):
            yield path.name, found


SNIPPETS = list(snippets())


@pytest.mark.parametrize("documented", TABLES, ids=lambda one: one.__name__)
def test_each_key_is_documented_in_the_words_of_its_model(
    documented: type[BaseModel],
) -> None:
    assert table(documented) in CONFIGURATION


def test_no_part_of_the_configuration_is_left_out() -> None:
    documented = {one.__name__ for one in TABLES}
    defined = {
        name
        for name, part in model.Config.model_json_schema()["$defs"].items()
        if "properties" in part
    }

    assert defined == documented


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=f"{name}-{number}")
        for number, (name, text) in enumerate(SNIPPETS)
    ],
)
def test_each_configuration_in_the_documentation_is_a_good_one(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in re.findall(r'env = "(\w+)"', text):
        monkeypatch.setenv(name, "hunter2")

    assert parse(completed(text), Path("config.toml")).check


def completed(text: str) -> str:
    """Return a piece of a configuration with what it leaves to the reader."""
    parts = [text]
    if "[watchdog]" not in text:
        parts.insert(0, '[watchdog]\ncontact = "it@agency.example"')
    if "[mailbox." not in text:
        parts.append('[mailbox.office]\nkind = "maildir"\npath = "Mail"')
    if "[[check]]" not in text:
        parts.append(
            '[[check]]\nname = "Riverside"\nmailbox = "office"\n'
            'form.url = "https://riverside.example/contact/"'
        )
    return "\n".join(parts)
