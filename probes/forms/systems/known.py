"""The table of the systems we know."""

from collections.abc import Sequence

from probes.forms.form import Form
from probes.forms.systems.contact_form_7 import CONTACT_FORM_7
from probes.forms.systems.elementor import ELEMENTOR
from probes.forms.systems.system import System
from probes.forms.systems.wpforms import WPFORMS

SYSTEMS: Sequence[System] = (CONTACT_FORM_7, ELEMENTOR, WPFORMS)


def system_of(form: Form) -> System | None:
    """Return the system that made `form`; None for any other form."""
    return next((system for system in SYSTEMS if system.is_its(form)), None)
