"""What the documentation tells to type is there to be typed."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from watchdog.cli import app

ROOT = Path(__file__).parents[3]
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]
}
COMMANDS_PAGE = PAGES["commands.md"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def commands(
    group: TyperGroup, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, TyperCommand]]:
    """Yield each command with its whole name, as `config check`."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*names, name))
        else:
            assert isinstance(command, TyperCommand)
            yield " ".join((*names, name)), command


def options(command: TyperCommand | TyperGroup) -> set[str]:
    """Return the long options of a command."""
    return {
        option
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }


ROOT_COMMAND = typer.main.get_group(app)
COMMANDS = dict(commands(ROOT_COMMAND))


def rows() -> dict[str, str]:
    """Return what the table of commands says of each, by its name."""
    found = re.findall(
        r"^\| `([a-z ]+?)(?: \[.*?)?` \| (.*) \|$", COMMANDS_PAGE, re.MULTILINE
    )
    return dict(found)


def test_the_table_of_commands_names_them_all_and_no_others() -> None:
    assert rows().keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_names_every_option_of_a_command_and_no_others(name: str) -> None:
    assert set(re.findall(r"`(--[a-z-]+)`", rows()[name])) == options(COMMANDS[name])


def test_the_options_of_the_program_itself_are_documented() -> None:
    for option in options(ROOT_COMMAND) | {"--help"}:
        assert f"`{option}" in COMMANDS_PAGE


def typed() -> Iterator[tuple[str, list[str]]]:
    """Yield each command line in the documentation that calls the program."""
    for page, text in PAGES.items():
        blocks = re.findall(r"^```\w+\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        lines = [line for block in blocks for line in block.splitlines()]
        for words in [*lines, *re.findall(r"`([^`\n]+)`", text)]:
            found = re.search(r"(?:^|\s)contact-watchdog (\S.*)$", words)
            if found and not words.startswith((" ", "#", "That took")):
                yield page, shlex.split(found[1], comments=True)


@pytest.mark.parametrize(("page", "words"), [*typed()])
def test_every_command_line_in_the_documentation_can_be_typed(
    page: str, words: list[str]
) -> None:
    long, short = " ".join(words[:2]), words[0]
    asked = {word for word in words if word.startswith("--")} - {"--help"}

    assert {long, short} & COMMANDS.keys() or short == "--help", page
    assert asked <= options(COMMANDS.get(long) or COMMANDS.get(short) or ROOT_COMMAND)


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    named = {
        target
        for text in PAGES.values()
        for target in re.findall(r"(?:`|^)make (\w+)", text, re.MULTILINE)
    }

    assert {"demo", "test", "lint"} <= named <= targets


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_the_first_pages_lead_to_files(page: str) -> None:
    assert dead_links(ROOT / page) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name
)
def test_links_of_the_documentation_lead_to_files(path: Path) -> None:
    assert dead_links(path) == []


def dead_links(path: Path) -> list[str]:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return [link for link in links if not leads_somewhere(path, link)]


def leads_somewhere(page: Path, link: str) -> bool:
    """Tell whether a file is there, and in it the heading that a link names."""
    name, _, anchor = link.partition("#")
    led_to = page.parent / name if name else page
    if not anchor or not led_to.exists():
        return led_to.exists()
    text = led_to.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    # As GitHub makes them: small, without marks, blanks as hyphens.
    return anchor in {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }
