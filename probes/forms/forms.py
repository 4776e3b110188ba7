"""Every way to put a message through a form: over HTTP, or where needed a browser."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from probes.forms import http
from probes.forms.browser import send as in_browser
from probes.forms.browser.driver import Browser
from probes.forms.browser.program import program
from probes.forms.browser.tab import WANTED
from probes.forms.browser.widget import up_to_widget
from probes.forms.errors import NoForm, OnlyInBrowser, Unequipped, UpToWidget
from probes.forms.exchange import BOUNDS, Bounds
from probes.forms.form import Receipt, Visitor
from probes.forms.rehearsal import Rehearsal
from probes.settings import FormSettings

CROWDED = (
    "No form is seen without a browser, and the browser of this machine is busy with"
    ' other forms. If this one needs it, write how = "browser" into [check.form].'
)

UP_TO_WIDGET = (
    "The form is there, and its guard, {widget}, is drawn without an error. Only people"
    " get further: nothing was sent, so this proves no delivery."
)
HTTP_ALONE = 'It takes a browser, which how = "http" in [check.form] forbids.'
DRAWN = "No contact form is in the page as it is fetched; a script may draw it."


class Ready(Protocol):
    """A filled-in form, with everything done but the sending."""

    async def send(self) -> Receipt:
        """Send the message, once, and return what the form answered.

        Raises `ProbeError` where it cannot have left us, and nothing else.
        """
        ...


class Forms:
    """What forms are filled in with, while this is entered; one browser for all.

    `auto` tries HTTP, which most forms take; where no form is seen so, or only its
    script can send it, the browser is taken, if this machine has one.  Not if many
    wait for it: a thousand forms that are gone at once must not hold up all others.
    """

    def __init__(self, browser: Path | None = None, *, bounds: Bounds = BOUNDS) -> None:
        self._named = browser
        self._browser = Browser(browser)
        self._bounds = bounds

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._browser.__aexit__(kind, error, trace)

    @asynccontextmanager
    async def ready(
        self, settings: FormSettings, visitor: Visitor
    ) -> AsyncIterator[Ready]:
        """Do all that a visitor does before pressing the button.

        Raises what `http.ready` does, and `Unequipped` where a browser is asked
        for and this machine has none: nothing was sent.
        """
        async with AsyncExitStack() as stack:
            yield await self._ready(stack, settings, visitor)

    async def rehearse(self, settings: FormSettings, visitor: Visitor) -> Rehearsal:
        """Fill in the form, and send nothing; raises as `ready` does.

        What stands in the way of sending it is told by the rehearsal.
        """
        if settings.captcha == "widget":
            return await self._up_to_widget(settings, visitor)
        if settings.how == "browser":
            return await in_browser.rehearse(self._browser, settings, visitor)
        try:
            return await http.rehearse(settings, visitor, bounds=self._bounds)
        except (NoForm, OnlyInBrowser) as error:
            why = self._why_browser(settings, error)
        return await in_browser.rehearse(self._browser, settings, visitor, why=why)

    async def _ready(
        self, stack: AsyncExitStack, settings: FormSettings, visitor: Visitor
    ) -> Ready:
        why = WANTED
        if settings.captcha == "widget":
            rehearsal = await self._up_to_widget(settings, visitor)
            reached = UpToWidget(UP_TO_WIDGET.format(widget=rehearsal.widget))
            reached.seen = rehearsal.seen
            raise reached
        if settings.how != "browser":
            over_http = http.ready(settings, visitor, bounds=self._bounds)
            try:
                return await stack.enter_async_context(over_http)
            except (NoForm, OnlyInBrowser) as error:
                why = self._why_browser(settings, error)
        driven = in_browser.ready(
            self._browser, settings, visitor, why=why, bounds=self._bounds
        )
        return await stack.enter_async_context(driven)

    async def _up_to_widget(
        self, settings: FormSettings, visitor: Visitor
    ) -> Rehearsal:
        return await up_to_widget(
            self._browser, settings, visitor, patience=self._bounds.widget
        )

    def _why_browser(
        self, settings: FormSettings, error: NoForm | OnlyInBrowser
    ) -> str:
        """Return why to take a browser; raise `error` where there is none to take.

        Raise `Unequipped` where nobody can tell, since too many wait for it.
        """
        if settings.how == "http" and isinstance(error, OnlyInBrowser):
            raise OnlyInBrowser(f"{error.message} {HTTP_ALONE}") from error
        if settings.how == "http":
            raise error
        try:
            program(self._named)
        except Unequipped as missing:
            raise type(error)(f"{error.message} {missing.message}") from missing
        if self._browser.is_crowded:
            raise Unequipped(CROWDED) from error
        return DRAWN if isinstance(error, NoForm) else error.message
