"""WordPress's other plugins, as running originals were seen to show and answer."""

from collections.abc import Sequence

from tests.loopback.forms.systems.spoken import (
    ADMIN_AJAX,
    AJAX,
    XHR,
    Spoken,
    no,
    trapped,
    unclear,
    yes,
)

NINJA = Spoken(
    system="ninja",
    page=f"""{AJAX}<script>nfFrontEnd = {{"ajaxNonce":"5ca1ab1e"}};</script>
<div id="nf-form-3-cont" class="nf-form-cont"></div>
<script>var form=[];form.id='3';form.settings={{"title":"Write to us","conditions":[]}};
form.fields=[{{"id":7,"type":"textbox","key":"n","label":"Name","required":1}},
{{"id":8,"type":"email","key":"e","label":"Email <b>*<\\/b>","required":1}},
{{"id":9,"type":"textarea","key":"m","label":"Message","required":1,"value":""}},
{{"id":"10","type":"listradio","label":"Topic","required":1,"options":[
 {{"label":"Hire","value":"h","selected":1}},{{"label":"Buy","value":"b"}}]}},
{{"id":11,"type":"html","label":"HTML","default":"<p>Hello<\\/p>"}},
{{"id":12,"type":"submit","label":"Send"}}];nfForms.push(form);</script>""",
    to=ADMIN_AJAX,
    sends={"action": "nf_ajax_submit", "security": "5ca1ab1e"},
    headers=XHR,
    answers=(
        yes(
            '{"data":{"actions":{"email":{"sent":true},"success_message":'
            '"<p>We have it.<\\/p>"}},"errors":[]}',
            "We have it.",
        ),
        yes('{"data":{"actions":{"success_message":"Kept."}},"errors":[]}', "Kept."),
        no(
            '{"data":{"actions":{"email":{"sent":false},"success_message":"Thanks!"}},'
            '"errors":[]}',
            "its mail was not sent",
        ),
        no(
            '{"data":{"fields":{"7":{"value":"A test"}}},"errors":{"fields":{"8":'
            '{"slug":"invalid","message":"That is no address."}}}}',
            "That is no address.",
        ),
        trapped(
            '{"data":[],"errors":{"form":{"spam":"There was an error."}}}', "an error"
        ),
        no('{"data":{"form_id":"3","processed_actions":[]},"errors":[]}', "deleted"),
        unclear('{"data":[],"errors":{"nonce":{"new_nonce":"1","nonce_ts":2}}}'),
    ),
)

EVEREST = Spoken(
    system="everest",
    page=f"""{AJAX}<form id="evf-form-8" class="everest-form" data-formid="8"
 data-ajax_submission="1" method="post" action="/contact/">
<input type="hidden" name="_wpnonce8" value="stale">
<label>Name <input name="everest_forms[form_fields][name]" required></label>
<label>Email <input type="email" name="everest_forms[form_fields][mail]"></label>
<label>Message <textarea name="everest_forms[form_fields][text]"></textarea></label>
<input type="hidden" name="everest_forms[id]" value="8">
<button name="everest_forms[submit]" value="evf-submit">Submit</button></form>""",
    to=ADMIN_AJAX,
    sends={
        "action": "everest_forms_ajax_form_submission",
        "_wpnonce8": "stale",
        "everest_forms[submit]": "evf-submit",
    },
    headers=XHR,
    answers=(
        yes(
            '{"success":true,"data":{"response":"success","message":"We thank you."}}',
            "We thank you.",
        ),
        no(
            '{"success":false,"data":{"error":[{"mail":"Please write an address."}],'
            '"message":"It was not submitted.","response":"error"}}',
            "not submitted",
        ),
    ),
)

JETPACK = Spoken(
    system="jetpack",
    page=f"""{AJAX}<form method="post" class="contact-form" action="/contact/">
<input type="hidden" name="jetpack_contact_form_jwt" value="eyJ0.eyJ1.c2ln">
<label>Name <input name="g58-name" required></label>
<label>Email <input type="email" name="g58-email" required></label>
<label>Message <textarea name="g58-message"></textarea></label>
<input type="hidden" name="contact-form-id" value="58">
<input type="hidden" name="action" value="grunion-contact-form">
<input type="hidden" name="contact-form-hash" value="f8e1c7">
<button>Send</button></form>""",
    to=ADMIN_AJAX,
    sends={
        "action": "grunion-contact-form",
        "jetpack_contact_form_jwt": "eyJ0.eyJ1.c2ln",
    },
    headers={"accept": "application/json"},
    answers=(
        yes('{"success":true,"data":[{"label":"Name","value":"A Person"}]}'),
        no(
            '{"success":false,"data":{"error":"Email wants an address."}}',
            "wants an address",
            status=400,
        ),
        no('<div class="form-errors" role="alert">Email is required.</div>', "Email"),
        no("<h1>Not found</h1>", status=404),
    ),
)

ORIGINALS: Sequence[Spoken] = (NINJA, EVEREST, JETPACK)
