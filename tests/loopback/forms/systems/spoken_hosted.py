"""Forms of form services in the page of https://shop.example, and what they answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.loopback.forms.systems.spoken import Said, no, trapped, yes

PAGE = "https://shop.example/contact"


@dataclass(frozen=True, kw_only=True)
class Hosted:
    """One service's form, as a site shows it."""

    system: str
    page: str
    shows: str = ""
    """Where the service shows its form, or tells it to its script."""
    form: str = ""
    """What it says there."""
    to: str
    """Where the message goes."""
    sends: Mapping[str, str]
    """Some of what must be sent."""
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: Sequence[Said]


MESSAGE = """<label>Name <input name="name" required></label>
<label>Email <input type="email" name="email" required></label>
<label>Message <textarea name="message" required></textarea></label>
<button>Send</button>"""
JSON = {"accept": "application/json"}

FORMSPREE = Hosted(
    system="formspree",
    page=f"""<form action="https://formspree.io/f/xkndqrpw" method="post">{MESSAGE}
<input type="text" name="_gotcha" style="display:none"></form>""",
    to="https://formspree.io/f/xkndqrpw",
    sends={"_gotcha": ""},
    headers=JSON,
    answers=(
        yes('{"ok":true,"next":"/thanks?language=en"}'),
        yes('{"success":"email sent","next":"/thanks"}'),
        no('{"success":"confirmation email sent"}', "confirmed"),
        no(
            '{"error":"Validation errors","errors":[{"code":"TYPE_EMAIL","field":'
            '"email","message":"should be an email"}]}',
            "should be an email",
            status=422,
        ),
        no('{"error":"Form not found","errors":[]}', "Form not found", status=404),
        trapped(
            '{"error":"In order to submit via AJAX, you need to set a custom key or '
            "disable reCAPTCHA in this form's settings page.\"}",
            "reCAPTCHA",
            status=403,
        ),
        trapped(
            "<h1>Almost there</h1><form><div class=g-recaptcha></div></form>",
            "reCAPTCHA",
        ),
    ),
)

BASIN = Hosted(
    system="basin",
    page=f"""<form action="https://usebasin.com/f/8c2f" method="post">{MESSAGE}
</form>""",
    to="https://usebasin.com/f/8c2f",
    sends={"name": "Anna Probe"},
    headers=JSON,
    answers=(
        yes('{"success":true,"id":712,"email":"it@agency.example"}'),
        no('{"error":"This form is not accepting submissions."}', "not", status=403),
        trapped('{"error":"CAPTCHA verification failed"}', "CAPTCHA", status=422),
    ),
)

JOTFORM_ID = "240011223344556"
JOTFORM = Hosted(
    system="jotform",
    page=f"""<h1>Contact</h1>
<script src="https://form.jotform.com/jsform/{JOTFORM_ID}"></script>""",
    shows=f"https://form.jotform.com/{JOTFORM_ID}",
    form=f"""<form class="jotform-form" id="{JOTFORM_ID}" method="post"
 action="https://submit.jotform.com/submit/{JOTFORM_ID}">
<input type="hidden" name="formID" value="{JOTFORM_ID}"><ul>
<li><label for="a">First Name</label><input id="a" name="q3_name[first]"></li>
<li><label for="b">Last Name</label><input id="b" name="q3_name[last]"></li>
<li><label for="c">Email</label><input id="c" type="email" name="q4_email"></li>
<li><label for="e">Order</label><input id="e" name="q6_order"
 class="form-textbox validate[required, AlphaNumeric]"></li>
<li><label for="d">Message</label><textarea id="d" name="q5_message"></textarea></li>
<li style="display:none">Should be Empty: <input name="website"></li></ul>
<button>Submit</button>
<input type="hidden" class="simple_spc" name="simple_spc" value="{JOTFORM_ID}">
</form>""",
    to=f"https://submit.jotform.com/submit/{JOTFORM_ID}",
    sends={
        "simple_spc": f"{JOTFORM_ID}-{JOTFORM_ID}",
        "website": "",
        "q3_name[last]": "Probe",
        "q6_order": "Test",
    },
    answers=(
        yes("<div class='thankyou-wrapper'><h1>All right!</h1></div>", "All right!"),
        yes("<h1>Thank You!</h1><p>Your submission has been received.</p>", "Thank"),
        no("<h1>Error</h1><p>There are errors. Please fix these.</p>", "Error"),
        trapped(
            "<h1>One more step</h1><div class='h-captcha'></div>",
            "hCaptcha",
        ),
        no("<h1>Form not found</h1>", "not found", status=404),
    ),
)

GOOGLE_ID = "1FAIpQLSdTestTestTestTestTestTestTestTestTestTest"
GOOGLE_URL = f"https://docs.google.com/forms/d/e/{GOOGLE_ID}"


def question(
    number: int, title: str, kind: int, *options: str, required: bool = True
) -> list[object]:
    choices = [[option, None, None, None, 0] for option in options] or None
    return [number * 7, title, None, kind, [[number, choices, int(required)]]]


TOLD = "<script>var FB_PUBLIC_LOAD_DATA_ = {};</script>"


def google(*questions: list[object], email: int = 1) -> str:
    """Return a page as Google Forms writes it, with these questions."""
    settings = [None] * 6 + [email]
    form = ["Write to us", questions, *[None] * 6, "Contact us", 73, settings]
    told = TOLD.format(json.dumps([None, form, "/forms", "Contact"]))
    return f"""<form action="{GOOGLE_URL}/formResponse" method="post">
<input type="hidden" name="entry.11" value="">
<input type="hidden" name="entry.44_sentinel" value="">
<input type="hidden" name="fvv" value="1"><input type="hidden" name="fbzx" value="-42">
<input type="hidden" name="pageHistory" value="0"></form>{told}"""


QUESTIONS = (
    question(11, "Your name", 0),
    question(22, "Email", 0),
    question(33, "What can we do for you?", 1),
    question(44, "Subject", 2, "A question", "An order", ""),
    question(55, "Stars", 18, required=False),
)
GOOGLE_FORMS = Hosted(
    system="google-forms",
    page=f"""<h1>Contact</h1>
<iframe src="{GOOGLE_URL}/viewform?embedded=true"></iframe>""",
    shows=f"{GOOGLE_URL}/viewform",
    form=google(*QUESTIONS),
    to=f"{GOOGLE_URL}/formResponse",
    sends={
        "entry.11": "Anna Probe",
        "entry.22": "it+wq7m2k9d4h@agency.example",
        "entry.44": "A question",
        "entry.44_sentinel": "",
        "fvv": "1",
        "fbzx": "-42",
        "pageHistory": "0",
    },
    answers=(
        yes(f"<div>Alles klar.</div>{TOLD.format('[null,[null,null]]')}", "Alles"),
        yes("<div>Your response has been recorded.</div>", "recorded"),
        no(google(*QUESTIONS), "again"),
        no("<h1>Sorry, the file you have requested does not exist.</h1>", status=404),
    ),
)

PORTAL, GUID = "4711", "0e83528b-bdbb-47b7-aa75-1080839e08a7"


def hubspot(*fields: Mapping[str, object], **more: object) -> str:
    """Return a form as HubSpot tells it to its script."""
    groups = [{"fields": [field], "isPageBreak": False} for field in fields]
    return json.dumps({"form": {"name": "Contact", "formFieldGroups": groups, **more}})


def asked(
    name: str, label: str, kind: str = "text", **more: object
) -> dict[str, object]:
    told = {"name": name, "label": label, "fieldType": kind, "objectTypeId": "0-1"}
    return {**told, "required": True, **more}


FIELDS = (
    asked("firstname", "First name"),
    asked("lastname", "Last name", required=False, defaultValue=None),
    asked("email", "Email"),
    asked("message", "Message", "textarea"),
    asked(
        "topic",
        "Topic",
        "select",
        options=[{"label": "Anything", "value": "any"}],
    ),
    asked("consent", "I agree to the privacy policy", "booleancheckbox"),
    asked("source", "Source", hidden=True, defaultValue="site"),
)
HUBSPOT = Hosted(
    system="hubspot",
    page=f"""<title>Contact</title><script>hbspt.forms.create({{region: "eu1",
 portalId: "{PORTAL}", formId: '{GUID}'}});</script>""",
    shows=f"https://forms-eu1.hsforms.com/embed/v3/form/{PORTAL}/{GUID}/json",
    form=hubspot(*FIELDS),
    to=(
        f"https://api-eu1.hsforms.com/submissions/v3/integration/submit/{PORTAL}/{GUID}"
    ),
    sends={
        "firstname": "Anna",
        "lastname": "Probe",
        "topic": "any",
        "consent": "true",
        "source": "site",
    },
    headers={"content-type": "application/json", "origin": "https://shop.example"},
    answers=(
        yes('{"inlineMessage":"<p>Danke f\\u00fcr die Nachricht</p>"}', "Danke"),
        yes('{"redirectUri":"https://shop.example/danke"}'),
        no(
            '{"status":"error","message":"The request is not valid","errors":[{'
            '"message":"Error: Invalid email","errorType":"INVALID_EMAIL"}]}',
            "Invalid email",
            status=400,
        ),
        trapped(
            '{"status":"error","message":"The request is not valid","errors":[{'
            '"message":"Not allowed","errorType":"FORM_HAS_RECAPTCHA_ENABLED"}]}',
            "Not allowed",
            status=400,
        ),
        no('{"status":"error","message":"resource not found"}', status=404),
    ),
)

HOSTED: Sequence[Hosted] = (BASIN, FORMSPREE, GOOGLE_FORMS, HUBSPOT, JOTFORM)
