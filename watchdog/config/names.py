"""Names in a configuration that lead nowhere, or to two things."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from watchdog.config.lines import Key

MOST_SHOWN = 60
"""Characters of a name in a sentence."""


TWICE = (
    "is the same as another check's of that mailbox: whoever writes would count twice; "
    "name the `form` of each, or leave one of them out"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value at `key`; the sentence goes on after its name."""

    key: Key
    sentence: str


def wrong_names(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the names of mailboxes, ladders and channels that are not here.

    Also two checks of one name, or with one store for one mailbox.  Whatever is no
    table is passed over: its fault is told elsewhere.
    """
    names, stores = set(), []
    for number, check in _tables(document.get("check")):
        for kind in ("mailbox", "ladder"):
            yield from _unknown(check, kind, ("check", number), document)
        at = ("check", number)
        yield from _unknown(check, "mailbox", at, document, called="reply_mailbox")
        store = _mapping(check.get("store"))
        yield from _unknown(store, "mailbox", ("check", number, "store"), document)
        if store and (taken := _inquiries(check, store)) in stores:
            yield Fault(("check", number, "store"), TWICE)
        elif store:
            stores.append(taken)
        name = check.get("name")
        if isinstance(name, str) and name in names:
            yield Fault(("check", number, "name"), "is taken by another check")
        elif isinstance(name, str):
            names.add(name)
    for ladder, steps in _mapping(document.get("ladder")).items():
        for number, step in _tables(steps):
            yield from _unknown(step, "channel", ("ladder", ladder, number), document)


def near_miss(word: str, words: Iterable[str]) -> str | None:
    """Return the one of `words` that `word` was probably meant to be."""
    plain = {known.casefold().replace("_", "-"): known for known in words}
    close = get_close_matches(word[:200].casefold().replace("_", "-"), plain, n=1)
    return plain[close[0]] if close else None


def shown(name: str) -> str:
    """Return `name` cut and cleaned for a sentence on a terminal."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in name)
    return clean if len(clean) <= MOST_SHOWN else f"{clean[:MOST_SHOWN]}…"


def _unknown(
    table: Mapping[str, Any],
    kind: str,
    key: Key,
    document: Mapping[str, Any],
    *,
    called: str = "",
) -> Iterator[Fault]:
    """Yield that `table` names a `kind` that is not here, under that key or another."""
    name, known = table.get(called or kind), _mapping(document.get(kind))
    if not isinstance(name, str) or name in known:
        return
    guess = near_miss(name, known)
    advice = f'; did you mean "{shown(guess)}"?' if guess else ""
    sentence = f'names "{shown(name)}", but no {kind} has that name{advice}'
    yield Fault((*key, called or kind), sentence)


def _inquiries(check: Mapping[str, Any], store: Mapping[str, Any]) -> object:
    """Return by what it is told that two checks have the same inquiries."""
    # Of a log, only what the form's own page sent is meant; a companion is its site's.
    form = _mapping(check.get("form"))
    match store.get("kind"):
        case "accesslog":
            return check.get("mailbox"), store, form
        case "companion":
            return check.get("mailbox"), store, _host(form.get("url"))
        case _:
            return check.get("mailbox"), store


def _host(url: object) -> str:
    return url.partition("://")[2].partition("/")[0] if isinstance(url, str) else ""


def _tables(value: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if isinstance(value, list):
        yield from ((n, item) for n, item in enumerate(value) if isinstance(item, dict))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
