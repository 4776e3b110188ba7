"""How each known system's page looks, what its script sends, and what is answered.

Written by us after what the running originals were seen to do, or their sources say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from probes.forms.form import Answer


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer of the system, and what it truly claims."""

    body: str
    claims: Answer
    words: str = ""
    """A telling part of what we tell."""
    status: int = 200


def yes(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.ACCEPTED, words=words, status=status)


def no(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.DECLINED, words=words, status=status)


def trapped(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.BLOCKED, words=words, status=status)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One system on a page of its own."""

    system: str
    page: str
    """`{host}` stands for the site's name and port."""
    to: str
    """The path that its script posts to."""
    sends: Mapping[str, str]
    """Some of the entries that must be sent."""
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: Sequence[Said]


API = '<!doctype html><link rel="https://api.w.org/" href="http://{host}/wp-json/">'
AJAX = r"""<script>told = {"ajaxurl":"http:\/\/{host}\/wp\/wp-admin\/admin-ajax.php"};
</script>"""
"""An address that only the page's scripts tell."""
ADMIN_AJAX = "/wp/wp-admin/admin-ajax.php"
XHR = {"x-requested-with": "XMLHttpRequest"}
TRY_LATER = "There was an error trying to send your message."

CONTACT_FORM_7 = Spoken(
    system="contact-form-7",
    page=f"""{API}<div class="wpcf7 no-js" id="wpcf7-f5-p14-o1">
<form action="/contact/#wpcf7-f5-p14-o1" method="post" class="wpcf7-form init">
<fieldset class="hidden-fields-container">
<input type="hidden" name="_wpcf7" value="5">
<input type="hidden" name="_wpcf7_unit_tag" value="wpcf7-f5-p14-o1"></fieldset>
<label>Your name <input name="your-name" aria-required="true"></label>
<label>Your email <input type="email" name="your-email"></label>
<label>Your message <textarea name="your-message"></textarea></label>
<input type="submit" value="Submit"></form></div>""",
    to="/wp-json/contact-form-7/v1/contact-forms/5/feedback",
    sends={"_wpcf7": "5", "_wpcf7_unit_tag": "wpcf7-f5-p14-o1"},
    answers=(
        yes('{"status": "mail_sent", "message": "Thank you."}', "Thank you."),
        no(f'{{"status": "mail_failed", "message": "{TRY_LATER}"}}', TRY_LATER),
        trapped(f'{{"status": "spam", "message": "{TRY_LATER}"}}', TRY_LATER),
        no('{"status": "validation_failed", "message": "Have an error."}', "error"),
        no('{"status": "acceptance_missing", "message": "Accept."}', "Accept."),
        no('{"status": "aborted", "message": "Sending was aborted."}', "aborted"),
        no(
            '{"status": "mail_sent", "demo_mode": "on", "message": "Thank you."}',
            "demo mode",
        ),
        no('{"code": "wpcf7_not_found", "message": "No such form."}', status=404),
        yes('Deprecated: foo() {"status": "mail_sent", "message": "Thank you."}'),
    ),
)

WPFORMS = Spoken(
    system="wpforms",
    page=f"""{AJAX}<form id="wpforms-form-17" method="post" data-formid="17"
 class="wpforms-validate wpforms-form wpforms-ajax-form" data-token="70a7"
 enctype="multipart/form-data" action="/contact/">
<label>First <input name="wpforms[fields][1][first]" required></label>
<label>Last <input name="wpforms[fields][1][last]" required></label>
<label>Email <input type="email" name="wpforms[fields][2]" required></label>
<label>Message <textarea name="wpforms[fields][3]"></textarea></label>
<input type="hidden" name="wpforms[id]" value="17">
<button name="wpforms[submit]" value="wpforms-submit">Submit</button></form>""",
    to=ADMIN_AJAX,
    sends={
        "action": "wpforms_submit",
        "wpforms[token]": "70a7",
        "wpforms[submit]": "wpforms-submit",
    },
    headers=XHR,
    answers=(
        yes(
            '{"success":true,"data":{"confirmation":"<p>Thanks for writing.</p>"}}',
            "Thanks for writing.",
        ),
        trapped('{"success":true,"data":{"confirmation":""}}', "robot"),
        no(
            '{"success":false,"data":{"errors":{"general":'
            '{"header":"<div><p>Form has not been submitted.</p></div>"}}}}',
            "has not been submitted",
        ),
        trapped(
            '{"success":false,"data":{"errors":{"general":'
            '{"header":"<p>Anti-spam verification failed.</p>"}}}}',
            "spam",
        ),
    ),
)

ELEMENTOR = Spoken(
    system="elementor",
    page=f"""{AJAX}<form class="elementor-form" method="post" name="Contact">
<input type="hidden" name="post_id" value="30">
<input type="hidden" name="form_id" value="5ab12c3">
<label>Name <input name="form_fields[name]" required></label>
<label>Email <input type="email" name="form_fields[email]" required></label>
<label>Message <textarea name="form_fields[message]" required></textarea></label>
<button type="submit">Send</button></form>""",
    to=ADMIN_AJAX,
    sends={
        "action": "elementor_pro_forms_send_form",
        "form_id": "5ab12c3",
        "referrer": "http://{host}/contact",
    },
    headers=XHR,
    answers=(
        yes('{"success":true,"data":{"message":"It was successful.","data":[]}}'),
        no(
            '{"success":false,"data":{"message":"It failed because of a server error.'
            '<br>Sorry.","errors":[],"data":[]}}',
            "server error",
        ),
    ),
)

SPOKEN: Sequence[Spoken] = (CONTACT_FORM_7, WPFORMS, ELEMENTOR)
