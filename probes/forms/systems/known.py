"""The table of the systems we know."""

from collections.abc import Sequence

from probes.forms.form import Form
from probes.forms.systems.basin import BASIN
from probes.forms.systems.contact_form_7 import CONTACT_FORM_7
from probes.forms.systems.divi import DIVI
from probes.forms.systems.django import DJANGO
from probes.forms.systems.drupal import DRUPAL
from probes.forms.systems.elementor import ELEMENTOR
from probes.forms.systems.fluent import FLUENT
from probes.forms.systems.formidable import FORMIDABLE
from probes.forms.systems.forminator import FORMINATOR
from probes.forms.systems.formspree import FORMSPREE
from probes.forms.systems.google_forms import GOOGLE_FORMS
from probes.forms.systems.gravity import GRAVITY
from probes.forms.systems.hubspot import HUBSPOT
from probes.forms.systems.jetpack import JETPACK
from probes.forms.systems.joomla import JOOMLA
from probes.forms.systems.jotform import JOTFORM
from probes.forms.systems.kadence import KADENCE
from probes.forms.systems.netlify import NETLIFY
from probes.forms.systems.plain import PLAIN
from probes.forms.systems.sureforms import SUREFORMS
from probes.forms.systems.system import System
from probes.forms.systems.typeform import TYPEFORM
from probes.forms.systems.wpforms import WPFORMS

SYSTEMS: Sequence[System] = (
    CONTACT_FORM_7,
    ELEMENTOR,
    FLUENT,
    FORMIDABLE,
    FORMINATOR,
    GRAVITY,
    KADENCE,
    SUREFORMS,
    WPFORMS,
    *PLAIN,
    BASIN,
    DIVI,
    DRUPAL,
    FORMSPREE,
    GOOGLE_FORMS,
    HUBSPOT,
    JETPACK,
    JOOMLA,
    JOTFORM,
    NETLIFY,
    TYPEFORM,
    DJANGO,
)
"""The first that fits counts: whose form posts to a service is that service's."""


NAMED = {system.name: system for system in SYSTEMS}


def system_named(name: str) -> System:
    """Return the system that our own code names so."""
    return NAMED[name]


def system_of(form: Form) -> System | None:
    """Return the system that made `form`; None for any other form."""
    return next((system for system in SYSTEMS if system.is_its(form)), None)
