"""From bytes to forms, as a browser sees them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.errors import Unintelligible
from probes.forms.choice import contact_form
from probes.forms.form import Field, Form, Meaning, Page
from probes.forms.page import read_page
from tests.unit.forms.pages import CLASSIC, TABLE

URL = "https://shop.example/contact/?a=1#top"


def page(html: str | bytes, content_type: str = "text/html; charset=utf-8") -> Page:
    body = html.encode() if isinstance(html, str) else html
    return read_page(body, url=URL, content_type=content_type)


def form(html: str) -> Form:
    return page(html).forms[0]


def field(html: str) -> Field:
    return form(f"<form>{html}</form>").fields[0]


def names(html: str) -> list[str]:
    return [field.name for field in form(html).fields]


def test_fields_come_in_the_order_of_the_page_with_all_that_is_hidden():
    assert names(CLASSIC) == [
        "_wpcf7",
        "_unit",
        "your-name",
        "your-email",
        "menu-what",
        "your-message",
        "sclpzxywbxqc",
        "privacy",
        "",
        "_ak_hp_textarea",
    ]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Käse</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=latin1><title>Käse</title>".encode("latin-1"), ""),
        ("<title>Käse</title>".encode("latin-1"), "text/html"),
        ("<title>Käse</title>".encode(), "text/html"),
        ("\ufeff<title>Käse</title>".encode(), "text/html; charset=latin1"),
        ("\ufeff<title>Käse</title>".encode("utf-16-le"), ""),
        ("<meta charset=utf-16><title>Käse</title>".encode(), ""),
        ("<title>Käse</title>".encode(), "text/html; charset=utf-7"),
    ],
)
def test_a_page_is_decoded_as_a_browser_would(body, content_type):
    assert page(body, content_type).title == "Käse"


def test_bytes_that_are_wrong_are_replaced():
    assert page(b"<title>K\xffse</title>").title == "K\ufffdse"


@pytest.mark.parametrize(
    ("html", "action"),
    [
        ("<form>", "https://shop.example/contact/?a=1"),
        ('<form action="">', "https://shop.example/contact/?a=1"),
        ('<form action="/send#x">', "https://shop.example/send"),
        ('<base href="/b/"><form action="send">', "https://shop.example/b/send"),
        ('<base href="/b/"><form>', "https://shop.example/contact/?a=1"),
        ("<base href='javascript:1'><form action=/x>", "https://shop.example/x"),
        ('<form action="/a"><button formaction="/b">', "https://shop.example/b"),
        ('<form action="http://[">', "https://shop.example/contact/?a=1"),
        ('<form action="//mail.example/x">', "https://mail.example/x"),
    ],
)
def test_the_address_is_resolved_as_a_browser_does(html, action):
    assert form(html).action == action


def test_method_and_encoding_fall_back_to_what_html_says():
    odd = form('<form method="PUT" enctype="text/html" accept-charset="x, latin1">')

    assert (odd.method, odd.enctype) == ("get", "application/x-www-form-urlencoded")
    assert odd.charset == "cp1252"


def test_the_pressed_button_has_the_last_word_on_the_posting():
    html = (
        '<form method="get"><button type="button" formmethod="get">x</button>'
        '<input type="submit" formmethod="post" formenctype="multipart/form-data">'
    )

    assert (form(html).method, form(html).enctype) == ("post", "multipart/form-data")


def test_a_form_within_a_table_keeps_its_fields_and_no_others():
    assert names(TABLE) == ["realname", "from", "comments", ""]


def test_a_stray_end_tag_does_not_take_fields_out_of_their_form():
    html = "<div><form><div></div></div><input name=a></form><input name=b>"

    assert names(html) == ["a"]


def test_a_form_in_a_comment_ends_nothing():
    html = "<form><input name=a><!-- <form></form> --><input name=b></form>"

    assert names(html) == ["a", "b"]


def test_a_form_within_a_form_is_none():
    html = "<form><input name=a><form id=x><input name=b></form><input name=c></form>"

    assert [[f.name for f in form.fields] for form in page(html).forms] == [
        ["a", "b"],
        [],
    ]


def test_a_field_can_name_its_form_from_afar():
    html = '<input name=a form=f><form id=f><input name=b><input name=c form=""></form>'

    assert names(html) == ["a", "b"]


def test_what_is_disabled_or_inert_is_not_posted():
    html = """<form><input name=a disabled>
      <fieldset disabled><legend><input name=b></legend><input name=c></fieldset>
      <fieldset disabled><p><legend><input name=d></legend></p></fieldset>
      <template><input name=e></template><noscript><input name=f></noscript>
      <datalist><option><input name=g></datalist><input><input type=reset name=h>
      <button type=button name=i></button></form>"""

    assert names(html) == ["b"]


@pytest.mark.parametrize(
    ("html", "chosen"),
    [
        ("<select name=a><option>x<option>y</select>", ["x"]),
        ("<select name=a><option disabled>x<option>y</select>", ["y"]),
        ("<select name=a><option selected>x<option selected>y</select>", ["y"]),
        ("<select name=a size=3><option>x<option>y</select>", []),
        ("<select name=a multiple><option selected>x<option selected>y", ["x", "y"]),
        ("<select name=a><optgroup disabled><option>x</optgroup><option>y", ["y"]),
        ("<select name=a><option value=''> &nbsp;x  z </select>", [""]),
        (
            (
                "<input type=radio name=a value=1 checked><input type=radio name=a "
                "value=2 checked>"
            ),
            ["2"],
        ),
        ("<input type=checkbox name=a checked>", ["on"]),
    ],
)
def test_choices_are_made_beforehand_as_a_browser_makes_them(html, chosen):
    assert [o.value for o in field(html).options if o.chosen] == chosen


@pytest.mark.parametrize(
    ("html", "value"),
    [
        ("<textarea name=a>\nhi\n</textarea>", "hi\n"),
        ("<textarea name=a></form></textarea>", "</form>"),
        ('<input name=a value="a&#10;b">', "ab"),
        ('<input type=hidden name=a value="x</form>y">', "x</form>y"),
        ("<input type=submit name=a>", "Submit"),
        ("<button name=a>Send</button>", ""),
    ],
)
def test_a_value_is_what_a_browser_has_before_anybody_writes(html, value):
    assert field(html).value == value


@pytest.mark.parametrize(
    "html",
    [
        "<label for=x>Your name</label><p><input name=a id=x></p>",
        "<label>Your <b>name</b> <input name=a></label>",
        "<label>Your name<select name=a><option>Mrs</select></label>",
        "<input name=a aria-label='Your name'>",
        "<span id=s>Your</span><i id=t>name</i><input name=a aria-labelledby='s t'>",
        "<input name=a title='Your name'>",
        "Your name <input name=a>",
        "<p>Your name</p><p><input name=a></p>",
        "<table><tr><td>Your name<td><input name=a></table>",
        "<script>var a</script><div>Your<br>name</div><input name=a>",
    ],
)
def test_the_label_is_what_people_read(html):
    assert field(html).label == "Your name"


def test_the_text_before_another_field_is_not_ours():
    assert form("<form>Name <input name=a><input name=b>").fields[1].label == ""


def test_a_group_is_called_by_its_legend_and_its_members_by_themselves():
    group = field(
        "<fieldset><legend>Topic</legend><input type=radio name=t value=1> Bread"
        "<label><input type=radio name=t value=2>Cake</label></fieldset>"
    )

    assert group.label == "Topic"
    assert [(o.value, o.label) for o in group.options] == [
        ("1", "Bread"),
        ("2", "Cake"),
    ]


@pytest.mark.parametrize(
    ("html", "required"),
    [
        ("<input name=a required>", True),
        ("<input name=a aria-required=true>", True),
        ("<input name=a aria-required=false>", False),
        ("<input name=a data-required=yes>", True),
        ("<label>Name *<input name=a></label>", True),
        ("<input name=a placeholder='Name*'>", True),
        ("<label>Name (erforderlich)<input name=a></label>", True),
        ("<input name=a class='x wpcf7-validates-as-required'>", True),
        ("<div class='gfield_contains_required'><input name=a></div>", True),
        ("<div class=required><input name=a><input name=b></div>", False),
        ("<input name=a class='not-required'>", False),
        ("<input name=a data-reqmsg='Name cannot be blank.'>", True),
        ("<label>Name<input name=a></label>", False),
        ("<p class='wpcf7-acceptance'><input type=checkbox name=a>", True),
        ("<p class='wpcf7-acceptance optional'><input type=checkbox name=a>", False),
    ],
)
def test_required_is_what_the_page_marks_so(html, required):
    assert field(html).required is required


@pytest.mark.parametrize(
    "html",
    [
        "<input name=a style='display: none'>",
        "<div style='position:absolute; left:-9999px'><input name=a></div>",
        "<div style='opacity:0'><p><input name=a></p></div>",
        "<div style='height:1px;overflow:hidden'><input name=a></div>",
        "<div style='visibility:hidden'><input name=a></div>",
        "<div style='clip:rect(0, 0, 0, 0)'><input name=a></div>",
        "<p hidden><input name=a></p>",
        "<input name=a tabindex=-1 aria-hidden=true>",
        "<p class='visually-hidden'><input name=a></p>",
        (
            "<style>.x{color:red}.trap{display:none!important}</style>"
            "<p class='trap'><input name=a></p>"
        ),
        "<style>/* } */ form > #t, b { left : -5000px }</style><p id=t><input name=a>",
        "<style>form .w input[name='a']{width:0;}</style><p class=w><input name=a>",
    ],
)
def test_what_people_do_not_see_is_no_visible_field(html):
    assert field(html).visible is False


@pytest.mark.parametrize(
    "html",
    [
        "<input name=a style='height:100px;opacity:0.5'>",
        "<style>@media print{.t{display:none}}</style><p class=t><input name=a>",
        "<style>.other .t{display:none}</style><p class=t><input name=a>",
        "<style>p.t{display:none}</style><div class=t><input name=a></div>",
        "<div style='display:none'><input name=a><input name=b><input name=c></div>",
        "<p style='display:none'><textarea name=a></textarea><button>x</button></p>",
        "<input name=a aria-hidden=true>",
    ],
)
def test_what_people_see_or_will_see_is_a_visible_field(html):
    assert field(html).visible is True


def test_a_form_that_waits_in_a_pop_up_is_no_trap():
    html = "<div style='display:none'><form><input name=a></form></div>"

    assert form(html).fields[0].visible is True


def test_a_form_tells_its_names_and_the_words_around_it():
    one = form(
        "<h2>Write to us</h2><form id=i name=n class='c d' data-token=t>"
        "<p>We answer <b>so</b>on</p><select name=a><option>Not this</select>"
    )

    assert (one.id, one.name, one.classes) == ("i", "n", ("c", "d"))
    assert one.data == {"token": "t"}
    assert one.text == "Write to us We answer soon"


def test_what_stands_in_a_robots_way_is_told():
    guarded = page("<form><textarea name=m></textarea><div class=g-recaptcha></div>")

    assert [guard.name for guard in guarded.guards] == ["recaptcha"]


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_page_is_unintelligible(body):
    with pytest.raises(Unintelligible, match="empty"):
        page(body)


def swarm(times: int) -> bytes:
    return b"<form>" + b"".join(
        b"<p><label>Some label %d</label><input name=some_%d></p>" % (n, n)
        for n in range(times)
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<div>" * 200_000, id="nested"),
        pytest.param(b"<form>" + b"<input name=a>" * 100_000, id="inputs"),
        pytest.param(b"<b></b>" * 200_000, id="elements"),
        pytest.param(b"x" * 8_000_001, id="bytes"),
    ],
)
def test_a_page_beyond_all_measure_is_refused_at_once(body):
    start = time.process_time()

    with pytest.raises(Unintelligible, match="too large"):
        page(body)

    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(swarm(200), id="many fields"),
        pytest.param(b"<form a='" + b"x" * 4_000_000 + b"'><input name=a>", id="long"),
        pytest.param(
            b"<form><p>" + b"&amp;" * 500_000 + b"<input name=a>", id="entity"
        ),
        pytest.param(
            b"<form>"
            + b"<div class='a b'>" * 100
            + b"<i></i>" * 20_000
            + b"<input name=a>" * 100,
            id="far from their labels",
        ),
        pytest.param(
            b"<style>"
            + b".a .b .c{display:none}" * 1_000
            + b"</style><form>"
            + b"<div class='c b'>" * 100
            + b"<input class=c name=a>" * 100,
            id="styles",
        ),
        pytest.param(
            b"<style>" + b"/*" * 100_000 + b"</style><form><input name=a>",
            id="comments",
        ),
        pytest.param(
            b"<form>" + b"<label>" * 100 + b"<input name=a>" * 100, id="labels"
        ),
        pytest.param(b"<form><select name=a>" + b"<option>a" * 10_000, id="options"),
    ],
)
def test_a_heavy_page_is_read_in_good_time(body):
    start = time.process_time()

    assert page(body).forms[0].fields

    assert time.process_time() - start < 1


PIECES = st.sampled_from(
    [
        *("<form>", "</form>", "<table>", "</td>", "<div style='display:none'>"),
        *("<input name=a>", "<textarea name=m>", "</textarea>", "<select name=s>"),
        *("<option value=1>x", "<fieldset disabled>", "<legend>", "<label for=x>"),
        *("<style>.a{display:none}", "</style>", "<!--", "-->", "<?/form>", "Name *"),
        *(
            "<base href='http://['>",
            "&#0;",
            "\0",
            "<input type=radio name=r>",
            "'",
            ">",
        ),
        *("<template>", "<input type=submit>", "<svg><input name=v>", "]]>", "<"),
    ]
)


@settings(max_examples=80, deadline=1000)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode()),
    ),
    st.sampled_from(["", "text/html; charset=utf-16", "charset=shift_jis", "\0"]),
)
def test_any_bytes_give_a_page_and_then_a_form_or_unintelligible(body, content_type):
    try:
        chosen = contact_form(page(body, content_type), None)
    except Unintelligible:
        return
    assert Meaning.MESSAGE in {field.means for field in chosen.fields}
