"""The table of the systems we know."""

from collections.abc import Sequence

from probes.forms.form import Form
from probes.forms.systems.contact_form_7 import CONTACT_FORM_7
from probes.forms.systems.elementor import ELEMENTOR
from probes.forms.systems.fluent import FLUENT
from probes.forms.systems.formidable import FORMIDABLE
from probes.forms.systems.forminator import FORMINATOR
from probes.forms.systems.gravity import GRAVITY
from probes.forms.systems.kadence import KADENCE
from probes.forms.systems.plain import PLAIN
from probes.forms.systems.sureforms import SUREFORMS
from probes.forms.systems.system import System
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
)


def system_of(form: Form) -> System | None:
    """Return the system that made `form`; None for any other form."""
    return next((system for system in SYSTEMS if system.is_its(form)), None)
