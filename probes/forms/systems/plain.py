"""Systems whose forms a browser sends as HTML says: known by name, sent as any other.

Results name them, which helps whoever keeps the site; nothing else depends on it.
"""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from probes.forms.form import Form
from probes.forms.systems.system import Proof, System


def _with_class(name: str) -> Callable[[Form], bool]:
    return lambda form: name in form.classes


def _with_fields(*names: str) -> Callable[[Form], bool]:
    return lambda form: set(names) <= {field.name for field in form.fields}


def _with_field_like(beginning: str) -> Callable[[Form], bool]:
    return lambda form: any(one.name.startswith(beginning) for one in form.fields)


def _posting_to(host: str) -> Callable[[Form], bool]:
    return lambda form: (urlsplit(form.action).hostname or "") == host


def _netlify(form: Form) -> bool:
    return "netlify" in form.data or _with_fields("form-name")(form)


def _plain(name: str, words: str, is_its: Callable[[Form], bool]) -> System:
    return System(name=name, words=words, proof=Proof.PAGE, is_its=is_its)


PLAIN: Sequence[System] = (
    _plain("everest", "Everest Forms", _with_class("everest-form")),
    _plain("jetpack", "Jetpack Forms", _with_fields("contact-form-hash")),
    _plain("divi", "Divi", _with_class("et_pb_contact_form")),
    _plain("drupal", "Drupal", _with_fields("form_build_id", "form_id")),
    _plain("joomla", "Joomla", _with_field_like("jform[")),
    _plain("django", "Django or Wagtail", _with_fields("csrfmiddlewaretoken")),
    _plain("formspree", "Formspree", _posting_to("formspree.io")),
    _plain("basin", "Basin", _posting_to("usebasin.com")),
    _plain("netlify", "Netlify Forms", _netlify),
)
"""The first that fits counts."""
