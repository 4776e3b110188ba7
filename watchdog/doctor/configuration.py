"""The configuration: what is wrong with it, or is allowed and yet unwise."""

from collections.abc import Iterator

from probes.dns import needs_no_dns
from probes.settings import ImapSettings
from watchdog.config import ConfigError
from watchdog.doctor.setup import Setup
from watchdog.model import Health
from watchdog.rules.finding import Finding, doubtful, of_deadline, well
from watchdog.stages.ladder import calls_somebody


def of_problems(error: ConfigError) -> Iterator[Finding]:
    """Yield why there is nothing else to be examined."""
    for problem in error.problems:
        line = f":{problem.line}" if problem.line else ""
        key = f"{problem.key}: " if problem.key else ""
        yield Finding(
            subject=f"{problem.file}{line}",
            health=Health.UNKNOWN,
            sentence=f"{key}{problem.sentence}",
            mend="Correct that, and then run `contact-watchdog doctor` again.",
        )


def examine_configuration(setup: Setup) -> Iterator[Finding]:
    """Yield what a configuration that can be used would better have otherwise."""
    yield well("configuration", "It can be read, and every name in it leads somewhere.")
    for check in setup.checks:
        if not setup.config.steps(check):
            yield doubtful(
                check.name,
                "Nobody will hear of trouble: the check has no ladder with a step.",
                'Write ladder = "…" into it, and a [[ladder.…]] that names a channel.',
            )
        elif not calls_somebody(setup.config, check):
            yield doubtful(
                check.name,
                "Nobody hears when its messages begin to be lost: no step of its"
                " ladder takes the reason “opened”.",
                'Write "opened" into the `reasons` of a step, or leave them out.',
            )
        mailbox = setup.config.mailbox[check.mailbox]
        if isinstance(mailbox, ImapSettings) and not needs_no_dns(mailbox.host):
            yield from of_deadline(check.name, deadline=check.deadline)
