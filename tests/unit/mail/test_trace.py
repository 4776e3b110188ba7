"""The way that a mail came, and its welcome."""

import pytest

from probes.mail.message import read_message
from probes.mail.trace import MOST_HOPS, Trace, read_trace

RECEIVED = """\
Received: by inbox.example with LMTP id 3; Sun, 3 May 2026 10:00:42 +0000
Received: from web.example (web.example [192.0.2.1])
\tby mx.inbox.example with ESMTPS id 2 (version=TLSv1.3; bits=256)
\tfor <owner@cafe.example>; Sun, 3 May 2026 12:00:40 +0200 (CEST)
Received: by web.example (Postfix, from userid 33) id 1
"""


def trace(header: str) -> Trace:
    return read_trace(read_message(f"{header}\n\nHave you rye?".encode()))


def test_hops_are_told_from_the_first_to_the_last() -> None:
    hops = trace(RECEIVED.strip()).hops

    assert [one.by for one in hops] == [
        "web.example",
        "mx.inbox.example",
        "inbox.example",
    ]
    assert [one.from_ for one in hops] == ["", "web.example", ""]
    assert [one.delay for one in hops] == [None, None, 2.0]


def test_of_endless_hops_the_newest_are_told() -> None:
    hops = trace("Received: by a.example\n" + "Received: by b.example\n" * 80).hops

    assert len(hops) == MOST_HOPS


def test_only_the_receiving_hosts_word_counts() -> None:
    found = trace(
        "Authentication-Results: mx.inbox.example;\n"
        "\tdkim=fail (bad; dkim=pass) header.d=cafe.example;\n"
        "\tspf=softfail smtp.mailfrom=cafe.example; dmarc=fail (p=NONE)\n"
        "Authentication-Results: mx.inbox.example; dkim=pass; spf=pass; dmarc=pass"
    )

    assert found.authentication == {"dkim": "fail", "spf": "softfail", "dmarc": "fail"}


def test_some_hosts_tell_of_spf_alone() -> None:
    told = "Received-SPF: SoftFail (domain of x@web.example) client-ip=192.0.2.1\n"

    assert trace(f"{told}Received-SPF: pass").authentication == {"spf": "softfail"}
    assert trace(
        f"{told}Authentication-Results: mx.example; spf=pass"
    ).authentication == {"spf": "pass"}


def test_microsofts_own_view_counts_beside_the_others() -> None:
    found = trace(
        "Authentication-Results: spf=none (sender IP is 192.0.2.1); dkim=none;"
        " dmarc=none action=none header.from=cafe.example;compauth=fail reason=601"
    )

    assert found.authentication["compauth"] == "fail"


def test_one_good_signature_is_enough() -> None:
    found = trace("Authentication-Results: mx.example; dkim=fail; dkim=pass; dkim=none")

    assert found.authentication == {"dkim": "pass"}


@pytest.mark.parametrize(
    ("header", "score", "verdict"),
    [
        ("X-Spam-Status: Yes, score=7.2 required=5.0 tests=BAYES", "7.2", "Yes"),
        ("X-Spam-Status: No, hits=-1.9 required=5.0", "-1.9", "No"),
        ("X-Spamd-Result: default: False [1.20 / 15.00]", "1.20", "default: False"),
        ("X-Rspamd-Score: 9.5\nX-Rspamd-Action: add header", "9.5", "add header"),
        ("X-Spam-Flag: YES", "", "YES"),
        ("X-Gm-Spam: 1", "", "1"),
        ("X-MS-Exchange-Organization-SCL: 5", "5", ""),
        (
            "X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:-1;SFV:NSPM;CAT:NONE",
            "-1",
            "NSPM",
        ),
        (
            "X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:5;SFV:SPM;CAT:SPOOF;",
            "5",
            "SPOOF",
        ),
        (
            "X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;dest:J;OFR:SpamFilter",
            "",
            "dest:J",
        ),
        ("X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;dest:I;", "", ""),
        ("X-YahooFilteredBulk: 192.0.2.1", "", "bulk"),
        ("X-Other: 1", "", ""),
    ],
)
def test_spam_filters_are_understood(header: str, score: str, verdict: str) -> None:
    found = trace(header)

    assert (found.spam_score, found.spam_verdict) == (score, verdict)
