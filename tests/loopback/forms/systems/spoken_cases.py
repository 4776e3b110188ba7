"""The systems that most sites have."""

from collections.abc import Sequence

from tests.loopback.forms.systems.spoken import (
    ADMIN_AJAX,
    AJAX,
    API,
    TRY_LATER,
    XHR,
    Spoken,
    no,
    trapped,
    yes,
)

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
        trapped(f'{{"status": "spam", "message": "{TRY_LATER}"}}', "for spam"),
        no(
            '{"status": "validation_failed", "message": "Have an error.",'
            '"invalid_fields": [{"field": "your-email", "message": "No address."}]}',
            "Have an error. No address.",
        ),
        no('{"status": "acceptance_missing", "message": "Accept."}', "Accept."),
        no('{"status": "aborted", "message": "Sending was aborted."}', "aborted"),
        no(
            '{"status": "mail_sent", "demo_mode": "on", "message": "Thank you."}',
            "demo mode",
        ),
        no('{"code": "wpcf7_not_found", "message": "No such form."}', status=404),
        no('{"code": "rest_no_route", "message": "None."}', "switched off", 404),
        no('{"code": "rest_cannot_access", "message": "No!"}', "closed", 401),
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

MESSAGE = """<label>Name <input name="{0}name{1}" required></label>
<label>Email <input type="email" name="{0}email{1}" required></label>
<label>Message <textarea name="{0}message{1}" required></textarea></label>"""

FLUENT = Spoken(
    system="fluent",
    page=f"""{AJAX}<form data-form_id="1" id="fluentform_1" method="POST"
 class="frm-fluent-form fluent_form_1">
<input type="hidden" name="_fluentform_1_fluentformnonce" value="c70e">
{MESSAGE.format("", "")}<button type="submit">Submit Form</button></form>""",
    to=ADMIN_AJAX,
    sends={"action": "fluentform_submit", "form_id": "1"},
    headers=XHR,
    answers=(
        yes(
            '{"success":true,"data":{"insert_id":3,"result":'
            '{"message":"Thank you for writing.","action":"hide_form"},"error":""}}',
            "Thank you for writing.",
        ),
        no(
            '{"errors":{"email":{"email":"Must be a valid email"}}}',
            "valid email",
            status=423,
        ),
        no('{"errors":"You can not submit this form!"}', "can not", status=422),
        trapped(
            '{"errors":{"restricted":["Too Many Requests."]}}', "Too Many", status=429
        ),
    ),
)

FORMIDABLE = Spoken(
    system="formidable",
    page=f"""{AJAX}<form enctype="multipart/form-data" method="post"
 class="frm-show-form frm_ajax_submit" id="form_contact" data-token="9c1d">
<input type="hidden" name="frm_action" value="create">
{MESSAGE.format("item_meta[", "]")}<button type="submit">Submit</button></form>""",
    to=ADMIN_AJAX,
    sends={
        "action": "frm_entries_create",
        "frm_action": "create",
        "antispam_token": "9c1d",
    },
    headers=XHR,
    answers=(
        yes(
            '{"errors":{},"content":"<div class=frm_message>Thank you!</div>",'
            '"pass":false}',
            "Thank you!",
        ),
        no('{"errors":{"7":"Email is invalid"},"content":"","pass":false}', "Email"),
        trapped(
            '{"errors":{"spam":"Your entry appears to be spam!"},"content":"",'
            '"pass":false}',
            "spam",
        ),
        no('{"errors":{},"content":"","pass":false}', "nothing at all"),
    ),
)

FORMINATOR = Spoken(
    system="forminator",
    page=f"""{AJAX}<form id="forminator-module-23" method="post"
 class="forminator-ui forminator-custom-form forminator_ajax">{MESSAGE.format("", "-1")}
<input type="hidden" name="forminator_nonce" value="stale">
<input type="hidden" name="form_id" value="23">
<input type="hidden" name="action" value="forminator_submit_form_custom-forms">
<button>Submit</button></form>""",
    to=ADMIN_AJAX,
    sends={"action": "forminator_submit_form_custom-forms", "form_id": "23"},
    headers=XHR,
    answers=(
        yes(
            '{"success":true,"data":{"message":"Thanks for writing!","success":true}}',
            "Thanks for writing!",
        ),
        no(
            '{"success":false,"data":{"message":"Error: It is not valid.",'
            '"errors":[{"name-1":"This field is required."}]}}',
            "not valid. This field is required.",
        ),
        no('{"success":false,"data":"Invalid nonce. Please refresh."}', "nonce"),
        no("0", "switched off", 400),
        no("-1", "an old page", 403),
    ),
)

GRAVITY = Spoken(
    system="gravity",
    page="""<script>var c = {"honeypot":{"version_hash":"f73bec8d409e2ac4"}};</script>
<form method="post" enctype="multipart/form-data" id="gform_1" action="/contact/">
<label>Name <input name="input_1" required></label>
<label>Email <input type="email" name="input_2" required></label>
<label>Comments <textarea name="input_4" required></textarea></label>
<input type="hidden" name="gform_submit" value="1">
<input type="submit" value="Submit"></form>""",
    to="/contact/",
    sends={"version_hash": "f73bec8d409e2ac4", "gform_submit": "1"},
    answers=(
        yes(
            '<div class="gform_confirmation_message">Thanks for contacting us!</div>',
            "Thanks for contacting us!",
        ),
        no(
            '<div class="gform_validation_errors"><h2>There was a problem with your '
            "submission.</h2></div>",
            "a problem",
        ),
        no(
            '<form class="gform_validation_error"><h2 class="gform_submission_error">'
            "Review the fields.</h2><label>Name</label><input name=input_1>"
            '<div class="gfield_validation_message">No such address.</div></form>',
            "Review the fields. No such address.",
        ),
    ),
)

KADENCE = Spoken(
    system="kadence",
    page=f"""{AJAX}<form class="kb-advanced-form" method="post">
{MESSAGE.format("", "")}<button type="submit">Submit</button>
<input type="hidden" name="_kb_adv_form_post_id" value="34">
<input type="hidden" name="action" value="kb_process_advanced_form_submit"></form>""",
    to=ADMIN_AJAX,
    sends={
        "action": "kb_process_advanced_form_submit",
        "_kb_adv_form_post_id": "34",
    },
    headers=XHR,
    answers=(
        yes(
            '{"html":"<div class=kb-adv-form-success>Success, thanks!</div>",'
            '"success":true,"show_message":true}',
            "thanks!",
        ),
        no(
            '{"success":false,"data":{"html":"<div>Submission Failed</div>",'
            '"message":"Submission Failed"}}',
            "Failed",
        ),
    ),
)

SUREFORMS = Spoken(
    system="sureforms",
    page=f"""{API}<form method="post" enctype="multipart/form-data"
 id="srfm-form-26" class="srfm-form" form-id="26" data-submit-token="0ccf185d">
<input type="hidden" value="26" name="form-id">
{MESSAGE.format("srfm-", "")}<button>Submit</button></form>""",
    to="/wp-json/sureforms/v1/submit-form",
    sends={"form-id": "26"},
    headers={"x-wp-submit-token": "0ccf185d"},
    answers=(
        yes(
            '{"success":true,"message":"<h2>Thank you</h2>","data":'
            '{"submission_id":3}}',
            "Thank you",
        ),
        trapped(
            '{"success":false,"data":{"message":"Your submission was flagged as '
            'spam. Please try again."}}',
            "spam",
        ),
        no(
            '{"code":"srfm_token_invalid","message":"Security verification failed."}',
            "verification failed",
            status=403,
        ),
    ),
)

SPOKEN: Sequence[Spoken] = (
    CONTACT_FORM_7,
    ELEMENTOR,
    FLUENT,
    FORMIDABLE,
    FORMINATOR,
    GRAVITY,
    KADENCE,
    SUREFORMS,
    WPFORMS,
)
