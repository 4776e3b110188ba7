"""HTML as its reader sees it."""

import pytest

from probes.mail.charset import without_invisibles
from probes.mail.html_text import text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\n\nTwo\n\nThree"),
        ("<b>a</b>\n<i>b</i>", "a b"),
        ("<b>in</b>side", "inside"),
        ("&lt;b&gt; &amp; &euro; &#128512;", "<b> & € 😀"),
        ("a<script>alert('x')</script>b<style>p{}</style>c", "abc"),
        ("a<!-- hidden -->b", "ab"),
        ("<table><tr><th>Name</th><td>Anna</td></tr></table>", "Name Anna"),
        ("<title>Shop</title><p>Hello", "Hello"),
        ("no tags at all", "no tags at all"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<img src='http://evil.example/x.png' alt='x'>seen", "seen"),
        ("", ""),
        ("<!-- only -->", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_a_cited_mail_is_marked_as_in_plain_text() -> None:
    markup = (
        "<div>Yes, we have.</div>"
        '<blockquote type="cite"><div>Have you rye?</div></blockquote>Anna'
    )

    assert text_of(markup) == "Yes, we have.\n\n> Have you rye?\n\nAnna"


@pytest.mark.parametrize("attribute", ["", " class='wp-block-quote'"])
def test_a_forms_own_block_quote_is_no_citation(attribute: str) -> None:
    assert text_of(f"<blockquote{attribute}>Rye?</blockquote>") == "Rye?"


def test_words_far_down_in_the_markup_are_found() -> None:
    assert text_of("<div>" * 1_500 + "Have you rye?") == "Have you rye?"
    assert text_of("<div>" * 20_000 + "Have you rye?") == "Have you rye?"


def test_invisible_letters_do_not_hide_a_word() -> None:
    hidden = text_of("tok&shy;1a&#8203;2b&zwnj;3c&nbsp;d")

    assert without_invisibles(hidden) == "tok1a2b3c d"
