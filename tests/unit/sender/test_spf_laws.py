"""Whatever strangers write into their SPF records, reading them ends well."""

from ipaddress import ip_address

from hypothesis import given
from hypothesis import strategies as st

from probes.sender.spf_macros import LONGEST, Sending, expanded
from probes.sender.spf_record import VERSION, Mistake, read

PIECES = st.sampled_from(
    [
        *("include:", "a", "mx", "exists:", "ptr", "ip4:", "redirect=", "all"),
        *("%{", "d", "2r", "-", "}", "%", "~", " ", "/", "//", "24", ".", "::"),
        *("x.test", "1.2.3.4"),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40)
SENDING = Sending(
    ip=ip_address("2001:db8::7"), domain="shop.test", sender="web@shop.test"
)


@given(TEXTS)
def test_any_text_is_a_record_or_a_mistake(text: str) -> None:
    try:
        record = read(f"{VERSION} {text}")
    except Mistake:
        return
    assert all(one.qualifier in "+-~?" for one in record.directives)


@given(TEXTS)
def test_any_text_makes_a_name_that_the_dns_may_hold_or_a_mistake(text: str) -> None:
    try:
        name = expanded(text, SENDING)
    except Mistake:
        return
    assert len(name) <= LONGEST
