"""What a browser saw goes with the submission: into its verdict, its alarm, no SMS."""

from probes.forms.forms import Forms
from probes.settings import FormSettings
from tests.loopback.forms.website import answer
from tests.loopback.forms.website import opened as website
from tests.loopback.stages.office import Office, text_of
from tests.world.facts import NOON, RIVERSIDE, answered
from watchdog.model import Outcome
from watchdog.stages.judge import judge
from watchdog.stages.submit import submit

IMAGE = b"\xff\xd8\xff an image"


async def test_a_form_that_its_script_never_draws_is_shown_with_what_failed(
    office: Office,
) -> None:
    async with website() as site, Forms() as forms:
        site.says["/contact"] = answer("<h1>Contact</h1><script src=/form.js></script>")
        form = FormSettings(url=f"{site.url}/contact", how="browser")
        [check, _] = office.config.check
        check = check.model_copy(update={"form": form})

        submission = await submit(
            office.config,
            check,
            office.ledger,
            beat=NOON,
            clock=office.clock,
            forms=forms,
        )
    assert submission is not None
    [verdict] = await judge(office.config, office.ledger, clock=office.clock)
    shot = await office.ledger.screenshot_of(submission.marker)

    assert verdict.outcome is Outcome.REFUSED
    assert verdict.evidence["browser"] is True
    assert verdict.evidence["failed_requests"] == ["GET 127.0.0.1/form.js: HTTP 404"]
    assert verdict.evidence["console_errors"] == []
    assert shot is not None
    assert shot.image.startswith(b"\xff\xd8\xff")


async def test_the_first_mail_carries_the_screenshot_and_the_later_ones_do_not(
    office: Office,
) -> None:
    await office.judged("gbb")
    for verdict in await office.ledger.verdicts(RIVERSIDE, limit=2):
        seen = answered(verdict.marker, answered_at=office.now)
        await office.ledger.record_answer(seen, IMAGE)
    await office.passes()
    office.later(hours=2)
    await office.passes()

    first, later = await office.mails()

    [file] = first.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == (
        "screenshot.jpeg",
        "image/jpeg",
    )
    assert file.get_content() == IMAGE
    assert "Messages" in text_of(first)
    assert list(later.iter_attachments()) == []
