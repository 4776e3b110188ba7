"""What is made of a form's answer, and what is left in doubt."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.forms.answer import read_answer
from probes.forms.form import Answer, Page, Receipt
from probes.forms.page import read_page
from probes.forms.reply import Reply

HERE = "https://bakery.example/contact/"
FORM = """
<form method=post action=/contact/ class="wpcf7-form init">
<label>Name <input name=name></label> <label>Email <input name=email></label>
<label>Message <textarea name=message></textarea></label> <button>Send</button></form>
"""
CONTACT = f"<h1>Contact</h1>{FORM}<footer>Thank you for visiting.</footer>"


def page_of(html: str) -> Page:
    return read_page(html.encode(), url=HERE, content_type="text/html; charset=utf-8")


def answer_to(
    said: str | bytes,
    *,
    before: str = CONTACT,
    status: int = 200,
    url: str = HERE,
    kind: str = "text/html; charset=utf-8",
) -> Receipt:
    page = page_of(before)
    body = said.encode() if isinstance(said, str) else said
    reply = Reply(status=status, url=url, content_type=kind, body=body)
    return read_answer(reply, form=page.forms[0], page=page)


def json_answer(report: object, status: int = 200) -> Receipt:
    return answer_to(json.dumps(report), status=status, kind="application/json")


@pytest.mark.parametrize(
    ("report", "answer", "words"),
    [
        pytest.param(
            {"status": "mail_sent", "message": "It has been sent."},
            Answer.ACCEPTED,
            "It has been sent.",
            id="Contact Form 7 sent it",
        ),
        pytest.param(
            {"status": "mail_failed", "message": "There was an error."},
            Answer.DECLINED,
            "There was an error.",
            id="Contact Form 7 could not send it",
        ),
        pytest.param(
            {"status": "validation_failed", "message": "Check the fields."},
            Answer.DECLINED,
            "Check the fields.",
            id="Contact Form 7 wants other values",
        ),
        pytest.param(
            {"status": "spam", "message": "There was an error."},
            Answer.BLOCKED,
            "There was an error.",
            id="Contact Form 7 took it for spam, in the words of an error",
        ),
        pytest.param(
            {"success": True, "data": {"confirmation": "<div><p>Thanks!</p></div>"}},
            Answer.ACCEPTED,
            "Thanks!",
            id="WPForms",
        ),
        pytest.param(
            {"success": True, "data": {"confirmation": ""}},
            Answer.UNCLEAR,
            "It answered without a word about the message.",
            id="WPForms swallows what fell into its honeypot",
        ),
        pytest.param(
            {
                "success": False,
                "data": {
                    "errors": {
                        "general": {"header": "<p>Anti-spam verification failed.</p>"}
                    }
                },
            },
            Answer.BLOCKED,
            "Anti-spam verification failed.",
            id="WPForms' spam guard",
        ),
        pytest.param(
            {"success": False, "data": {"message": "A server error.", "errors": []}},
            Answer.DECLINED,
            "A server error.",
            id="Elementor could not send it",
        ),
        pytest.param(
            {"data": [], "errors": {"nonce": {"new_nonce": "08a9"}}},
            Answer.DECLINED,
            "08a9",
            id="Ninja Forms with a stale nonce",
        ),
        pytest.param(
            {"success": False, "data": "Invalid nonce. Please refresh."},
            Answer.DECLINED,
            "Invalid nonce. Please refresh.",
            id="Forminator with a stale nonce",
        ),
        pytest.param(
            {"status": 1, "error": ["Went wrong."], "data": {"message": "Thank you!"}},
            Answer.ACCEPTED,
            "Thank you!",
            id="MetForm carries an error in its success",
        ),
        pytest.param(
            {"status": 0, "error": ["Unauthorized."], "data": {"message": ""}},
            Answer.DECLINED,
            "Unauthorized.",
            id="MetForm says no",
        ),
        pytest.param({"ok": True, "next": "/thanks"}, Answer.ACCEPTED, None, id="ok"),
        pytest.param(
            {"errors": [{"code": "E", "message": "should be an email"}]},
            Answer.DECLINED,
            "should be an email",
            id="Formspree's errors",
        ),
        pytest.param({"is_valid": False}, Answer.DECLINED, None, id="Gravity's REST"),
        pytest.param({"weather": "fair"}, Answer.UNCLEAR, None, id="no claim"),
        pytest.param([1, 2], Answer.UNCLEAR, None, id="a list"),
    ],
)
def test_json_is_read_by_the_field_that_decides(
    report: object, answer: Answer, words: str | None
) -> None:
    receipt = json_answer(report)

    assert receipt.answer is answer
    assert words in (None, receipt.words)


def test_an_error_status_outweighs_the_body() -> None:
    fluent = {"errors": {"email": {"email": "This field must contain an email"}}}

    assert json_answer(fluent, 423).answer is Answer.DECLINED
    assert json_answer({"success": True}, 404).answer is Answer.DECLINED
    assert answer_to("<p>Thank you!</p>", status=404).answer is Answer.DECLINED


def test_a_broken_server_may_have_sent_the_message_before() -> None:
    receipt = answer_to("<h1>Internal server error</h1>", status=500)

    assert receipt.answer is Answer.UNCLEAR
    assert (receipt.status, receipt.words) == (500, "Internal server error")


def test_a_warning_printed_before_the_json_does_no_harm() -> None:
    said = '<b>Warning</b>: old PHP\n{"status":"mail_sent","message":"Sent."}'

    assert answer_to(said, kind="application/json").answer is Answer.ACCEPTED


@pytest.mark.parametrize(
    "said",
    [
        "<p>Thank you for your message!</p>",
        "<p>Your message <b>has been sent</b>.</p>",
        "<p>Vielen Dank für Ihre Nachricht.</p>",
        "<p>Ihre Nachricht wurde erfolgreich gesendet.</p>",
        "<p>Merci, nous vous répondrons.</p>",
        "<p>Votre message a bien été envoyé.</p>",
        "<p>Gracias por tu mensaje. El mensaje se ha enviado.</p>",
        "<p>Grazie per il tuo messaggio.</p>",
        "<p>Il messaggio è stato inviato.</p>",
        "<p>Bedankt voor uw bericht. Het is verzonden.</p>",
        "<p>Dziękujemy za wiadomość.</p>",
        "<p>Obrigado pela sua mensagem.</p>",
        "<div class='gform_confirmation_message'>Takk skal du ha</div>",
        "<div class='alert alert-success'>Tack</div>",
        "<div class=frm_message>Kiitos</div>",
        f"<div role=status>Thanks! We'll be in touch.</div>{FORM}",
    ],
)
def test_new_thanks_are_an_acceptance(said: str) -> None:
    assert answer_to(f"<h1>Contact</h1>{said}").answer is Answer.ACCEPTED


@pytest.mark.parametrize(
    "said",
    [
        "<ul class=errorlist><li>This field is required.</li></ul>",
        "<div role=alert>Your message could not be sent.</div>",
        "<div class=error>Ihre Nachricht konnte leider nicht gesendet werden.</div>",
        "<p>Fehler: Bitte füllen Sie alle Felder aus.</p>",
        "<p>Le message n&rsquo;a pas été envoyé. Veuillez réessayer.</p>",
        "<p>El mensaje no se ha enviado. Inténtelo más tarde.</p>",
        "<p>Il messaggio non è stato inviato.</p>",
        "<p>Het bericht is niet verzonden. Probeer het opnieuw.</p>",
        "<p>Wiadomość nie została wysłana.</p>",
        "<p>A mensagem não foi enviada. Tente novamente.</p>",
        "<div class='form-error'>Sähköposti puuttuu</div>",
        "<p>This form has expired.</p>",
        "<p>Die Sitzung ist abgelaufen.</p>",
        "<p>La session a expiré.</p>",
        "<p>La sesión ha caducado.</p>",
        "<p>La sessione è scaduta.</p>",
        "<p>De sessie is verlopen.</p>",
        "<p>Sesja wygasła.</p>",
        "<p>A sessão expirou.</p>",
    ],
)
def test_new_errors_are_a_refusal(said: str) -> None:
    assert answer_to(f"<h1>Contact</h1>{said}{FORM}").answer is Answer.DECLINED


def test_what_the_page_always_says_is_no_answer() -> None:
    templates = (
        "<div class='contact-form-submission'>Thank you for your response.</div>"
        "<div class=form-error>An error occurred.</div>"
    )
    page = CONTACT + templates

    assert answer_to(page, before=page).answer is Answer.UNCLEAR


def test_what_the_answer_hides_is_not_said() -> None:
    hidden = "<div class=success style='display: none'>Thank you!</div>"

    assert answer_to(f"{CONTACT}{hidden}").answer is Answer.UNCLEAR


def test_an_error_in_its_place_beats_thanks() -> None:
    said = (
        "<div class=messages--error>Unable to send email.</div>"
        "<div class=messages--status>Your message has been sent.</div>"
    )

    receipt = answer_to(said)

    assert (receipt.answer, receipt.words) == (
        Answer.DECLINED,
        "Unable to send email.",
    )


def test_thanks_beat_error_words_elsewhere() -> None:
    said = "<p>Thank you!</p><p>In our blog: an error in the almanac.</p>"

    assert answer_to(said).answer is Answer.ACCEPTED


def test_thanks_beside_an_unreadable_error_stay_unclear() -> None:
    said = "<div class=warning>Huomio</div><p>Thank you!</p>"

    assert answer_to(said).answer is Answer.UNCLEAR


def test_the_form_come_back_with_our_words_is_a_refusal() -> None:
    echo = CONTACT.replace("></textarea>", ">Hello</textarea>")
    marked = CONTACT.replace("name=email", "name=email aria-invalid=true")

    assert answer_to(echo).answer is Answer.DECLINED
    assert answer_to(marked).answer is Answer.DECLINED


def test_the_form_come_back_empty_says_nothing() -> None:
    assert answer_to(CONTACT).answer is Answer.UNCLEAR


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("sent", Answer.ACCEPTED),
        ("invalid", Answer.DECLINED),
        ("failed", Answer.DECLINED),
        ("spam", Answer.BLOCKED),
    ],
)
def test_contact_form_7_without_javascript_tells_by_a_class(
    state: str, answer: Answer
) -> None:
    page = CONTACT.replace("wpcf7-form init", f"wpcf7-form {state}")
    said = page.replace("</form>", "<p class=wpcf7-response-output>So.</p></form>")

    receipt = answer_to(said)

    assert (receipt.answer, receipt.words) == (answer, "So.")


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://bakery.example/contact/sent/", Answer.ACCEPTED),
        ("https://bakery.example/danke/", Answer.ACCEPTED),
        (f"{HERE}?contact-form-sent=66", Answer.ACCEPTED),
        (f"{HERE}?sent=0", Answer.UNCLEAR),
        (f"{HERE}?error=1", Answer.DECLINED),
        ("https://bakery.example/", Answer.UNCLEAR),
        ("https://thank-you.example/", Answer.UNCLEAR),
        (HERE, Answer.UNCLEAR),
    ],
)
def test_where_the_answer_leads_tells_too(url: str, answer: Answer) -> None:
    assert answer_to("<p>The bakery</p>", url=url).answer is answer


def test_our_own_words_in_the_address_are_no_thanks() -> None:
    before = CONTACT.replace("method=post", "method=get")
    url = f"{HERE}?message=thank+you&name=success"

    assert answer_to("<p>Hm</p>", before=before, url=url).answer is Answer.UNCLEAR


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_firewalls_challenge_is_a_block(status: int) -> None:
    said = "<html><title>Just a moment...</title><p>Checking your browser</p></html>"

    receipt = answer_to(said, status=status)

    assert receipt.answer is Answer.BLOCKED
    assert receipt.words.startswith("Cloudflare firewall: ")


@pytest.mark.parametrize("kind", ["text/html", "application/json", "image/png", ""])
def test_an_empty_answer_is_unclear(kind: str) -> None:
    receipt = answer_to(b"", kind=kind)

    assert receipt.answer is Answer.UNCLEAR
    assert receipt.words == "It answered without a word about the message."


def test_words_are_short_and_fit_for_a_terminal() -> None:
    receipt = answer_to(f"<p>Thank you \x1b[31m\x07red {'very ' * 200} much</p>")

    assert len(receipt.words) <= 300
    assert receipt.words.isprintable()


def test_deep_and_endless_json_does_no_harm() -> None:
    for said in (
        "[" * 100_000,
        '{"a":' * 50_000,
        "9" * 10_000,
        '{"status":' + "9" * 9999,
    ):
        assert answer_to(said, kind="application/json").answer is Answer.UNCLEAR


@given(
    st.binary() | st.text().map(str.encode),
    st.sampled_from(
        ["text/html", "application/json", "image/png", "text/html;charset=x"]
    )
    | st.text(),
    st.integers(100, 599),
)
def test_any_bytes_are_some_answer(body: bytes, kind: str, status: int) -> None:
    receipt = answer_to(body, kind=kind, status=status)

    assert len(receipt.words) <= 300
    assert receipt.words.isprintable()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["status", "success", "ok", "data", "errors", "message", "html"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_json_is_some_answer(report: object) -> None:
    assert json_answer(report).words.isprintable()
