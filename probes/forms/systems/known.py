"""The table of the systems we know."""

from collections.abc import Sequence
from dataclasses import replace

from probes.forms.form import Form, Page
from probes.forms.systems.basin import BASIN
from probes.forms.systems.contact_form_7 import CONTACT_FORM_7
from probes.forms.systems.divi import DIVI
from probes.forms.systems.django import DJANGO
from probes.forms.systems.drupal import DRUPAL
from probes.forms.systems.elementor import ELEMENTOR
from probes.forms.systems.everest import EVEREST
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
from probes.forms.systems.metform import METFORM
from probes.forms.systems.netlify import NETLIFY
from probes.forms.systems.ninja import NINJA
from probes.forms.systems.sureforms import SUREFORMS
from probes.forms.systems.system import System
from probes.forms.systems.typeform import TYPEFORM
from probes.forms.systems.wpforms import WPFORMS

SYSTEMS: Sequence[System] = (
    CONTACT_FORM_7,
    ELEMENTOR,
    EVEREST,
    FLUENT,
    FORMIDABLE,
    FORMINATOR,
    GRAVITY,
    JETPACK,
    KADENCE,
    METFORM,
    NINJA,
    SUREFORMS,
    WPFORMS,
    BASIN,
    DIVI,
    DRUPAL,
    FORMSPREE,
    GOOGLE_FORMS,
    HUBSPOT,
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


def with_drawn(page: Page) -> Page:
    """Return a page with the forms, too, that its scripts draw from what it tells."""
    drawn = [form for one in SYSTEMS if one.forms for form in one.forms(page)]
    return replace(page, forms=(*page.forms, *drawn)) if drawn else page
