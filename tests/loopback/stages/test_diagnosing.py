"""A cause is looked for once, tried at most once, and told to those who heard."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.stages.office import Office, text_of
from tests.world.facts import NOON, RIVERSIDE, answered, look, submission, verdict
from tests.world.trouble import alarm, opened
from watchdog.config import Config, load
from watchdog.demo.business import OFFICE, OWNER, Business
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import (
    Cause,
    CheckName,
    Conclusion,
    Diagnosis,
    Experiment,
    IncidentId,
    Outcome,
    Reply,
    Sureness,
    Verdict,
)
from watchdog.overview import read_overview
from watchdog.rules import marker
from watchdog.scheduled import one_pass
from watchdog.stages import trials
from watchdog.stages.alarms import tell
from watchdog.stages.diagnosing import diagnose

MINUTE = timedelta(minutes=1)
DIRECT = (
    'direct = {{ host = "127.0.0.1", port = {port}, security = "none", to = "{to}" }}'
)
REFUSAL = verdict(
    outcome=Outcome.REFUSED, evidence={"answer": "declined", "answer_words": "No."}
)


@dataclass
class Studio:
    """A site that loses mail, and a watchdog that has noticed."""

    business: Business
    config: Config
    ledger: Ledger
    now: datetime = NOON

    def clock(self) -> datetime:
        """Return the time."""
        return self.now

    async def loses(
        self, told: Verdict | None = None, *, replies: bool = False
    ) -> None:
        """Let a message be judged; `replies`: the form is to write to its visitor."""
        self.now += MINUTE
        key, salt = await self.ledger.key(), bytes(marker.SALT_BYTES)
        mark = marker.make(key, at=self.now, salt=salt)
        sent = submission(mark, beat=self.now, submitted_at=self.now)
        reply = Reply(
            marker=mark,
            check=sent.check,
            mailbox=sent.mailbox,
            submitted_at=sent.submitted_at,
            due_at=sent.submitted_at + MINUTE,
        )
        await self.ledger.claim_beat(sent, reply if replies else None)
        await self.ledger.record_answer(answered(mark))
        said = replace(told or verdict(), marker=sent.marker, judged_at=self.now)
        await self.ledger.record_verdict(said)

    async def diagnoses(self, ledger: Ledger | None = None) -> None:
        """Look into what is wrong, once."""
        await diagnose(self.config, ledger or self.ledger, clock=self.clock)

    async def trials(self) -> list[Experiment]:
        """Return which trials were claimed."""
        made = await self.ledger.trials(IncidentId(1))
        return [trial.experiment for trial in made]

    async def straight(self) -> int:
        """Return how many mails came into the mailbox."""
        return len(await self.business.mail_host.folder(OFFICE))

    async def conclusion(self) -> Conclusion:
        """Return what we hold now."""
        found = await self.ledger.diagnoses([IncidentId(1)])
        return found[IncidentId(1)].conclusion


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    async with Business() as opened:
        yield opened


@pytest.fixture
async def studio(business: Business, ledger: Ledger, tmp_path: Path) -> Studio:
    path = business.write_config(tmp_path, expected=MINUTE, deadline=MINUTE)
    direct = DIRECT.format(port=business.mail_host.smtp_port, to=OFFICE)
    more = f'diagnose = true\n{direct}\nladder   = "owner"'
    path.write_text(path.read_text().replace('ladder   = "owner"', more))
    await opened(ledger)
    studio = Studio(business=business, config=load(path), ledger=ledger)
    await studio.loses()
    return studio


def forbidden(config: Config) -> Config:
    [check] = config.check
    return config.model_copy(
        update={"check": (check.model_copy(update={"diagnose": None}),)}
    )


async def test_a_trial_goes_straight_to_the_mailbox_once(studio: Studio) -> None:
    for _ in range(3):
        await studio.diagnoses()
        studio.now += MINUTE

    assert await studio.trials() == [Experiment.DIRECT]
    assert await studio.straight() == 1
    assert studio.business.site.inquiries == []


async def test_of_two_daemons_one_diagnoses_and_tries(studio: Studio, url: str) -> None:
    async with open_ledger(url) as other:
        both = (studio.diagnoses(), studio.diagnoses(other))
        await asyncio.gather(*both)

    assert await studio.straight() == 1
    assert (await studio.ledger.diagnoses([IncidentId(1)]))[IncidentId(1)].number == 1


async def test_whoever_dies_between_claim_and_sending_leaves_it_unsent(
    studio: Studio,
) -> None:
    [check] = studio.config.check
    trial = trials.trial_of(IncidentId(1), check, Experiment.DIRECT, now=studio.now)
    await studio.ledger.claim_trial(trial)

    for _ in range(3):
        await studio.loses()
        await studio.diagnoses()
        studio.now += timedelta(hours=1)

    assert await studio.straight() == 0


async def test_without_leave_nothing_is_sent_and_the_rest_is_found_out(
    studio: Studio,
) -> None:
    studio.config = forbidden(studio.config)

    await studio.diagnoses()

    assert await studio.trials() == []
    assert (await studio.conclusion()).sureness is Sureness.UNKNOWN


async def test_a_trial_counts_for_nothing_but_its_cause(studio: Studio) -> None:
    await studio.diagnoses()
    [trial] = await studio.ledger.trials(IncidentId(1))
    its = await studio.ledger.newest_beats(
        [trial.name], since=NOON, until=NOON + timedelta(hours=1)
    )
    assert trial.name in its

    history = await studio.ledger.history(RIVERSIDE, depth=9)
    overview = await read_overview(studio.config, studio.ledger, now=studio.now)

    assert [one.check for one in history] == [RIVERSIDE]
    assert [one.check for one in overview.checks] == [RIVERSIDE]
    assert trial.name not in {check.name for check in studio.config.check}


async def test_cron_hears_nothing_of_what_became_of_a_trial(studio: Studio) -> None:
    await studio.diagnoses()

    passed = await one_pass(studio.config, studio.ledger, clock=studio.clock)

    [trial] = await studio.ledger.trials(IncidentId(1))
    [judged] = await studio.ledger.verdicts(trial.name, limit=9)
    assert judged.outcome is Outcome.DELIVERED
    assert trial.name not in {sent.check for sent, *_ in passed}


async def came(
    studio: Studio, experiment: Experiment, *, of: CheckName = RIVERSIDE, **seen: Any
) -> None:
    """Let a trial of a check have come."""
    [check] = studio.config.check
    check = check.model_copy(update={"name": of})
    trial = trials.trial_of(IncidentId(1), check, experiment, now=studio.now)
    await studio.ledger.claim_trial(trial)
    sent = submission("its", check=trial.name, submitted_at=studio.now)
    await studio.ledger.claim_beat(sent)
    await studio.ledger.record_verdict(
        verdict("its", check=trial.name, outcome=Outcome.DELIVERED, evidence=seen)
    )


async def test_a_trial_that_came_proves_only_when_the_checks_own_fails_again(
    studio: Studio,
) -> None:
    studio.config = forbidden(studio.config)
    await studio.loses(REFUSAL)
    await came(studio, Experiment.FRESH_PAGE)

    await studio.diagnoses()
    before = await studio.conclusion()
    studio.now += timedelta(hours=1)
    await studio.loses(REFUSAL)
    await studio.diagnoses()
    after = await studio.conclusion()

    assert (before.cause, before.sureness) == (Cause.STALE_PAGE, Sureness.LIKELY)
    assert (after.cause, after.sureness) == (Cause.STALE_PAGE, Sureness.PROVEN)


async def test_trouble_that_comes_and_goes_by_itself_is_not_proven_by_a_trial(
    studio: Studio,
) -> None:
    studio.config = forbidden(studio.config)
    await studio.loses(REFUSAL)
    await came(studio, Experiment.FRESH_PAGE)
    await studio.loses(verdict(outcome=Outcome.DELIVERED))
    await studio.loses(REFUSAL)

    await studio.diagnoses()

    held = await studio.conclusion()
    assert (held.cause, held.sureness) == (Cause.STALE_PAGE, Sureness.LIKELY)


async def test_a_trial_of_one_check_proves_nothing_of_another(studio: Studio) -> None:
    studio.config = forbidden(studio.config)
    await studio.loses(REFUSAL)
    await came(studio, Experiment.FRESH_PAGE, of=CheckName("Another form"))
    await studio.loses(REFUSAL)

    await studio.diagnoses()

    assert (await studio.conclusion()).cause is None


@pytest.mark.parametrize(
    ("seen", "cause"),
    [
        ({"from_visitor": True}, Cause.VISITOR_AS_SENDER),
        ({"from": "web@riverside.example"}, None),
    ],
    ids=["in the visitor's name", "in the site's own"],
)
async def test_another_visitors_mail_tells_of_the_visitors_name_only_if_it_bears_it(
    studio: Studio, seen: dict[str, Any], cause: Cause | None
) -> None:
    studio.config = forbidden(studio.config)
    await came(studio, Experiment.SENDER, **seen)

    await studio.diagnoses()

    assert (await studio.conclusion()).cause is cause


@pytest.mark.parametrize(
    ("looked_after", "cause"),
    [(2 * MINUTE, Cause.BROKEN_HANDLER), (timedelta(0), None), (9 * MINUTE, None)],
    ids=["after its deadline", "before", "by a clock that was ahead"],
)
async def test_that_no_reply_came_either_tells_only_once_somebody_has_looked(
    studio: Studio, looked_after: timedelta, cause: Cause | None
) -> None:
    studio.config = forbidden(studio.config)
    await came(studio, Experiment.DIRECT)
    await studio.loses(replies=True)
    await studio.ledger.record_look(look(at=studio.now + looked_after))
    studio.now += 3 * MINUTE

    await studio.diagnoses()

    assert (await studio.conclusion()).cause is cause


async def told_and_tried(studio: Studio) -> None:
    """Let the owner hear of the trouble, and then a trial past the cache come."""
    studio.config = forbidden(studio.config)
    now = {"created_at": studio.now, "due_at": studio.now}
    opening = alarm("owner-mail", incident=IncidentId(1), **now)
    await studio.ledger.record_alarms([opening])
    await studio.loses(REFUSAL)
    await tell(studio.config, studio.ledger, clock=studio.clock)
    await came(studio, Experiment.FRESH_PAGE)


async def test_who_heard_of_the_trouble_hears_once_that_its_cause_is_proven(
    studio: Studio,
) -> None:
    await told_and_tried(studio)

    for _ in range(3):
        await studio.loses(REFUSAL)
        await studio.diagnoses()
        await tell(studio.config, studio.ledger, clock=studio.clock)

    first, news = await studio.business.mail_host.folder(OWNER)
    assert news["Subject"] == f"[Cause] {first['Subject']}"
    assert text_of(news).startswith("More is known: ")
    assert "Proven: The form works when its page is fetched past" in text_of(news)


async def test_who_heard_what_was_likely_hears_once_that_it_is_proven(
    studio: Studio,
) -> None:
    await told_and_tried(studio)

    for _ in range(4):
        await studio.diagnoses()
        await tell(studio.config, studio.ledger, clock=studio.clock)
        studio.now += timedelta(hours=1)
        await studio.loses(REFUSAL)

    mails = [text_of(mail) for mail in await studio.business.mail_host.folder(OWNER)]
    likely, proven = [mail for mail in mails if mail.startswith("More is known: ")]
    assert "Likely: The form works when its page is fetched past" in likely
    assert "Proven: The form works when its page is fetched past" in proven


async def test_what_is_well_again_is_left_alone(studio: Studio) -> None:
    await studio.loses(verdict(outcome=Outcome.DELIVERED))

    await studio.diagnoses()

    assert await studio.straight() == 0
    assert await studio.ledger.diagnoses([IncidentId(1)]) == {}


def found(incident: IncidentId, **changes: Any) -> Diagnosis:
    fact: dict[str, Any] = {
        "incident": incident,
        "check": RIVERSIDE,
        "outcome": Outcome.MISSING,
        "conclusion": Conclusion(
            cause=Cause.MAILBOX,
            sureness=Sureness.PROVEN,
            words="The mailbox is full ({percent}).",
            values={"percent": "100%"},
        ),
        "diagnosed_at": NOON,
    }
    return Diagnosis(**fact | changes)


async def test_an_alarm_says_the_cause_and_what_to_do_about_it(office: Office) -> None:
    await office.judged("gbb")
    await office.passes()
    await office.ledger.record_diagnosis(found(await office.incident_id()))
    office.later(hours=1)

    await office.passes()

    first, second = [text_of(mail) for mail in await office.mails()]
    assert "Cause:" not in first
    assert "Cause: Proven: The mailbox is full (100%)." in second
    assert "Make room in the mailbox" in second
    assert "Check to which address the form sends" not in second


async def test_a_check_cannot_be_called_as_a_trial_is(studio: Studio) -> None:
    [check] = studio.config.check
    name = trials.trial_of(IncidentId(1), check, Experiment.SENDER, now=studio.now).name

    assert isinstance(name, CheckName.__supertype__)
    assert not name.isprintable()
