"""Each cause is known by what shows it, and nothing is claimed beyond that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.world.clues import bounced, clues, declined
from watchdog.model import Cause, Experiment, Outcome, Sureness, Way
from watchdog.rules.diagnosis.clues import Clues, Tried
from watchdog.rules.diagnosis.decide import decide

PROVEN, LIKELY = Sureness.PROVEN, Sureness.LIKELY
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)

CAME = Tried(outcome=Outcome.DELIVERED, is_framed=True)
CAME_ONCE = Tried(outcome=Outcome.DELIVERED)
GONE = Tried(outcome=Outcome.MISSING)
DIRECT_CAME = {Experiment.DIRECT: CAME}

JUNKED, MISSING = Outcome.JUNKED, Outcome.MISSING
BOUNCED, REFUSED, BLOCKED = Outcome.BOUNCED, Outcome.REFUSED, Outcome.BLOCKED


def turned_away(words: str) -> Tried:
    return Tried(outcome=REFUSED, words=words)


def nights(*, hour: int) -> list[tuple[datetime, bool]]:
    """Return three days on which messages stop at noon, and come again at `hour`."""
    days = [MIDNIGHT - timedelta(days=day) for day in range(3)]
    return [
        (day + timedelta(hours=at), at < 12) for day in days for at in (18, 14, 8, hour)
    ]


MAINTAINED = [
    (MIDNIGHT - timedelta(days=day) + timedelta(minutes=at), at != 5)
    for day in range(3)
    for at in (720, 20, 5)
]
"""Three nights in which the website is not there for some minutes."""

SHOWN = [
    pytest.param(
        clues(JUNKED, evidence={"spam_verdict": "Yes", "spf": "pass", "dkim": "pass"}),
        (Cause.SPAM_FOLDER, PROVEN),
        id="in the spam folder, though who sent it is known",
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("554 5.7.1 This message looks like spam")),
        (Cause.SPAM_FOLDER, PROVEN),
        id="refused as spam",
    ),
    pytest.param(
        clues(trials={Experiment.DIRECT: GONE}),
        (Cause.SPAM_FOLDER, LIKELY),
        id="what goes straight to the mailbox vanishes too",
    ),
    pytest.param(
        clues(trials={Experiment.SENDER: CAME}, names={"visitor_policy": "reject"}),
        (Cause.VISITOR_AS_SENDER, PROVEN),
        id="another visitor's message comes",
    ),
    pytest.param(
        clues(
            trials={Experiment.SENDER: CAME_ONCE}, names={"visitor_policy": "reject"}
        ),
        (Cause.VISITOR_AS_SENDER, LIKELY),
        id="another visitor's came, but perhaps all do by now",
    ),
    pytest.param(
        clues(
            BOUNCED,
            evidence=bounced(
                "550-5.7.26 Unauthenticated email from visitors.example is not accepted"
                " due to domain's DMARC policy"
            ),
        ),
        (Cause.VISITOR_AS_SENDER, PROVEN),
        id="refused for the visitor's policy",
    ),
    pytest.param(
        clues(JUNKED, evidence={"from_visitor": True, "dmarc": "fail"}),
        (Cause.VISITOR_AS_SENDER, PROVEN),
        id="in spam, in the visitor's name, forged",
    ),
    pytest.param(
        clues(before={"from_visitor": True}, names={"visitor_policy": "reject"}),
        (Cause.VISITOR_AS_SENDER, LIKELY),
        id="the last that came was in the visitor's name",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("There was an error trying to send your message."),
            site={
                "mail_failed": True,
                "mail_error": "SMTP Error: Could not authenticate.",
            },
        ),
        (Cause.MAIL_LOGIN, PROVEN),
        id="the mailer cannot log in",
    ),
    pytest.param(
        clues(site={"mail_error": "535 5.7.139 Authentication unsuccessful, basic"}),
        (Cause.MAIL_LOGIN, PROVEN),
        id="Microsoft takes no password any more",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("There was an error trying to send your message."),
            before={"dkim": "pass", "spf": "pass"},
        ),
        (Cause.MAIL_LOGIN, LIKELY),
        id="the mailer fails, which was trusted before",
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("No such user", "5.1.1", "old@shop.example")),
        (Cause.WRONG_RECIPIENT, PROVEN),
        id="another address came back",
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("User unknown", "5.1.1")),
        (Cause.WRONG_RECIPIENT, LIKELY),
        id="the mailbox's own address came back",
    ),
    pytest.param(
        clues(asked={"taken": False, "words": "550 5.1.1 No such user here"}),
        (Cause.WRONG_RECIPIENT, PROVEN),
        id="its own host knows no such mailbox",
    ),
    pytest.param(
        clues(
            site={"mail_error": "554 Message rejected: Email address is not verified"}
        ),
        (Cause.WRONG_RECIPIENT, PROVEN),
        id="the mail service does not serve that address",
    ),
    pytest.param(
        clues(trials=DIRECT_CAME, reply_came=True),
        (Cause.WRONG_RECIPIENT, LIKELY),
        id="the site sends, and the mailbox takes",
    ),
    pytest.param(
        clues(site={"recipients": ["old@shop.example"]}),
        (Cause.WRONG_RECIPIENT, LIKELY),
        id="the site's record names another recipient",
    ),
    pytest.param(
        clues(
            BOUNCED,
            evidence=bounced("554 5.7.1 Service unavailable; blocked using Spamhaus"),
        ),
        (Cause.UNTRUSTED_SENDER, PROVEN),
        id="refused by a block list",
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("550 5.7.1 Delivery not authorized")),
        (Cause.UNTRUSTED_SENDER, LIKELY),
        id="refused by a policy that nobody names",
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("550 5.7.1 rejected. DKIM=pass SPF=pass")),
        (Cause.UNTRUSTED_SENDER, LIKELY),
        id="who passes is not distrusted for that",
    ),
    pytest.param(
        clues(
            BOUNCED,
            evidence=bounced("550 5.7.23 SPF validation failed"),
            site={"mail_error": "550 5.7.1 rejected"},
        ),
        (Cause.UNTRUSTED_SENDER, PROVEN),
        id="of two who say so, one says why",
    ),
    pytest.param(
        clues(site={"mail_error": "554 5.7.1 Relay access denied"}),
        (Cause.UNTRUSTED_SENDER, PROVEN),
        id="the server that it sends by takes nothing",
    ),
    pytest.param(
        clues(
            BOUNCED,
            evidence=bounced("550 5.7.1 rejected by DMARC policy"),
            names={"visitor_policy": "none"},
        ),
        (Cause.UNTRUSTED_SENDER, PROVEN),
        id="refused for a policy that is not the visitor's",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("Your message could not be sent."),
            site={"mail_error": "Could not instantiate mail function."},
        ),
        (Cause.UNTRUSTED_SENDER, PROVEN),
        id="PHP may not send",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("Your message could not be sent."),
            site={"mail_error": "SMTP connect() failed"},
        ),
        (Cause.UNTRUSTED_SENDER, LIKELY),
        id="the way out is closed",
    ),
    pytest.param(
        clues(site={"mail_error": "550 5.7.1 Relaying denied, see our block list"}),
        (Cause.UNTRUSTED_SENDER, PROVEN),
        id="the server that it sends by refuses it",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("Failed to send your message."),
            before={"spf": "none"},
        ),
        (Cause.UNTRUSTED_SENDER, LIKELY),
        id="the web host sent by itself, and does no more",
    ),
    pytest.param(
        clues(site={"mail_failed": True}, before={"dmarc": "pass"}),
        (Cause.MAIL_LOGIN, LIKELY),
        id="the store says that the mail failed",
    ),
    pytest.param(
        clues(JUNKED, evidence={"spf": "softfail", "dkim": "none"}),
        (Cause.UNTRUSTED_SENDER, LIKELY),
        id="in spam, and nothing vouches for it",
    ),
    pytest.param(
        clues(JUNKED, evidence={"spf": "pass"}, names={"listed_in": ["zen.example"]}),
        (Cause.UNTRUSTED_SENDER, LIKELY),
        id="in spam, and listed",
    ),
    pytest.param(
        clues(BLOCKED, evidence={"answer": "blocked", "answer_words": "Spam detected"}),
        (Cause.SPAM_GUARD, LIKELY),
        id="the form says spam",
    ),
    pytest.param(
        clues(site={"is_stored": True, "is_spam": True}),
        (Cause.SPAM_GUARD, PROVEN),
        id="the store holds it for spam",
    ),
    pytest.param(
        clues(BLOCKED, page={"guard_fault": "Invalid site key"}),
        (Cause.SPAM_GUARD, PROVEN),
        id="the widget has the wrong key",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("rest_cookie_invalid_nonce: Cookie check failed", 403),
            page={"is_token_stale": True, "cached": "x-cache: HIT"},
        ),
        (Cause.STALE_PAGE, PROVEN),
        id="the token of the cached page is refused",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("It said no.", 403),
            trials={Experiment.FRESH_PAGE: CAME},
        ),
        (Cause.STALE_PAGE, PROVEN),
        id="past the cache it works",
    ),
    pytest.param(
        clues(REFUSED, evidence=declined("No."), page={"is_token_stale": True}),
        (Cause.STALE_PAGE, LIKELY),
        id="the cached page has an old token",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence={"browser": True, "console_errors": ["$ is not a function"]},
            trials={Experiment.PLAIN: CAME},
        ),
        (Cause.BROKEN_SCRIPT, PROVEN),
        id="without its script the form works",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence={
                "browser": True,
                "failed_requests": ["GET /app.js: 404"],
                "answer": None,
            },
        ),
        (Cause.BROKEN_SCRIPT, LIKELY),
        id="the browser complains",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence={
                "browser": True,
                "failed_requests": ["POST shop.example/api/contact: HTTP 500"],
                "answer": "unclear",
                "answer_status": 500,
            },
        ),
        (Cause.BROKEN_HANDLER, LIKELY),
        id="the page's script has sent, and the website broke down",
    ),
    pytest.param(
        clues(asked={"is_taken_by_site": True}, trials=DIRECT_CAME, reply_came=True),
        (Cause.LOCAL_ROUTING, PROVEN),
        id="the web host takes the mail, the mailbox too, and others get theirs",
    ),
    pytest.param(
        clues(asked={"is_taken_by_site": True}, trials=DIRECT_CAME),
        (Cause.LOCAL_ROUTING, LIKELY),
        id="the web host takes the mail, and may hand it on",
    ),
    pytest.param(
        clues(asked={"is_taken_by_site": True, "taken": True}),
        (Cause.LOCAL_ROUTING, LIKELY),
        id="the web host takes the mail for itself",
    ),
    pytest.param(
        clues(
            BOUNCED,
            evidence=bounced("550 No Such User Here", "5.1.1"),
            asked={"taken": True},
        ),
        (Cause.LOCAL_ROUTING, LIKELY),
        id="an address came back that its own host takes",
    ),
    pytest.param(
        clues(
            site={"mail_error": "451 Authentication failed: Maximum credits exceeded"}
        ),
        (Cause.SENDING_LIMIT, PROVEN),
        id="SendGrid's credits are used up",
    ),
    pytest.param(
        clues(site={"mail_error": "550 5.4.5 Daily user sending limit exceeded"}),
        (Cause.SENDING_LIMIT, PROVEN),
        id="Gmail's day is used up",
    ),
    pytest.param(
        clues(history=nights(hour=0)),
        (Cause.SENDING_LIMIT, LIKELY),
        id="every midnight it works again",
    ),
    pytest.param(
        clues(REFUSED, evidence=declined("Request blocked by Wordfence", 403)),
        (Cause.FIREWALL, PROVEN),
        id="a firewall names itself",
    ),
    pytest.param(
        clues(BLOCKED, page={"challenge": "cf-mitigated: challenge"}),
        (Cause.FIREWALL, PROVEN),
        id="a challenge stands before the page",
    ),
    pytest.param(
        clues(REFUSED, evidence=declined("Forbidden", 403)),
        (Cause.FIREWALL, LIKELY),
        id="403, and no word of the form",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("No.", 403),
            trials={Experiment.BROWSER: CAME},
        ),
        (Cause.FIREWALL, PROVEN),
        id="a browser passes where a program has 403",
    ),
    pytest.param(
        clues(REFUSED, evidence=declined("No."), trials={Experiment.BROWSER: CAME}),
        (Cause.FIREWALL, LIKELY),
        id="a browser passes",
    ),
    pytest.param(
        clues(site={"is_stored": True, "is_mail_tried": False}),
        (Cause.BROKEN_HANDLER, PROVEN),
        id="kept, and no mail tried",
    ),
    pytest.param(
        clues(
            REFUSED,
            evidence=declined("There has been a critical error on this website.", 500),
        ),
        (Cause.BROKEN_HANDLER, PROVEN),
        id="WordPress broke down",
    ),
    pytest.param(
        clues(REFUSED, evidence={"answer": "unclear", "answer_status": 500}),
        (Cause.BROKEN_HANDLER, LIKELY),
        id="HTTP 500",
    ),
    pytest.param(
        clues(trials=DIRECT_CAME, reply_came=False),
        (Cause.BROKEN_HANDLER, LIKELY),
        id="neither owner nor visitor gets a mail",
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("Quota exceeded (mailbox is full)", "5.2.2")),
        (Cause.MAILBOX, PROVEN),
        id="full, says the bounce",
    ),
    pytest.param(
        clues(trials={Experiment.DIRECT: turned_away("452 4.2.2 Mailbox full")}),
        (Cause.MAILBOX, PROVEN),
        id="full, says the host to us",
    ),
    pytest.param(
        clues(room_used=1.0), (Cause.MAILBOX, PROVEN), id="full, says the quota"
    ),
    pytest.param(clues(room_used=0.97), (Cause.MAILBOX, LIKELY), id="nearly full"),
    pytest.param(
        clues(Outcome.MISFILED), (Cause.MAILBOX, PROVEN), id="in another folder"
    ),
    pytest.param(
        clues(BOUNCED, evidence=bounced("5.4.6 Too many hops, mail loops back")),
        (Cause.MAILBOX, PROVEN),
        id="forwarded in a circle",
    ),
    pytest.param(
        clues(
            Outcome.LATE,
            evidence={"slowest_hop": "mx.riverside.example", "slowest_seconds": 900.0},
        ),
        (Cause.SLOW_MAIL, PROVEN),
        id="a host held it",
    ),
    pytest.param(
        clues(
            Outcome.LATE,
            evidence={"slowest_hop": "mx.riverside.example", "slowest_seconds": 3.0},
            latency=timedelta(minutes=15),
        ),
        (Cause.SLOW_MAIL, LIKELY),
        id="no host held it for long",
    ),
    pytest.param(clues(Outcome.LATE), (Cause.SLOW_MAIL, LIKELY), id="it came late"),
    pytest.param(
        clues(Outcome.UNREACHABLE, ended_domain="riverside.example"),
        (Cause.EXPIRED, PROVEN),
        id="the domain has run out",
    ),
    pytest.param(
        clues(Outcome.UNREACHABLE, ended_certificate="riverside.example"),
        (Cause.EXPIRED, PROVEN),
        id="the certificate has run out",
    ),
    pytest.param(
        clues(names={"gone": ["MX riverside.example"]}),
        (Cause.EXPIRED, PROVEN),
        id="nobody takes mail for the domain any more",
    ),
    pytest.param(
        clues(
            JUNKED,
            evidence={"spf": "none", "dkim": "none"},
            names={"gone": ["SPF riverside.example"]},
        ),
        (Cause.EXPIRED, PROVEN),
        id="the SPF record is gone, and the mail host misses it",
    ),
]


@pytest.mark.parametrize(("seen", "cause"), SHOWN)
def test_a_cause_is_known_by_what_shows_it(
    seen: Clues, cause: tuple[Cause, Sureness]
) -> None:
    conclusion = decide(seen)

    assert conclusion is not None
    assert (conclusion.cause, conclusion.sureness) == cause


def test_an_ip_address_is_no_code() -> None:
    said = bounced("host mx[192.5.7.25] said: 554 rejected")

    conclusion = decide(clues(BOUNCED, evidence=said))

    assert conclusion is not None
    assert conclusion.cause is None


def test_every_cause_is_known_by_something() -> None:
    assert {case.values[1][0] for case in SHOWN} == set(Cause)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(
            clues(
                site={"recipients": ["Info@shop.example"]},
                before={"to": "info@shop.example"},
            ),
            id="the recipient is another name of the mailbox, as before",
        ),
        pytest.param(
            clues(names={"is_sender_in_spf": False}, before={"spf": "fail"}),
            id="a sender that was never in SPF, and whose mail came",
        ),
        pytest.param(clues(), id="thanked for, and gone"),
        pytest.param(
            clues(
                trials={Experiment.DIRECT: turned_away("554 5.7.1 We do not trust you")}
            ),
            id="it is we whom the mail host does not trust",
        ),
        pytest.param(
            clues(trials={Experiment.SENDER: CAME}, names={"visitor_policy": "none"}),
            id="another visitor's came, whose domain allows no more",
        ),
        pytest.param(clues(trials={Experiment.SENDER: GONE}), id="neither came"),
        pytest.param(
            clues(
                trials={Experiment.SENDER: replace(CAME, is_from_visitor=False)},
                names={"visitor_policy": "reject"},
            ),
            id="another visitor's came, and in the website's own name",
        ),
        pytest.param(clues(history=nights(hour=6)), id="it works again at six"),
        pytest.param(clues(history=MAINTAINED), id="down at each midnight"),
        pytest.param(clues(room_used=0.5), id="there is room"),
        pytest.param(
            clues(
                BLOCKED, evidence={"answer": None, "failure": "A CAPTCHA guards it."}
            ),
            id="a CAPTCHA stops the test before it is sent",
        ),
        pytest.param(
            clues(REFUSED, evidence={"answer": None, "failure": "The page is gone."}),
            id="no page",
        ),
        pytest.param(clues(Outcome.UNREACHABLE), id="the site is down"),
        pytest.param(clues(site={"is_stored": True}), id="the site keeps it"),
        pytest.param(
            clues(
                REFUSED,
                evidence=declined("No."),
                site={"is_stored": True, "is_mail_tried": False},
            ),
            id="the site keeps it, and has told the visitor that it sends nothing",
        ),
        pytest.param(clues(REFUSED, evidence={"browser": True}), id="no error seen"),
        pytest.param(
            clues(
                REFUSED,
                evidence=declined("No.", browser=True, console_errors=["x is null"]),
            ),
            id="another script fails, and the form's has sent and heard",
        ),
    ],
)
def test_what_proves_nothing_is_called_unknown(seen: Clues) -> None:
    conclusion = decide(seen)

    assert conclusion is not None
    assert (conclusion.cause, conclusion.sureness) == (None, Sureness.UNKNOWN)
    assert not conclusion.suspects


def test_of_two_that_fit_alike_nobody_is_blamed_and_both_are_named() -> None:
    conclusion = decide(clues(REFUSED, evidence=declined("Failed to send message.")))

    assert conclusion is not None
    assert conclusion.cause is None
    assert set(conclusion.suspects) == {Cause.MAIL_LOGIN, Cause.UNTRUSTED_SENDER}


def test_a_trial_that_comes_clears_the_mailbox() -> None:
    conclusion = decide(clues(trials=DIRECT_CAME))

    assert conclusion is not None
    assert "straight to the mailbox comes" in conclusion.words


def test_mail_that_passed_no_website_blames_none() -> None:
    said = bounced("554 5.7.1 blocked using Spamhaus")
    conclusion = decide(clues(BOUNCED, way=Way.MAIL, evidence=said))

    assert conclusion is not None
    assert conclusion.cause is None
