"""The systems beyond WordPress whose forms a site takes itself."""

import json
from collections.abc import Sequence

from probes.forms.form import Answer
from tests.loopback.forms.systems.spoken import Said, Spoken, no, trapped, yes


def drupal(words: str, kind: str = "status") -> str:
    """Return Drupal's page with a message on it."""
    return f"""<main><div data-drupal-messages><div role="contentinfo"
 class="messages messages--{kind}"><h2>Message</h2>{words}</div></div></main>"""


def piped(words: str) -> str:
    """Return Drupal's page whose message a script is to put into it."""
    command = {"command": "insert", "method": "replaceWith", "data": drupal(words)}
    told = json.dumps([{"command": "settings"}, command]).replace("<", "\\u003C")
    return f"""<h1>Welcome!</h1><script type="application/vnd.drupal-ajax"
 data-big-pipe-replacement-for-placeholder-with-id="x">{told}</script>"""


UNSENT = "Unable to send email. Contact the site administrator if the problem persists."
FLOOD = (
    'You cannot send more than <em class="placeholder">5</em> messages in 1 hour. '
    "Try again later."
)
TOO_LONG = (
    'Betreff darf nicht länger als <em class="placeholder">100</em> Zeichen sein, hat '
    'aber <em class="placeholder">120</em>.'
)
MESSAGE = """<label>Name <input name="{0}name{1}" required></label>
<label>Email <input type="email" name="{0}email{1}" required></label>
<label>Message <textarea name="{0}message{1}" required></textarea></label>"""
FIELDS = """<label>Your name <input name="name" required></label>
<label>Your email address <input type="email" name="mail" required></label>
<label>Subject <input name="subject[0][value]" required></label>
<label>Message <textarea name="message[0][value]" required></textarea></label>"""

DRUPAL = Spoken(
    system="drupal",
    page=f"""<form class="contact-message-feedback-form contact-message-form"
 action="/contact" method="post">{FIELDS}
<input type="hidden" name="form_build_id" value="form-Zq8">
<input type="hidden" name="form_id" value="contact_message_feedback_form">
<div class="url-textfield" style="display: none !important"><label>Leave this field
 blank <input name="url" value=""></label></div>
<input type="submit" name="op" value="Send message"></form>""",
    to="/contact",
    sends={
        "form_build_id": "form-Zq8",
        "form_id": "contact_message_feedback_form",
        "op": "Send message",
        "url": "",
    },
    answers=(
        yes(drupal("Your message has been sent."), "has been sent"),
        yes(drupal("Ihre Botschaft ist unterwegs."), "unterwegs"),
        yes(piped("Your message has been sent."), "has been sent"),
        no(drupal(UNSENT, "error") + drupal("Your message has been sent."), UNSENT),
        no(drupal("Kein Versand.", "error") + drupal("Vielen Dank."), "Kein Versand"),
        no(drupal("Subject field is required.", "error"), "required"),
        no(drupal(TOO_LONG, "error"), "länger"),
        trapped(drupal(FLOOD, "error"), "more than 5"),
        trapped(
            drupal("There was a problem. Please wait 6 seconds and try again.", "error")
        ),
        trapped(drupal("The answer to the CAPTCHA was not correct.", "error")),
        no("<h1>Page not found</h1>", status=404),
    ),
)

WEBFORM = Spoken(
    system="drupal",
    page=f"""<form class="webform-submission-form" action="/contact" method="post">
{FIELDS}<input type="hidden" name="form_build_id" value="form-w2">
<input type="hidden" name="form_id" value="webform_submission_contact_node_1_form">
<input class="webform-button--submit" type="submit" name="op" value="Send"></form>""",
    to="/contact",
    sends={"form_id": "webform_submission_contact_node_1_form", "op": "Send"},
    answers=(
        yes('<div class="webform-confirmation">Wir melden uns.</div>', "melden uns"),
        no(drupal("Message field is required.", "error"), "required"),
    ),
)


def joomla_3(words: str, kind: str) -> str:
    """Return Joomla 3's page with a message on it."""
    said = f'<h4>Notice</h4><div><div class="alert-message">{words}</div></div>'
    return f"""<div id="system-message-container"><div id="system-message">
<div class="alert {kind}"><a class="close">x</a>{said}</div></div></div>"""


def joomla(words: str, kind: str) -> str:
    """Return Joomla's page with a message on it, as those without scripts get it."""
    said = f'<noscript><div class="alert alert-{kind}">{words}</div></noscript>'
    return f'<div id="system-message-container" aria-live="polite">{said}</div>'


JOOMLA_FIELDS = """<label>Name * <input name="jform[contact_name]" required></label>
<label>Email * <input type="email" name="jform[contact_email]" required></label>
<label>Subject * <input name="jform[contact_subject]" required></label>
<label>Message * <textarea name="jform[contact_message]" required></textarea></label>"""
JOOMLA = Spoken(
    system="joomla",
    page=f"""<form id="contact-form" action="/index.php" method="post"
 class="form-validate">{JOOMLA_FIELDS}<button type="submit">Send Email</button>
<input type="hidden" name="option" value="com_contact">
<input type="hidden" name="task" value="contact.submit">
<input type="hidden" name="id" value="1:office">
<input type="hidden" name="6a1c3f0be2d94c58a7e06b1d2f3c4e5a" value="1"></form>""",
    to="/index.php",
    sends={
        "task": "contact.submit",
        "6a1c3f0be2d94c58a7e06b1d2f3c4e5a": "1",
        "jform[contact_name]": "Anna Probe",
    },
    answers=(
        yes(joomla("Thank you for your email.", "success"), "Thank you"),
        yes(joomla_3("Wir haben Ihre Mail.", "alert-success"), "Wir haben"),
        no(joomla_3("Could not instantiate mail function.", "alert-info"), "mail"),
        no(joomla_3("Das Token passt nicht.", ""), "Token"),
        no(joomla("Invalid field: Email", "danger"), "Invalid field"),
        trapped(joomla("The CAPTCHA was wrong.", "danger"), "CAPTCHA"),
        Said(
            body=f"<div id='system-message-container'></div><form>{JOOMLA_FIELDS}",
            claims=Answer.UNCLEAR,
            words="without thanks",
        ),
        no("<h1>The requested page cannot be found.</h1>", status=404),
    ),
)

DJANGO_FIELDS = """<label>Your name <input name="your_name" required></label>
<label>Your email <input type="email" name="your_email" required></label>
<label>Your message <textarea name="your_message" required></textarea></label>"""
DJANGO_FORM = f"""<form action="/contact/" method="post">{DJANGO_FIELDS}
<input type="hidden" name="csrfmiddlewaretoken" value="bGx0"><button>Submit</button>
</form>"""
ERROR_LIST = '<ul class="errorlist"><li>{}</li></ul>'
DJANGO = Spoken(
    system="django",
    page=DJANGO_FORM,
    to="/contact/",
    sends={"csrfmiddlewaretoken": "bGx0", "your_name": "Anna Probe"},
    answers=(
        yes("<h1>Post ist angekommen</h1>", "angekommen"),
        yes("<h1>Thank you</h1>", "Thank you"),
        no(ERROR_LIST.format("Pflichtangabe.") + DJANGO_FORM, "Pflichtangabe."),
        trapped(ERROR_LIST.format("Error verifying reCAPTCHA.") + DJANGO_FORM),
        no("<h1>Forbidden</h1><p>CSRF verification failed.</p>", "cache", status=403),
        no("<h1>Not Found</h1>", status=404),
    ),
)

NETLIFY = Spoken(
    system="netlify",
    page="""<form name="contact" method="post" action="/thanks">
<input type="hidden" name="form-name" value="contact">
<p hidden><label>Not for you <input name="bot-field"></label></p>
<label>Name <input name="name" required></label>
<label>Email <input type="email" name="email" required></label>
<label>Message <textarea name="message" required></textarea></label>
<button>Send</button></form>""",
    to="/thanks",
    sends={"form-name": "contact", "bot-field": ""},
    answers=(
        yes("<h1>Thank you!</h1><p>Your form submission has been received.</p>"),
        yes("<h1>Alles klar</h1>", "Alles klar"),
        no("<h1>Page not found</h1>", "knows no form", status=404),
        trapped("<form><div class='g-recaptcha'></div></form>", "reCAPTCHA"),
    ),
)

DIVI_FIELD = """<p><label class="et_pb_contact_form_label">{1}</label><input type="text"
 name="et_pb_contact_{0}_0" data-required_mark="required" placeholder="{1}"></p>"""
DIVI_FORM = f"""<form class="et_pb_contact_form" method="post" action="/contact">
{DIVI_FIELD.format("name", "Name")}{DIVI_FIELD.format("email", "Email Address")}
<p><textarea name="et_pb_contact_message_0" placeholder="Message"></textarea></p>
<input type="hidden" name="et_pb_contactform_submit_0" value="et_contact_proccess">
<input name="et_pb_contactform_validate_0" class="et_pb_contactform_validate_field">
<button type="submit" class="et_pb_contact_submit">Submit</button>
<input type="hidden" name="_wpnonce-et-pb-contact-form-submitted-0" value="c70e">
</form>"""
DIVI_MESSAGE = '<div class="et-pb-contact-message"><p>{}</p></div>'
DIVI = Spoken(
    system="divi",
    page=DIVI_FORM,
    to="/contact",
    sends={
        "et_pb_contactform_submit_0": "et_contact_proccess",
        "et_pb_contactform_validate_0": "",
        "et_pb_contact_email_fields_0": json.dumps(
            [
                {
                    "field_id": f"et_pb_contact_{name}_0",
                    "original_id": name,
                    "required_mark": mark,
                    "field_type": kind,
                    "field_label": label,
                }
                for name, mark, kind, label in (
                    ("name", "required", "input", "Name"),
                    ("email", "required", "email", "Email Address"),
                    ("message", "not_required", "text", "Message"),
                )
            ],
            separators=(",", ":"),
        ),
    },
    answers=(
        yes(DIVI_MESSAGE.format("Alles angekommen"), "angekommen"),
        no(DIVI_MESSAGE.format("Please refresh the page.") + DIVI_FORM, "refresh"),
        no("<h1>Not found</h1>", status=404),
    ),
)

ELSEWHERE: Sequence[Spoken] = (DIVI, DJANGO, DRUPAL, JOOMLA, NETLIFY, WEBFORM)
