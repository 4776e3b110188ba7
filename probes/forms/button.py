"""Which button of a form sends the message."""

from probes.forms.folding import fold, pattern
from probes.forms.form import Field, Form, Meaning
from probes.forms.vocabulary import ASIDE_WORDS

ASIDE = pattern(ASIDE_WORDS)


def sending_button(form: Form) -> Field | None:
    """Return the button that a visitor presses when the message is written.

    That is the first one after the message that can be seen and does not speak of
    something else: a form may begin with `Search` (ASP.NET makes the whole page
    one form), and offer `Preview` before `Send`.
    """
    buttons = [field for field in form.fields if field.means is Meaning.SUBMIT]
    written = (f.place for f in form.fields if f.means is Meaning.MESSAGE)
    message = max(written, default=-1)

    def by_worth(button: Field) -> tuple[bool, bool, bool, int]:
        aside = ASIDE.search(fold(button.label)) is not None
        return not button.visible, aside, button.place < message, button.place

    return min(buttons, key=by_worth, default=None)
