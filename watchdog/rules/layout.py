"""How an alarm's paragraphs look: as text, as HTML, and in short."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from watchdog.rules.catalogue import Catalogue
from watchdog.rules.roll import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One alarm in all its lengths."""

    subject: str
    text: str
    html: str
    short: str


def written(
    news: str,
    paragraphs: Sequence[Paragraph],
    texts: Catalogue,
    *,
    subject: str = "",
    short: str = "",
) -> Words:
    """Return an alarm; its news is its subject too, and its short form, by default."""
    return Words(
        subject=subject or news,
        text=_text(news, paragraphs),
        html=_page(news, paragraphs, texts),
        short=short or news,
    )


def _text(news: str, paragraphs: Sequence[Paragraph]) -> str:
    lines = [news, "", *(f"{about}: {said}\n" for about, said in paragraphs)]
    return "\n".join(lines)


def _page(news: str, paragraphs: Sequence[Paragraph], texts: Catalogue) -> str:
    rows = "".join(
        f"<p><b>{escape(about)}:</b> {_lines(said)}</p>" for about, said in paragraphs
    )
    return (
        f'<!doctype html><html lang="{texts.language}"><meta charset="utf-8">'
        f"<title>{escape(news)}</title>"
        "<body style='overflow-wrap:anywhere'>"
        f"<h1 style='font-size:1.2em'>{escape(news)}</h1>{rows}</body></html>"
    )


def _lines(said: str) -> str:
    """Return lines as HTML; whatever else is in them is only text."""
    return escape(said).replace("\n- ", "<br>• ").replace("\n", "<br>")
