"""What causes are called, and what an owner can do about each."""

from collections.abc import Mapping

from watchdog.model import Cause, Experiment, Sureness

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

TRIED: Mapping[Experiment, str] = {
    Experiment.DIRECT: "(Straight to the mailbox's mail host, past the form.)",
    Experiment.SENDER: "(The same form, by a visitor from another domain.)",
    Experiment.FRESH_PAGE: "(The same form, its page fetched past all caches.)",
    Experiment.BROWSER: "(The same form, by a browser.)",
    Experiment.PLAIN: "(The same form, by plain HTTP.)",
}
"""In what a trial differs, as it stands behind what became of it."""

ASKED_ANYHOW = (
    "Please look for these messages in the log of outgoing mail, and tell us which"
    " server took them last, when, and with which answer."
)
ASKED: Mapping[Cause, str] = {
    Cause.SPAM_FOLDER: (
        "Please tell us which filter took these messages for spam, and by which rule,"
        " and let messages from this website through."
    ),
    Cause.VISITOR_AS_SENDER: (
        "Please have the website send its mail from an address of its own domain, and"
        " put the visitor's address into Reply-To only."
    ),
    Cause.MAIL_LOGIN: (
        "Please tell us why the mail server refuses the website's login, and renew the"
        " website's user and password there."
    ),
    Cause.WRONG_RECIPIENT: (
        "Please tell us to which address the form's mail was sent according to the log,"
        " and whether that address is suppressed or blocked."
    ),
    Cause.UNTRUSTED_SENDER: (
        "Please let the website send by an authenticated account (SMTP), set SPF and"
        " DKIM for its domain, and have its server taken off the lists named above."
    ),
    Cause.SPAM_GUARD: (
        "Please look up why the form's spam guard held these messages, and make it"
        " milder or correct its keys."
    ),
    Cause.STALE_PAGE: (
        "Please leave the page of the form out of all caches, or let them keep it for"
        " a shorter time than its token lasts."
    ),
    Cause.BROKEN_SCRIPT: (
        "Please mend the page's script: the error is named above. It began after the"
        " last message that came well."
    ),
    Cause.LOCAL_ROUTING: (
        "Please set the mail routing of this domain to remote: the server must not"
        " deliver its mail locally, but to the hosts named in its MX records."
    ),
    Cause.SENDING_LIMIT: (
        "Please tell us which limit on sent mail is used up, by whom, and raise it."
    ),
    Cause.FIREWALL: (
        "Please look up which rule of the firewall stopped these requests, and let the"
        " form's messages through."
    ),
    Cause.BROKEN_HANDLER: (
        "Please look into the website's error log at these times, and mend what should"
        " send the form's mail."
    ),
    Cause.MAILBOX: (
        "Please check the mailbox: how full it is, and which filters, rules and"
        " forwardings it has."
    ),
    Cause.SLOW_MAIL: (
        "Please tell us why these messages waited at the host named above."
    ),
    Cause.EXPIRED: (
        "Please renew what has run out, or put the record back, as named above."
    ),
}
"""What a support desk is asked to do."""

FACTS: Mapping[str, str] = {
    "answer_status": "HTTP",
    "answer_words": "Answer",
    "failure": "Error",
    "bounce_status": "DSN",
    "bounce_words": "Bounce",
    "bounce_recipient": "Bounced to",
    "sent_by": "Sent by",
    "sender_ip": "IP",
    "sender_domain": "Envelope domain",
    "from": "From",
    "message_id": "Message-ID",
    "spf": "SPF",
    "dkim": "DKIM",
    "dmarc": "DMARC",
    "spam_verdict": "Spam verdict",
    "spam_score": "Spam score",
    "slowest_hop": "Slowest hop",
    "slowest_seconds": "Seconds",
}
"""What a support desk needs of a verdict's evidence, and how it is called there."""

SEEN: Mapping[str, str] = {
    "words": "Said",
    "domain": "Domain",
    "certificate": "Certificate",
    "gone": "Gone from the DNS",
    "mail_hosts": "Mail hosts",
    "visitor_domain": "Domain of the visitor",
    "visitor_policy": "DMARC policy of that domain",
    "cached": "Cache",
    "listed_in": "Block lists",
    "recipients": "Recipients",
    "slowest_hop": "Slowest hop",
    "room_used": "Room used",
    "experiment": "Trial",
}
"""What a cause was concluded from, likewise."""
