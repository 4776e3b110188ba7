"""The desk as it is printed: on terminals, in tables and on pages."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from tests.world.cases import missed, step
from tests.world.facts import after
from watchdog.cli import docket, recover_report, recover_table
from watchdog.cli.recover_page import page
from watchdog.model import CaseState, StepKind
from watchdog.rules.plan import Obstacle, Planned
from watchdog.rules.recovered import report
from watchdog.rules.recovery import Patience

PATIENCE = Patience(follow_up_after=timedelta(days=4), close_after=timedelta(days=30))
NOW = after(days=1)
EVIL = "\x1b[2J\u202e=cmd|x\r\n<script>alert(1)</script>"


def test_nothing_that_was_filled_in_reaches_the_terminal_as_a_command() -> None:
    evil = missed(name=EVIL, email=EVIL, phone=EVIL, subject=EVIL, message=EVIL)
    noted = missed(2, step(StepKind.CONTACTED, words=EVIL, by=EVIL))

    for told in (
        recover_table.table([evil], PATIENCE, now=NOW),
        recover_report.as_text(report([evil]), now=NOW),
        docket.why_not(Planned(missed=evil, obstacle=Obstacle.NO_ADDRESS)),
        "\n".join(docket.history(noted)),
    ):
        assert all(one.isprintable() for one in told.splitlines())


def test_a_row_says_who_waits_how_long_and_what_to_do() -> None:
    heading, row = recover_table.table([missed(7)], PATIENCE, now=NOW).splitlines()

    assert heading.split() == ["No.", "State", "Waits", "Who", "Reach", "Wrote", "Next"]
    assert row.startswith("7    open   24 h   Anna Probe  anna@example.org  Do you")
    assert row.endswith("recover draft 7")


def test_a_table_fits_the_terminal_by_what_they_wrote() -> None:
    case = missed(message="word " * 30)

    wide, narrow = (
        recover_table.table([case], PATIENCE, now=NOW, width=width).splitlines()
        for width in (200, 90)
    )

    assert max(map(len, wide)) > 90
    assert max(map(len, narrow)) <= 90
    assert narrow[1].endswith("recover draft 1")


WANG = "王小明" * 3


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_whatever_the_script(width: int) -> None:
    cases = [
        missed(name=WANG, message=WANG * 9),
        missed(2, email="", phone="030 12345"),
    ]

    told = recover_table.table(cases, PATIENCE, now=NOW, width=width)

    assert all(cell_len(line) <= width for line in told.splitlines())
    assert "recover draft 1" in told


def test_signs_that_take_two_cells_leave_the_columns_straight() -> None:
    cases = [missed(name=WANG), missed(2)]

    heading, *rows = recover_table.table(cases, PATIENCE, now=NOW).splitlines()

    place = heading.index("Reach")
    assert [cell_len(row[: row.index("anna@")]) for row in rows] == [place, place]


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(), "1 s"),
        (timedelta(seconds=20), "20 s"),
        (timedelta(minutes=3, seconds=59), "3 min"),
        (timedelta(days=2, hours=5), "2 days"),
    ],
)
def test_nobody_waits_for_no_time(time: timedelta, said: str) -> None:
    assert docket.length(time) == said


def test_whoever_can_only_be_called_gets_a_slip_for_the_call() -> None:
    case = missed(email="", phone="030 123456")

    said = docket.why_not(Planned(missed=case, obstacle=Obstacle.NO_ADDRESS))

    assert "Call 030 123456" in said
    assert "Do you take photographs" in said


def test_each_obstacle_is_told() -> None:
    said = {
        docket.why_not(Planned(missed=missed(), obstacle=one, other=missed(2)))
        for one in Obstacle
    }

    assert len(said) == len(Obstacle) - 1, "drafted and contacted are alike"


def test_the_summary_counts_those_who_wait() -> None:
    contacted = missed(state=CaseState.CONTACTED)

    assert docket.summary([contacted]) == "Nobody waits for you."
    assert docket.summary([contacted, missed()]) == "1 person waits for you."
    assert docket.summary([missed(), missed(2)]) == "2 people wait for you."


class Tags(HTMLParser):
    """The tags and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note a tag."""
        del attrs
        self.tags.add(tag)


def test_the_page_is_complete_and_nothing_in_it_can_run() -> None:
    waits = missed(name=EVIL)
    cases = [waits, *(missed(n, state=CaseState.CONTACTED) for n in (2, 3))]

    html = page(report(cases), now=NOW)

    read = Tags()
    read.feed(html)
    assert "svg" in read.tags
    assert not read.tags & {"script", "img", "link", "iframe"}
    assert "http" not in html.replace("http-equiv", "")
    assert "&lt;script&gt;" in html
    assert "within an hour: 2" in html


def test_an_empty_report_has_a_page() -> None:
    assert "Nobody was contacted yet." in page(report([]), now=NOW)
