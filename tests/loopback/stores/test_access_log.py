"""Access logs: which lines tell of an inquiry, also in rotated and packed files."""

import gzip
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probes.errors import ProbeError, Refused
from probes.stores.log_settings import AccessLogSettings
from probes.stores.open import open_store
from probes.stores.store import Piece, Store

SINCE = datetime(2026, 7, 1, tzinfo=UTC)
PAGE = "https://shop.example/contact/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SETTLED = SINCE.timestamp() + 86_400
CF7 = "/wp-json/contact-form-7/v1/contact-forms/12/feedback"
AJAX = "/wp-admin/admin-ajax.php"


def line(
    target: str = "/contact/",
    status: int = 200,
    *,
    referer: str = PAGE,
    agent: str = BROWSER,
    minute: int = 0,
    method: str = "POST",
) -> str:
    return (
        f"203.0.113.9 - - [01/Jul/2026:14:{minute:02}:01 +0200]"
        f' "{method} {target} HTTP/2.0" {status} 312 "{referer}" "{agent}"\n'
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "access.log"


def log(path: Path, *endpoint: str) -> Store:
    return open_store(AccessLogSettings(path=path, page=PAGE, endpoint=endpoint))


async def piece(store: Store, cursor: str = "") -> Piece:
    return await store.read(since=SINCE, cursor=cursor)


async def count(path: Path, *lines: str, endpoint: tuple[str, ...] = ()) -> int:
    path.write_text("".join(lines))
    return len((await piece(log(path, *endpoint))).entries)


async def test_a_sending_tells_when_and_whence_and_nothing_else(path: Path) -> None:
    path.write_text(line(method="GET") + line(CF7))

    (entry,) = (await piece(log(path))).entries

    assert entry.is_contentless
    assert not entry.is_spam
    assert entry.submitted_at == datetime(2026, 7, 1, 12, 0, 1, tzinfo=UTC)
    assert entry.page == PAGE
    assert entry.fields["target"] == CF7
    assert "203.0.113.9" not in str(entry)


@pytest.mark.parametrize(
    "sent",
    [
        line("/contact/"),
        line("/contact"),
        line("/contact/?lang=en#form", 302),
        line("/contact/", 303, referer="-"),
        line(CF7),
        line(CF7, referer="-"),
        line(CF7, referer="https://shop.example/"),
        line(f"/blog{CF7}"),
        line("/index.php?rest_route=/contact-form-7/v1/contact-forms/12/feedback"),
        line("/wp-json/sureforms/v1/submit-form"),
        line(AJAX),
        line(f"{AJAX}?t=1782907201123"),
        line(AJAX, referer="https://www.shop.example/contact/?utm=x"),
        f"shop.example:443 {line()}",
        f"www.shop.example:443 {line()}",
        line().replace(f' "{PAGE}" "{BROWSER}"', ""),
    ],
)
async def test_what_was_sent_from_the_form_counts(path: Path, sent: str) -> None:
    assert await count(path, line(method="GET"), sent) == 1


@pytest.mark.parametrize(
    "sent",
    [
        line(method="GET"),
        line(status=403),
        line(status=500),
        line(CF7, referer="https://shop.example/jobs/"),
        line(AJAX, referer="-"),
        line(AJAX, referer="https://shop.example/"),
        line(AJAX, referer="https://shop.example/cart/"),
        line("/wp-login.php"),
        line(agent="contact-form-watchdog/1.0 (+automatic delivery test)"),
        f"other.example:443 {line()}",
    ],
)
async def test_what_was_not_does_not(path: Path, sent: str) -> None:
    assert await count(path, line(method="GET"), sent) == 0


async def test_the_owner_may_say_where_the_form_sends_to(path: Path) -> None:
    lines = (line("/send.php", referer="-"), line("/api/mail?x=1", minute=1), line())

    assert await count(path, *lines, endpoint=("/send.php", "/api/*")) == 2


@pytest.mark.parametrize(
    "agent", ["", "-", "curl/8.1", "Foobot/2.1", "python-requests"]
)
async def test_a_program_that_says_so_is_told_apart(path: Path, agent: str) -> None:
    path.write_text(line(agent=agent) + line(minute=1))

    machine, person = (await piece(log(path))).entries

    assert (machine.is_spam, person.is_spam) == (True, False)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
async def test_a_rotated_log_is_read_on_where_reading_ended(
    path: Path, pack: Callable[[bytes], bytes]
) -> None:
    store = log(path.with_name("access.log*"))
    path.write_text(line())
    first = await piece(store)
    old = path.read_bytes() + line(minute=1).encode()
    path.with_name("access.log.1").write_bytes(pack(old))
    path.write_text(line(minute=2))
    second = await piece(store, first.cursor)
    with path.open("a") as file:
        file.write(line(minute=3) + line(minute=3)[:40])
    third = await piece(store, second.cursor)

    minutes = [
        [entry.submitted_at.minute for entry in read.entries]
        for read in (first, second, third)
    ]
    assert minutes == [[0], [1, 2], [3]]


async def test_logs_that_ended_before_are_not_opened(path: Path) -> None:
    path.write_text(line())
    old = path.with_name("access.log.2.gz")
    old.write_bytes(b"\x1f\x8b nothing that could be unpacked")
    before = (SINCE.timestamp() - 3 * 86_400,) * 2
    os.utime(old, before)

    read = await piece(log(path.with_name("access.log*")))

    assert (len(read.entries), read.skipped) == (1, [])


async def test_hostile_lines_are_told_and_cost_no_others(path: Path) -> None:
    raw = (
        line().encode()
        + b'\xff\xfe\0 "POST nonsense\n'
        + b"A" * 200_000
        + line(minute=5).encode()
        + b'::1 - - [99/Foo/2026:14:00:01 +0200] "POST /contact/ HTTP/1.1" 200 1\n'
        + line(minute=1).encode()
    )
    path.write_bytes(raw)

    read = await piece(log(path))

    assert [entry.submitted_at.minute for entry in read.entries] == [0, 1]
    assert [told.partition(", ")[2] for told in read.skipped] == [
        "line 2 is no line that a web server writes.",
        "line 4 has a time that names no month that we know.",
    ]


async def test_a_long_line_that_is_none_is_not_tried_again_and_again(
    path: Path,
) -> None:
    long = "a" * 60_000
    odd = [
        line().replace("/contact/ HTTP/2.0", f"{long}{end}")
        for end in ('"', "\\", " x")
    ]
    path.write_text(line() + "".join(odd) * 20 + line(minute=1))

    read = await piece(log(path))

    assert [entry.submitted_at.minute for entry in read.entries] == [0, 1]


async def test_another_format_is_refused(path: Path) -> None:
    path.write_text('{"method": "POST", "uri": "/contact/"}\n')

    with pytest.raises(Refused, match="is no access log in the common or the combined"):
        await piece(log(path))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(raw=st.binary(max_size=200), target=st.text(max_size=60))
async def test_any_bytes_make_entries_or_one_clear_sentence(
    path: Path, raw: bytes, target: str
) -> None:
    odd = line(target, referer=target, agent=target).encode("utf-8", "replace")
    for content in (raw, line().encode() + raw + odd + line().encode()):
        path.write_bytes(content)
        os.utime(path, (SETTLED, SETTLED))
        try:
            read = await piece(log(path))
        except ProbeError as error:
            assert "is no access log" in str(error)  # noqa: PT017
        else:
            assert all(entry.is_contentless for entry in read.entries)
