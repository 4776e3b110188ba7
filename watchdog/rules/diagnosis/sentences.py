"""What causes are called, and what an owner can do about each."""

from collections.abc import Mapping

from watchdog.model import Cause, Sureness

SEVERAL = "Several causes fit what we saw: {suspects}."
AT_THE_SITE = (
    "Mail straight to the mailbox comes: the message is lost at the website, or on its"
    " way from there."
)
NOTHING = "Nothing that can be seen from outside shows why."

SURENESS: Mapping[Sureness, str] = {
    Sureness.PROVEN: "Proven: {words}",
    Sureness.LIKELY: "Likely: {words}",
    Sureness.UNKNOWN: "The cause is not known. {words}",
}

NAMES: Mapping[Cause, str] = {
    Cause.SPAM_FOLDER: "a spam filter of the mail host",
    Cause.VISITOR_AS_SENDER: "mail in the visitor's name",
    Cause.MAIL_LOGIN: "the website's login at its mail server",
    Cause.WRONG_RECIPIENT: "a wrong recipient in the form",
    Cause.UNTRUSTED_SENDER: "a sender that mail hosts do not trust",
    Cause.SPAM_GUARD: "the form's own spam guard",
    Cause.STALE_PAGE: "a page that a cache holds for too long",
    Cause.BROKEN_SCRIPT: "the page's script",
    Cause.LOCAL_ROUTING: "a web host that keeps your mail to itself",
    Cause.SENDING_LIMIT: "a limit on sent mail",
    Cause.FIREWALL: "a firewall of the web host",
    Cause.BROKEN_HANDLER: "the website's own program",
    Cause.MAILBOX: "the mailbox",
    Cause.SLOW_MAIL: "a slow host on the way",
    Cause.EXPIRED: "a domain, certificate or DNS record that is gone",
}
"""As they stand after “Cause: ”, and in a list."""

ADVICE: Mapping[Cause, str] = {
    Cause.SPAM_FOLDER: (
        "Look through the spam folder, and the quarantine of your mail provider, for"
        " real inquiries now; mark them as not spam. Then have your provider let such"
        " mail through."
    ),
    Cause.VISITOR_AS_SENDER: (
        "Have the form send from an address of your own domain, and put the visitor's"
        " address into Reply-To only."
    ),
    Cause.MAIL_LOGIN: (
        "Have whoever looks after the website enter the mail server's present user and"
        " password, or renew its access, and send a test from there."
    ),
    Cause.WRONG_RECIPIENT: (
        "Look up in the form's settings to which address it sends, and correct it. If"
        " it is right, have the mail service take it off its list of suppressed"
        " addresses."
    ),
    Cause.UNTRUSTED_SENDER: (
        "Have the website send from an address of your own domain, through an"
        " authenticated account (SMTP), with SPF and DKIM set for it."
    ),
    Cause.SPAM_GUARD: (
        "Look through what the website holds for spam for real inquiries, then have"
        " the guard made milder, or its keys corrected."
    ),
    Cause.STALE_PAGE: (
        "Have the page of the form taken out of the cache, or its cache emptied more"
        " often than the form's token lasts."
    ),
    Cause.BROKEN_SCRIPT: (
        "Fill in the form yourself. Have whoever looks after the website undo the last"
        " update of theme or plugins, and mend the script's error."
    ),
    Cause.LOCAL_ROUTING: (
        "Have your web host set the mail routing of your domain to “remote” (in"
        " cPanel: Email Routing, Remote Mail Exchanger)."
    ),
    Cause.SENDING_LIMIT: (
        "Have the limit raised, or a larger plan booked, with the service that sends"
        " the website's mail; look there for who used it up."
    ),
    Cause.FIREWALL: (
        "Have your web host's firewall let messages of the form through; its log"
        " shows the rule that stopped this one."
    ),
    Cause.BROKEN_HANDLER: (
        "Have whoever looks after the website mend what happens after the form is"
        " sent; the website's error log shows the fault, the last change is suspect."
    ),
    Cause.MAILBOX: (
        "Make room in the mailbox if it is full; else look for a rule, a filter or a"
        " forwarding that takes such mail away, and for real inquiries where it puts"
        " them."
    ),
    Cause.SLOW_MAIL: (
        "Once is no harm. If it lasts, ask whoever runs the named host why mail waits"
        " there: a queue, a limit, or delays for unknown senders (greylisting)."
    ),
    Cause.EXPIRED: (
        "Renew it today with whoever sold it to you, or have the record put back."
    ),
}
