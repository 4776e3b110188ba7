"""What befalls mail on its way is made to happen: one cause is found, no other."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.loopback.channels.mail_server import mail_server
from tests.world.inquest import STRICT, Inquest, configured, forwarded, inquest
from tests.world.mail_host import DOMAIN, Inbox, MailHost
from tests.world.nameserver import Nameserver
from tests.world.pages import Fault as Broken
from tests.world.pages import Site
from tests.world.policy import Fault
from watchdog.model import Cause, Sureness
from watchdog.stages.clues.scene import Outside
from watchdog.stages.measuring import mail_hosts_key

MX = "127.0.0.2"
"""The mail host's address, where the web host has another."""


async def test_nothing_is_blamed_while_mail_comes(case: Inquest) -> None:
    assert await case.cause() is None


async def test_1_a_spam_filter_is_found_out(case: Inquest, inbox: Inbox) -> None:
    inbox.order("PREPEND X-Spam: yes")

    assert await case.cause() == (Cause.SPAM_FOLDER, Sureness.PROVEN)


async def test_2_mail_in_the_visitors_name_is_found_out(
    case: Inquest, site: Site, inbox: Inbox
) -> None:
    site.poses_as_visitor = True
    inbox.host.postfix.policy.forbid(STRICT)
    inbox.fail(Fault.FORGED)

    assert await case.cause() == (Cause.VISITOR_AS_SENDER, Sureness.PROVEN)


async def test_2_mail_in_the_visitors_name_is_found_out_in_the_spam_folder(
    case: Inquest, site: Site, inbox: Inbox
) -> None:
    site.poses_as_visitor = True
    inbox.order("PREPEND Authentication-Results: mx.test; spf=fail; dmarc=fail")
    inbox.file_into("Junk")

    assert await case.cause() == (Cause.VISITOR_AS_SENDER, Sureness.PROVEN)


async def test_3_a_login_that_fails_is_found_out(
    case: Inquest, site: Site, mail_host: MailHost
) -> None:
    site.smtp_port = mail_host.postfix.login_port
    site.login = ("website@example.test", "an old password")

    assert await case.cause() == (Cause.MAIL_LOGIN, Sureness.PROVEN)


async def test_4_an_address_that_is_gone_is_found_out(
    case: Inquest, site: Site, inbox: Inbox
) -> None:
    gone = Inbox(inbox.host, f"gone-{inbox.address}")
    gone.fail(Fault.BOUNCED)
    site.owner, site.sender = gone.address, inbox.address

    assert await case.cause() == (Cause.WRONG_RECIPIENT, Sureness.PROVEN)


async def test_4_mail_to_somebody_else_is_found_out_by_what_the_visitor_gets(
    tmp_path: Path, site: Site, inbox: Inbox, visitor: Inbox, outside: Outside
) -> None:
    site.owner = f"former-{inbox.address}"
    site.answers_visitor = True
    path = configured(tmp_path, site.url, inbox, visitor=visitor)
    async with inquest(path, inbox.host, outside) as case:
        assert await case.cause() == (Cause.WRONG_RECIPIENT, Sureness.LIKELY)


async def test_5_a_sender_on_a_block_list_is_found_out(
    case: Inquest, names: Nameserver, inbox: Inbox
) -> None:
    names.records["2.0.0.127.bl.test", "A"] = ["127.0.0.2"]
    names.records["9.113.0.203.bl.test", "A"] = ["127.0.0.2"]
    inbox.order("PREPEND Received-SPF: none client-ip=203.0.113.9")
    inbox.file_into("Junk")

    assert await case.cause() == (Cause.UNTRUSTED_SENDER, Sureness.LIKELY)


async def test_5_a_web_host_that_is_not_trusted_is_found_out(
    case: Inquest, site: Site, inbox: Inbox
) -> None:
    site.sender = inbox.address
    inbox.fail(Fault.BLOCKLISTED)

    assert await case.cause() == (Cause.UNTRUSTED_SENDER, Sureness.PROVEN)


async def test_5_a_web_host_that_its_domain_names_no_more_is_found_out(
    case: Inquest, site: Site, inbox: Inbox, names: Nameserver
) -> None:
    site.sender = "website@web.test"
    names.say("web.test", "v=spf1 ip4:203.0.113.9 -all")
    inbox.order("PREPEND Received-SPF: pass (web.test) client-ip=203.0.113.9")
    await case.send()
    names.say("web.test", "v=spf1 ip4:203.0.113.10 -all")
    inbox.host.postfix.policy.forbid("web.test")
    inbox.fail(Fault.FORGED)

    assert await case.cause() == (Cause.UNTRUSTED_SENDER, Sureness.LIKELY)


async def test_a_site_that_was_never_in_spf_is_not_blamed_for_that(
    case: Inquest, site: Site, inbox: Inbox, names: Nameserver
) -> None:
    names.say(DOMAIN, "v=spf1 -all")
    inbox.order("PREPEND Received-SPF: fail (example.test) client-ip=203.0.113.9")
    await case.send()
    site.fault = Broken.BLACK_HOLE

    assert await case.cause() == (None, Sureness.UNKNOWN)


async def test_9_mail_that_the_web_host_keeps_to_itself_is_found_out(
    tmp_path: Path,
    site: Site,
    inbox: Inbox,
    visitor: Inbox,
    outside: Outside,
    names: Nameserver,
) -> None:
    names.records[DOMAIN, "MX"] = [f"10 {MX}."]
    names.records[MX, "A"] = [MX]
    postfix = inbox.host.postfix
    path = configured(tmp_path, site.url, inbox, visitor=visitor)
    async with (
        mail_server() as keeping,
        forwarded(MX, keeping.port, postfix.host_port),
        inquest(path, inbox.host, replace(outside, mail_port=keeping.port)) as case,
    ):
        site.smtp_port, site.visitors_smtp_port = keeping.port, postfix.smtp_port
        site.answers_visitor = True

        assert await case.cause() == (Cause.LOCAL_ROUTING, Sureness.PROVEN)


async def test_10_a_limit_that_is_used_up_is_found_out(
    case: Inquest, site: Site, inbox: Inbox
) -> None:
    site.sender = inbox.address
    inbox.fail(Fault.LIMITED)

    assert await case.cause() == (Cause.SENDING_LIMIT, Sureness.PROVEN)


async def test_12_a_program_that_sends_nothing_is_found_out_by_what_nobody_gets(
    tmp_path: Path, site: Site, inbox: Inbox, visitor: Inbox, outside: Outside
) -> None:
    site.fault = Broken.BLACK_HOLE
    path = configured(tmp_path, site.url, inbox, visitor=visitor)
    async with inquest(path, inbox.host, outside) as case:
        assert await case.cause() == (Cause.BROKEN_HANDLER, Sureness.LIKELY)


async def test_13_a_mailbox_that_is_full_is_found_out(
    case: Inquest, inbox: Inbox
) -> None:
    inbox.fail(Fault.FULL)

    assert await case.cause() == (Cause.MAILBOX, Sureness.PROVEN)


async def test_14_a_host_that_holds_mail_is_found_out(
    tmp_path: Path, site: Site, inbox: Inbox, outside: Outside
) -> None:
    inbox.fail(Fault.GREYLISTED)
    path = configured(tmp_path, site.url, inbox, expected="1s")
    async with inquest(path, inbox.host, outside) as case:
        await case.send_slowly(inbox)
        found = await case.look_into()

    # On a busy machine, the website may well take as long as the greylisting.
    assert found
    assert found[0] is Cause.SLOW_MAIL


async def test_15_a_domain_without_mail_hosts_is_found_out(
    case: Inquest, inbox: Inbox, names: Nameserver
) -> None:
    subject = mail_hosts_key(DOMAIN)
    await case.ledger.claim_measure(subject, now=case.clock(), every=timedelta())
    await case.ledger.record_measure(subject, {"mail_hosts": ["localhost"]})
    del names.records[DOMAIN, "MX"]
    inbox.fail(Fault.BLACK_HOLE)

    assert await case.cause() == (Cause.EXPIRED, Sureness.PROVEN)


async def test_what_nothing_shows_is_called_unknown(case: Inquest, site: Site) -> None:
    site.fault = Broken.BLACK_HOLE

    assert await case.cause() == (None, Sureness.UNKNOWN)
