"""Line numbers are those of the text, however TOML writes a key."""

import tomllib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from watchdog.config.lines import Key, lines_of

EVERY_WAY = '''\
# a comment with [brackets] = "and" 'quotes'
title = "a # that is no comment"

[watchdog]
contact."x.y" = 1
"quoted \\"key\\"" = 'C:\\'
text = """
[not.a.table]
key = "no key" \\"""
"""
raw = \'\'\'
it = 'is raw\'\'\'\'
after = 1979-05-27T07:32:00Z

[[check]]
name = "a"
form = { url = "https://a/", fields = { x = "}" } }
list = [
  1, # one ]
  [2, 3],
  { deep = true },
]
[check.store]
kind = "csv"

[[check]]
name = "b"
  [[check.step]]
  n = 1
  [[check.step]]
  n = 2
[ladder . "o.w" . x] # spaces
y=[{a=1},{a=2}]
'''


def test_each_key_is_found_on_its_line() -> None:
    lines = lines_of(EVERY_WAY)

    assert lines["title",] == 2
    assert lines["watchdog",] == 4
    assert lines["watchdog", "contact", "x.y"] == 5
    assert lines["watchdog", 'quoted "key"'] == 6
    assert lines["watchdog", "text"] == 7
    assert lines["watchdog", "raw"] == 11
    assert lines["watchdog", "after"] == 13
    assert lines["check", 0] == 15
    assert lines["check", 0, "form", "fields", "x"] == 17
    assert lines["check", 0, "list", 0] == 19
    assert lines["check", 0, "list", 1, 1] == 20
    assert lines["check", 0, "list", 2, "deep"] == 21
    assert lines["check", 0, "store", "kind"] == 24
    assert lines["check", 1, "name"] == 27
    assert lines["check", 1, "step", 0, "n"] == 29
    assert lines["check", 1, "step", 1, "n"] == 31
    assert lines["ladder", "o.w", "x"] == 32
    assert lines["ladder", "o.w", "x", "y", 1, "a"] == 33


def test_no_key_is_found_that_is_not_there() -> None:
    assert set(lines_of(EVERY_WAY)) == set(keys(tomllib.loads(EVERY_WAY)))


def test_windows_line_ends_count_once() -> None:
    assert lines_of("a = 1\r\n\r\nb = 2\r\n")["b",] == 3


def keys(value: object, key: Key = ()) -> Iterator[Key]:
    """Yield the ways to all values inside of `value`."""
    items: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    for step, inner in items:
        yield (*key, step)
        yield from keys(inner, (*key, step))


NOISE = st.text(st.sampled_from(list("ab.=[]{},\"'#\\\n 1")), max_size=30)
STATEMENT = st.sampled_from(
    [
        "a = 1",
        "b.c = 'x'",
        'b . "d e" = [1,\n # ]\n [{f = "]"}], ]',
        "g = {h.i = 1.5, j = {}} # k = 1",
        'l = """\n[m]\n\\""""""',
        "[n]",
        "[n.o]",
        "[[p]]",
        "[[p.q]]",
        "[p.r]",
        "",
    ]
)


@given(st.lists(STATEMENT | NOISE, max_size=8).map("\n".join))
def test_whatever_tomllib_reads_has_all_its_keys_placed(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    lines = lines_of(text)

    assert set(lines) == set(keys(document))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
