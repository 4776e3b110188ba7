"""Systems whose forms a browser sends as HTML says: known by name, sent as any other.

Results name them, which helps whoever keeps the site; nothing else depends on it.
"""

from collections.abc import Callable, Sequence

from probes.forms.form import Form
from probes.forms.systems.system import Proof, System


def _with_class(name: str) -> Callable[[Form], bool]:
    return lambda form: name in form.classes


def _plain(name: str, words: str, is_its: Callable[[Form], bool]) -> System:
    return System(name=name, words=words, proof=Proof.PAGE, is_its=is_its)


PLAIN: Sequence[System] = (
    _plain("everest", "Everest Forms", _with_class("everest-form")),
)
"""The first that fits counts."""
