"""Who sent a mail, by what hosts wrote into its header."""

import pytest

from probes.mail.message import read_message
from probes.mail.sending import Sending, read_sending
from probes.mail.trace import read_trace

GMAIL = """\
Delivered-To: owner@cafe.example
Received: by 2002:a05:6402:1c11:b0:5cf with SMTP id z1; Sun, 3 May 2026 03:00:42 -0700
Return-Path: <www-data@web.host.example>
Received: from web.host.example (web.host.example. [203.0.113.9])
        by mx.google.com with ESMTPS id 4 for <owner@cafe.example>;
        Sun, 03 May 2026 03:00:41 -0700 (PDT)
Received-SPF: softfail (google.com: domain of transitioning www-data@web.host.example
 does not designate 203.0.113.9 as permitted sender) client-ip=203.0.113.9;
Authentication-Results: mx.google.com; spf=softfail smtp.mailfrom=web.host.example
Received: by web.host.example (Postfix, from userid 33) id 1; Sun, 3 May 2026 12:00:40
X-PHP-Originating-Script: 33:PHPMailer.php
X-Mailer: PHPMailer 6.9.1 (https://github.com/PHPMailer/PHPMailer)
"""

MICROSOFT = """\
Received: from AM0PR01MB1.eurprd01.prod.exchangelabs.com (2603:10a6:208::1) by
 DB9PR01MB2.eurprd01.prod.exchangelabs.com with HTTPS; Sun, 3 May 2026 10:05:44 +0000
Received: from relay.example (198.51.100.4) by
 AM5EUR03FT1.mail.protection.outlook.com (10.152.16.5) with Microsoft SMTP Server;
 Sun, 3 May 2026 10:05:40 +0000
Authentication-Results: spf=pass (sender IP is 198.51.100.4)
 smtp.mailfrom=cafe.example; dkim=pass (signature was verified) header.d=cafe.example
X-Forefront-Antispam-Report: CIP:198.51.100.4;CTRY:DE;SCL:1;SFV:NSPM
DKIM-Signature: v=1; a=rsa-sha256; d=Cafe.example; s=Key1; h=from:to; b=abc=
Received: from [10.0.0.5] (unknown [10.0.0.5]) by relay.example (Postfix) with ESMTPSA
 id 3; Sun, 3 May 2026 10:00:39 +0000 (UTC)
"""


def sending(header: str) -> Sending:
    return read_sending(read_message(f"{header}\nHave you rye?".encode()))


def test_a_web_host_that_sends_by_itself_is_known() -> None:
    assert sending(GMAIL) == Sending(
        by="web.host.example",
        ip="203.0.113.9",
        domain="web.host.example",
        mailer="PHPMailer 6.9.1 (https://github.com/PHPMailer/PHPMailer)",
        is_by_script=True,
        dkim_key="",
    )


def test_a_relay_that_signs_is_known() -> None:
    assert sending(MICROSOFT) == Sending(
        by="[10.0.0.5]",
        ip="198.51.100.4",
        domain="",
        mailer="",
        is_by_script=False,
        dkim_key="key1._domainkey.cafe.example",
    )


def test_the_host_that_held_it_is_known() -> None:
    trace = read_trace(read_message(f"{MICROSOFT}\nHave you rye?".encode()))

    assert trace.slowest
    assert trace.slowest.by == "AM5EUR03FT1.mail.protection.outlook.com"
    assert trace.slowest.delay == 301


@pytest.mark.parametrize(
    ("received", "ip"),
    [
        ("from a.example (a.example [192.0.2.1]) by mx.cafe.example;", "192.0.2.1"),
        ("from a.example (HELO x) (192.0.2.1) by mx.cafe.example;", "192.0.2.1"),
        ("from [192.0.2.1] (helo=a) by mx.cafe.example with esmtp;", "192.0.2.1"),
        ("from a.example ([IPv6:2001:db8::1]) by mx.cafe.example;", "2001:db8::1"),
        ("from a.example ([::ffff:192.0.2.1]) by mx.cafe.example;", "192.0.2.1"),
        ("from in.cafe.example ([192.0.2.1]) by mx.cafe.example;", ""),
        ("from a.example (a.example [192.168.1.9]) by mx.cafe.example;", ""),
        ("from a.example ([999.1.1.1]) by mx.cafe.example;", ""),
        ("by mx.cafe.example with LMTP;", ""),
    ],
)
def test_a_host_notes_from_which_address_it_took_a_mail(received: str, ip: str) -> None:
    assert sending(f"Received: {received} Sun, 3 May 2026 10:00:39 +0000\n").ip == ip


def test_what_was_forged_below_the_hosts_own_lines_does_not_count() -> None:
    forged = "Received-SPF: pass client-ip=192.0.2.99\n"

    assert sending(GMAIL + forged).ip == "203.0.113.9"


@pytest.mark.parametrize(
    "signature",
    ["v=1; d=cafe.example", f"d=cafe.example; s={'x' * 200}", "d=a b; s=key", ""],
)
def test_a_signature_that_names_no_key_is_none(signature: str) -> None:
    assert sending(f"DKIM-Signature: {signature}\n").dkim_key == ""
