"""The letters' templates: ours in each language, or the owner's own."""

from pathlib import Path
from typing import Any, get_args

import pytest

from tests.world.cases import missed
from tests.world.facts import after
from watchdog.config.common import Common
from watchdog.config.letters import MOST_BYTES, letter_template
from watchdog.config.load import parse
from watchdog.config.model import Config
from watchdog.config.problem import ConfigError
from watchdog.model import StepKind
from watchdog.rules.draft import WIDTH, Sender, values

LANGUAGES = get_args(Common.model_fields["language"].annotation)
BOTH = (StepKind.DRAFTED, StepKind.FOLLOWED_UP)
TEXT = """
[watchdog]
contact = "it@agency.example"
language = "{language}"
[mailbox.office]
kind = "maildir"
path = "Mail"
[[check]]
name = "Riverside"
mailbox = "office"
form.url = "https://riverside.example/contact/"
[recovery]
{recovery}
"""


def config(folder: Path, recovery: str = "", language: str = "en") -> Config:
    text = TEXT.format(recovery=recovery, language=language)
    return parse(text, folder / "config.toml")


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "facts",
    [
        {"subject": "An offer"},
        {"name": "", "message": "", "email": "", "subject": ""},
    ],
)
def test_each_language_has_letters_that_read_well_whatever_is_known(
    tmp_path: Path, kind: StepKind, language: str, facts: dict[str, Any]
) -> None:
    template = letter_template(config(tmp_path, language=language), kind)
    sender = Sender(name="Ann", address="ann@riverside.example", language=language)

    case = missed(**facts)
    letter = template.fill(values(case, sender, site="riverside", now=after(days=3)))

    lines = letter.splitlines()
    assert lines[0].startswith("Subject: Re: ")
    assert lines[3].startswith("[ "), "the answer to their question comes first"
    assert "Ann" in lines
    assert "2026" in letter
    assert ("> " in letter) == bool(case.inquiry.message)
    assert max(map(len, lines)) <= WIDTH + 8
    assert not {" ,", "  ", "{", "}", "None"} & {letter[i : i + 2] for i in range(999)}


def test_the_owners_own_template_is_taken_from_beside_the_configuration(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.txt").write_bytes("\ufeffLieber {{ name }}\r\n".encode())

    template = letter_template(config(tmp_path, 'letter = "mine.txt"'), BOTH[0])

    sender = Sender(name="", address="a@b.example", language="en")
    told = values(missed(), sender, site="", now=after())
    assert template.fill(told) == "Lieber Anna Probe\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Dear\n{{ nmae }}", "mine.txt:2: knows no “nmae”; did you mean “name”?"),
        (b"\xff\xfe", "is not written in UTF-8"),
        (b"x" * (MOST_BYTES + 1), "is longer than 64 KB"),
        (None, "cannot be read: No such file or directory"),
    ],
)
@pytest.mark.parametrize("kind", BOTH)
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, kind: StepKind, content: bytes | None, said: str
) -> None:
    path = tmp_path / "mine.txt"
    if content is not None:
        path.write_bytes(content)
    key = "letter" if kind is StepKind.DRAFTED else "follow_up_letter"

    with pytest.raises(ConfigError) as told:
        letter_template(config(tmp_path, f'{key} = "mine.txt"'), kind)

    assert str(told.value).startswith(str(path))
    assert said in str(told.value)
