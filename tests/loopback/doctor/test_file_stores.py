"""What the doctor finds wrong with stores in files."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.loopback.doctor.examine import NOW, diagnosed
from tests.world.nameserver import Nameserver

CSV = 'kind     = "csv"\npath     = "inquiries.csv"'


@pytest.fixture
def of_log() -> tuple[str, str]:
    return CSV, 'kind = "accesslog"\npath = "access.log"'


async def told(config: Path, dns: Nameserver, *swap: tuple[str, str]) -> list[str]:
    found = await diagnosed(config, dns, *swap)
    return [
        finding.sentence for section, finding in found if section.startswith("Store ")
    ]


def line(target: str) -> str:
    at = NOW - timedelta(days=1)
    return (
        f'203.0.113.9 - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "POST {target} HTTP/1.1"'
        ' 200 312 "-" "Mozilla/5.0"\n'
    )


async def test_a_file_that_is_not_there_is_told(config: Path, dns: Nameserver) -> None:
    (config.parent / "inquiries.csv").unlink(missing_ok=True)

    (sentence,) = await told(config, dns)

    assert sentence.startswith("There is no file ")


async def test_a_file_without_the_columns_is_told(
    config: Path, dns: Nameserver
) -> None:
    (config.parent / "inquiries.csv").write_text("nr,when\n1,2026-07-01 10:00\n")

    (sentence,) = await told(config, dns)

    assert "has no column “submitted_at”; it has “nr”, “when”." in sentence


async def test_a_log_in_which_nobody_sends_the_form_is_told(
    config: Path, dns: Nameserver, of_log: tuple[str, str]
) -> None:
    (config.parent / "access.log").write_text(line("/elsewhere"))

    _, sentence = await told(config, dns, of_log)

    assert sentence == "No line of the log tells that somebody sent the form."
