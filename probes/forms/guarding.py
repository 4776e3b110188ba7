"""Which guards stand in the way of a form, and which of them the settings overcome."""

from collections.abc import Iterable, Iterator, Mapping

from probes.forms.errors import Guarded
from probes.forms.exemption import is_of_site
from probes.forms.fill import CHOSEN
from probes.forms.form import Form, Guard, Meaning, Page
from probes.forms.labels import clean
from probes.settings import FormSettings

MOST_ADDRESS = 200


def guards_of(page: Page, form: Form, settings: FormSettings) -> Iterator[Guard]:
    """Yield the guards in this form that the settings do not overcome.

    One that judges in silence may let us pass, and is none here.
    """
    if not _is_exempted(form, settings):
        yield from _asking(page, form, answered=settings.fields)


def waived_of(page: Page, form: Form, settings: FormSettings) -> Iterator[Guard]:
    """Yield the guards in this form from which the site exempts us."""
    if _is_exempted(form, settings):
        yield from _asking(page, form, answered=settings.fields)


def answers_of(page: Page, form: Form, settings: FormSettings) -> Mapping[str, str]:
    """Return what fields get, whatever they mean: what the settings say.

    A question from which the site exempts us is not answered.
    """
    asked = {guard.field for guard in waived_of(page, form, settings)} - {""}
    written = {field.name for field in form.fields if field.kind not in CHOSEN}
    return {**dict.fromkeys(asked & written, ""), **settings.fields}


def guarded(guard: Guard, page: Page, form: Form, settings: FormSettings) -> Guarded:
    """Return what to say of a form that `guard` keeps from us."""
    words = (
        f"The contact form is guarded by {guard.words}, which is there to keep "
        "automatic visitors out; nothing was sent."
    )
    if settings.exemption is None:
        return Guarded(words)
    if is_of_site(settings.url, page.url):
        why = f"the form posts to another, {clean(form.action, MOST_ADDRESS)}"
    else:
        why = f"the form is at {clean(page.url, MOST_ADDRESS)}: write that there"
    return Guarded(f"{words} The exemption is for the site in `url` alone, but {why}.")


def _is_exempted(form: Form, settings: FormSettings) -> bool:
    return settings.exemption is not None and is_of_site(settings.url, form.action)


def _asking(page: Page, form: Form, *, answered: Iterable[str]) -> Iterator[Guard]:
    """Yield the guards that ask for something which is not answered yet."""
    number = page.forms.index(form)
    known = set(answered)
    for guard in page.guards:
        if guard.form == number and guard.visible and guard.field not in known:
            yield guard
            known |= {guard.field} - {""}
    for field in form.fields:
        asks = field.means is Meaning.CAPTCHA and field.kind != "hidden"
        if asks and field.visible and field.name not in known:
            asked = clean(field.label or field.name)
            words = f'a question for people ("{asked}")'
            yield Guard(name="question", words=words, form=number, field=field.name)
