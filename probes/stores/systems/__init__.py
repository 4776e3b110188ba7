"""The form systems whose stores we know: a module each, told by its tables."""

from collections.abc import Callable, Mapping

from probes.stores.system import System
from probes.stores.systems import (
    acf7db,
    cfdb7,
    drupal,
    elementor,
    everest,
    flamingo,
    fluent,
    formidable,
    forminator,
    gravity,
    jetpack,
    metform,
    ninja,
    sureforms,
    vxcf,
    wagtail,
    wpforms,
)
from probes.stores.systems.wordpress import PREFIX

WITHOUT_PREFIX = ("drupal", "wagtail")
SYSTEMS: Mapping[str, Callable[[str], System]] = {
    "acf7db": acf7db.system,
    "cfdb7": cfdb7.system,
    "drupal": drupal.system,
    "elementor": elementor.system,
    "everest": everest.system,
    "flamingo": flamingo.system,
    "fluent": fluent.system,
    "formidable": formidable.system,
    "forminator": forminator.system,
    "gravity": gravity.system,
    "jetpack": jetpack.system,
    "metform": metform.system,
    "ninja": ninja.system,
    "sureforms": sureforms.system,
    "vxcf": vxcf.system,
    "wagtail": wagtail.system,
    "wpforms": wpforms.system,
}


def system_of(kind: str, prefix: str | None = None) -> System:
    """Return the system of that kind; without a prefix, with the one it comes with."""
    usual = "" if kind in WITHOUT_PREFIX else PREFIX
    return SYSTEMS[kind](usual if prefix is None else prefix)
